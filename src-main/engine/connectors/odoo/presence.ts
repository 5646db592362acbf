/**
 * Which orders in Odoo stand for a shop order: asked before a draft is previewed, and as its proof
 * afterwards.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Decimal } from '../../../domain/decimal.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import type { Currency } from '../../../domain/money.ts'
import type { ErpOrder } from '../../../domain/records.ts'
import type { LookupKeys } from '../definition.ts'
import { wireId } from '../walk.ts'
import { money } from '../wanted.ts'
import type { Call } from './calls.ts'
import { type Desk, askingContextOf } from './desk.ts'
import { withOrderParts } from './documents.ts'
import { find } from './lookup.ts'
import { orderOf } from './normalise-documents.ts'
import { orderChanges } from './streams.ts'
import { orderRow } from './wire.ts'

/**
 * Orders in whatever state of which a reference is one of the texts, spaces and case aside; a fault when not all that
 * come into question can be read, as then nothing is proven.
 */
export async function ordersNaming(
  desk: Desk,
  texts: readonly string[],
): Promise<Outcome<readonly ErpOrder[]>> {
  const found = await readOrders(desk, { by: 'reference', values: [...new Set(texts)] })
  if (!found.ok) return found
  const wanted = new Set(texts.map(plain))
  return ok(found.value.filter((order) => order.references.some((text) => wanted.has(plain(text)))))
}

export async function readOrders(
  desk: Desk,
  keys: LookupKeys,
): Promise<Outcome<readonly ErpOrder[]>> {
  const found = await find(desk, orderChanges, keys)
  if (!found.ok) return found
  const completed = await withOrderParts(desk, found.value.rows, null)
  if (!completed.ok) return completed
  const parsed = z.array(orderRow).safeParse(completed.value.rows)
  if (parsed.success && found.value.complete) return ok(parsed.data.map(orderOf))
  const says =
    'Odoo may hold orders with this reference that this user cannot read, so nothing can be said about it.'
  const [issue] = parsed.error?.issues ?? []
  const more =
    issue === undefined
      ? { detail: 'too many orders', path: 'reference' }
      : { detail: issue.message, path: issue.path.join('.') }
  return failed(fault('unexpected-shape', says, more))
}

function plain(reference: string): string {
  return reference.trim().toLowerCase()
}

/**
 * Under which Odoo keeps the external ids of what was imported, and never removes them with an app.
 */
export const importModule = '__import__'

/**
 * The external id of what is made for a key, without the module: letters, digits and `_` only, as a dot would be read
 * as the module's end. The hash tells keys apart that look the same without their other signs.
 */
export function externalId({ company }: Desk, key: string, line?: number): string {
  const words = key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 60)
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 12)
  return `plumbline_${company.id}_${words}_${hash}${line === undefined ? '' : `_line_${line}`}`
}

export const importedRows = z.array(z.object({ res_id: wireId }))

/** Asks which order was made for a key, by the external id that it was made with. */
export function importedCall(desk: Desk, key: string): Call {
  const named = {
    domain: [
      ['module', '=', importModule],
      ['name', '=', externalId(desk, key)],
      ['model', '=', 'sale.order'],
    ],
    fields: ['res_id'],
    limit: 1,
    context: askingContextOf(desk),
  }
  return { model: 'ir.model.data', method: 'search_read', named }
}

interface Expected {
  readonly total: Decimal
  readonly currency: Currency
}

export function inWords(order: ErpOrder, expected: Expected | null): string {
  const name =
    order.number === null ? `Order without a number (id ${order.id})` : `Order ${order.number}`
  const lines = order.lines.length === 1 ? '1 line' : `${order.lines.length} lines`
  const instead =
    expected === null ? '' : `; ${money(expected.total, expected.currency)} was expected`
  return `${name}, ${order.platformState}: ${money(order.totals.total, order.currency)}, ${lines}${instead}.`
}
