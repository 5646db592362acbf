/**
 * Which sales in Tryton name a shop order: asked before a draft is previewed, and as its proof
 * afterwards.
 */
import { z } from 'zod'
import type { Decimal } from '../../../domain/decimal.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import type { Currency } from '../../../domain/money.ts'
import type { ErpOrder } from '../../../domain/records.ts'
import { money } from '../wanted.ts'
import type { Desk } from './calls.ts'
import type { Facts } from './facts.ts'
import { find } from './lookup.ts'
import { orderOf } from './normalise-documents.ts'
import { saleChanges, saleKeys } from './streams.ts'
import { saleRow } from './wire-documents.ts'

/**
 * Sales in whatever state whose reference is one of the texts, spaces and case aside; a fault when
 * not all that come into question can be read, as then nothing is proven. Longer references that
 * only hold a text ("B2B-1015") are another shop's as often as not: whether one of them stands for
 * the order is for the pair's pattern to say.
 */
export async function salesNaming(
  { api, settings }: Desk,
  facts: Facts,
  texts: readonly string[],
): Promise<Outcome<readonly ErpOrder[]>> {
  const within = { ...saleChanges(facts), keys: saleKeys(facts), facts }
  const found = await find(api, settings, within, { by: 'reference', values: [...new Set(texts)] })
  if (!found.ok) return found
  const parsed = z.array(saleRow).safeParse(found.value.rows)
  if (!parsed.success || !found.value.complete) {
    return failed(
      fault(
        'unexpected-shape',
        'Tryton has sales with this reference that cannot all be read, so nothing can be said about it.',
        {
          detail: parsed.success
            ? 'too many sales hold the reference'
            : (parsed.error.issues[0]?.message ?? ''),
          path: parsed.success ? 'reference' : (parsed.error.issues[0]?.path.join('.') ?? ''),
        },
      ),
    )
  }
  const wanted = new Set(texts.map(plain))
  return ok(
    parsed.data
      .map(orderOf)
      .filter((sale) => sale.references.some((text) => wanted.has(plain(text)))),
  )
}

function plain(reference: string): string {
  return reference.trim().toLowerCase()
}

interface Expected {
  readonly total: Decimal
  readonly currency: Currency
}

export function inWords(sale: ErpOrder, expected: Expected | null): string {
  const name =
    sale.number === null ? `Sale without a number (id ${sale.id})` : `Sale ${sale.number}`
  const lines = sale.lines.length === 1 ? '1 line' : `${sale.lines.length} lines`
  const instead =
    expected === null ? '' : `; ${money(expected.total, expected.currency)} was expected`
  return `${name}, ${sale.platformState}: ${money(sale.totals.total, sale.currency)}, ${lines}${instead}.`
}
