/** Reads the subject of an incident from both sides at once, before anything is sent for it, and judges what it finds. */
import { type Outcome, failed, fault, ok } from '../domain/fault.ts'
import type { Subject } from '../domain/incident.ts'
import type { ActionId } from '../domain/intent.ts'
import type { Pair } from '../domain/pair.ts'
import type { StreamName } from '../domain/records.ts'
import type { LookUp } from './poll/lookup.ts'
import type { Scheduler } from './poll/scheduler.ts'

export interface LiveParts {
  readonly lookUp: LookUp
  readonly scheduler: Pick<Scheduler, 'readOnce'>
  /** False: what was read could not be judged. */
  readonly judge: () => Promise<boolean>
}

/** What follows an order and is read as a whole: of what was delivered or billed nobody can be asked by an order's number. */
const following: Readonly<Partial<Record<ActionId, readonly (readonly [side: 'shop' | 'erp', stream: StreamName])[]>>> = {
  'invoice.create': [['erp', 'shipments'], ['erp', 'invoices']],
  // the shop's own parcels come with its order
  'status.push': [['erp', 'shipments']],
}

export async function readLive(parts: LiveParts, pair: Pair, subject: Subject, action: ActionId): Promise<Outcome<null>> {
  const read = subject.kind === 'sku' ? await readStock(parts, pair) : await readOrder(parts, pair, subject.key)
  if (!read.ok) return read
  for (const [side, stream] of following[action] ?? []) {
    // oxlint-disable-next-line no-await-in-loop -- one stream after the other, at the platform's pace
    const whole = await parts.scheduler.readOnce(pair[side], stream)
    if (!whole.ok) return whole
  }
  if (await parts.judge()) return ok(null)
  return failed(fault('temporary', 'What was read could not be judged, so nothing is known for sure. Try again in a moment.'))
}

/** Whole: what the shop should show for one SKU follows from orders that are on their way, too. */
async function readStock({ scheduler }: LiveParts, pair: Pair): Promise<Outcome<null>> {
  for (const connection of [pair.erp, pair.shop]) {
    for (const stream of ['orders', 'stock'] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one stream after the other, at the platform's pace
      const read = await scheduler.readOnce(connection, stream)
      if (!read.ok) return read
    }
  }
  return ok(null)
}

async function readOrder({ lookUp }: LiveParts, pair: Pair, number: string): Promise<Outcome<null>> {
  const shop = await lookUp(pair.shop, 'orders', { by: 'number', values: [number] })
  if (!shop.ok) return shop
  const erp = await lookUp(pair.erp, 'orders', { by: 'reference', values: [number] })
  if (!erp.ok) return erp
  // the shop's order is there when it is found; that the ERP has none must be proven
  if ((shop.value.found === 0 && !shop.value.complete) || !erp.value.complete) {
    return failed(fault('temporary', 'One side could not prove what it has under this number. Try again in a moment.'))
  }
  return ok(null)
}
