/**
 * Products of the ERP whose tax became another one: kept beside their history, which is pruned, so that each order of one
 * can be held against it, and found by their SKUs, so that an order that comes is.
 */
import { z } from 'zod'
import { type TaxChange, hasRates, taxChangeIn, taxesOf, toldBefore } from '../../domain/product-tax.ts'
import { lookupsOf } from '../../domain/pair-maps.ts'
import type { Pair } from '../../domain/pair.ts'
import { type DomainRecord, productTaxesSchema } from '../../domain/records.ts'
import { keptOf } from '../store/connections.ts'
import type { Tx } from '../store/database.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'

const keptSchema = z.object({
  now: productTaxesSchema,
  before: z.array(productTaxesSchema).max(10),
  metAt: z.int(),
  changedAt: z.int().nullable(),
})

/** How many earlier versions of a product are looked through for its last change. */
const versionsMax = 50

function keptUnder(connection: string, sku: string): string {
  return keptOf(connection, `tax-change:${sku}`)
}

/** Null for one whose rates have been what they are ever since it was met, or as long as is remembered. */
export function taxChangeOf(store: Store, connection: string, sku: string): TaxChange | null {
  return store.settings.get(keptUnder(connection, sku), keptSchema)
}

/** Whenever a product of the ERP has changed. */
export function noteTaxChange(tx: Tx, store: Store, { connection, row, record, lastSeenAt }: Snapshot): void {
  if (record.kind !== 'product' || taxesOf(record) === null || store.snapshots.previous(row) === null) return
  const told = store.snapshots.toldUntil(row, lastSeenAt, versionsMax).flatMap(({ record: then, from }) => (then?.kind === 'product' ? [{ product: then, metAt: from }] : []))
  const change = taxChangeIn(told)
  if (change === null) return
  const known = taxChangeOf(store, connection, record.sku)
  const isKnown = known !== null && hasRates(known.now, change.now)
  const before = toldBefore(change.now, [...change.before, ...(known === null ? [] : [...(isKnown ? [] : [known.now]), ...known.before])])
  store.settings.save(tx, keptUnder(connection, record.sku), keptSchema, { ...change, now: [...change.now], before: before.map((taxes) => [...taxes]) })
}

/** What the shop sells of the products whose tax became another one, among what the records sell or have sold. */
export function retaxedIn(store: Store, pair: Pair, records: readonly Snapshot[]): readonly string[] {
  if (!store.settings.hasAny(keptUnder(pair.erp, ''))) return []
  const { erpSku, shopSkus } = lookupsOf(pair.settings)
  const sold = new Set<string>()
  for (const { record, row } of records) {
    const before = record.kind === 'order' || record.kind === 'erp-order' ? store.snapshots.previous(row) : null
    for (const one of before === null ? [record] : [record, before]) for (const sku of skusOf(one, erpSku)) sold.add(sku)
  }
  return [...sold].flatMap((sku) => (taxChangeOf(store, pair.erp, sku) === null ? [] : shopSkus(sku)))
}

/** By the ERP's names. */
function skusOf(record: DomainRecord, erpSku: (shopSku: string) => string): readonly string[] {
  if (record.kind === 'order') return record.lines.flatMap(({ sku }) => (sku === null ? [] : [erpSku(sku)]))
  return record.kind === 'erp-order' ? record.lines.flatMap(({ sku }) => sku ?? []) : []
}
