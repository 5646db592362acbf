/** What may be broken in a made-up demo, and what was: for tests and pictures of its panel. */
import type { Lever, LeverBoard, Pull } from '../../../src-main/contract/demo.ts'
import type { Instant } from '../../../src-main/domain/time.ts'

export function aLever(change: Partial<Lever> = {}): Lever {
  return { name: 'erp-down', title: 'The ERP goes down', says: 'It cuts every connection until you mend it.', kind: 'switch', on: false, ...change }
}

export function aPull(change: Partial<Pull> = {}): Pull {
  return { id: 1, lever: 'erp-down', title: 'The ERP goes down', at: 0, mended: false, expected: [], ...change }
}

export function sampleBoard(now: Instant): LeverBoard {
  return {
    levers: [
      aLever({ on: true }),
      aLever({ name: 'vat-rounding', title: 'VAT rounding changes', says: 'The ERP rounds each line from now on, and the shop the total.' }),
      aLever({ name: 'webhook-lost', title: 'A webhook is lost', says: 'The next paid order never reaches the ERP.', kind: 'once' }),
      aLever({ name: 'prices-late', title: 'A price list is replayed late', says: 'Yesterday’s prices overwrite today’s.', kind: 'once' }),
    ],
    pulls: [aPull({ at: now - 20_000, expected: [{ rule: 'F12-connection-blind', key: 'tryton-main' }] })],
  }
}
