/** Which sales in Tryton name a shop order: asked before a draft is previewed, and as its proof afterwards. */
import { z } from 'zod'
import type { Decimal } from '../../../domain/decimal.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import type { ErpOrder } from '../../../domain/records.ts'
import type { Api } from '../definition.ts'
import type { Facts } from './calls.ts'
import { find } from './lookup.ts'
import { orderOf } from './normalise.ts'
import type { TrytonSettings } from './settings.ts'
import { saleChanges, saleKeys } from './streams.ts'
import { saleRow } from './wire.ts'

/** Sales whose reference names one of the texts; a fault when they are more than can be read, as then nothing is proven. */
export async function salesNaming(
  api: Api,
  settings: TrytonSettings,
  facts: Facts,
  texts: readonly string[],
): Promise<Outcome<readonly ErpOrder[]>> {
  const within = { ...saleChanges(facts), keys: saleKeys(facts), facts }
  const found = await find(api, settings, within, { by: 'reference', values: [...new Set(texts)] })
  if (!found.ok) return found
  const parsed = z.array(saleRow).safeParse(found.value.rows)
  if (!parsed.success || !found.value.complete) {
    return failed(
      fault('unexpected-shape', 'Tryton has sales with this reference that cannot all be read, so nothing can be said about it.', {
        detail: parsed.success ? 'too many sales hold the reference' : (parsed.error.issues[0]?.message ?? ''),
        path: parsed.success ? 'reference' : (parsed.error.issues[0]?.path.join('.') ?? ''),
      }),
    )
  }
  return ok(parsed.data.map(orderOf))
}

export function inWords(sale: ErpOrder, expected: Decimal | null): string {
  const name = sale.number === null ? `Sale without a number (id ${sale.id})` : `Sale ${sale.number}`
  const lines = sale.lines.length === 1 ? '1 line' : `${sale.lines.length} lines`
  const instead = expected === null ? '' : `; ${expected} ${sale.currency} was expected`
  return `${name}, ${sale.platformState}: ${sale.totals.total} ${sale.currency}, ${lines}${instead}.`
}
