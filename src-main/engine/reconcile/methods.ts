/** How each side rounds its tax, inferred per market over a pair's recent orders and kept with its support (DESIGN §7.1). */
import { z } from 'zod'
import { roundings } from '../../domain/decimal.ts'
import { toMinor } from '../../domain/money.ts'
import type { Pair } from '../../domain/pair.ts'
import type { ErpOrder, Order } from '../../domain/records.ts'
import { type Support, type TaxSample, inferMethod, statesCents } from '../../domain/tax.ts'
import { type Instant, hours } from '../../domain/time.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import { erpTaxLines, shopTaxLines } from './difference.ts'
import { numbersOf } from './match.ts'

/** Null where too few orders, or none convincingly, follow one method; or where a side states no cents. */
export interface MarketMethods {
  readonly shop: Support | null
  readonly erp: Support | null
}

/** Recent ERP orders looked at; enough for every market that matters. */
const looked = 400

/** A side does not change how it rounds from one reading to the next: inferred anew this often. */
const inferEvery = hours(1)

/** Until enough was seen, it is inferred sooner: whenever there is so much more to go by. */
const growth = 1.1

const supportSchema = z.object({
  method: z.object({ per: z.enum(['line', 'total', 'exact']), rounding: z.enum(roundings), extraction: z.enum(['gross', 'net']) }),
  agrees: z.int(),
  of: z.int(),
})

const keptSchema = z.object({
  at: z.int(),
  /** Orders of both sides that there were to go by, each side counted up to `looked`. */
  seen: z.int(),
  markets: z.record(z.string(), z.object({ shop: supportSchema.nullable(), erp: supportSchema.nullable() })),
})

/** By market; a country, or the empty text where an order names none. */
export type Methods = Readonly<Record<string, MarketMethods>>

export function methodsOf(store: Store, pair: Pair): Methods {
  return store.settings.get(keptUnder(pair), keptSchema)?.markets ?? {}
}

/** Infers anew when it is time; true when a method is another than before: then what was judged by it is judged again. */
export function refreshMethods(store: Store, pair: Pair, now: Instant): boolean {
  const kept = store.settings.get(keptUnder(pair), keptSchema)
  const seen = Math.min(looked, store.streams.recordsHeld(pair.shop, 'orders')) + Math.min(looked, store.streams.recordsHeld(pair.erp, 'orders'))
  const isFresh = kept !== null && now - kept.at < inferEvery && now >= kept.at
  // a small shop is not inferred anew at each reading of a day
  if (isFresh && seen < Math.max(kept.seen + 1, kept.seen * growth)) return false
  const markets = infer(store, pair, store.snapshots.newest(pair.erp, 'orders', looked))
  store.transaction((tx) => store.settings.save(tx, keptUnder(pair), keptSchema, { at: now, seen, markets }))
  return followed(kept?.markets ?? {}) !== followed(markets)
}

function keptUnder(pair: Pair): string {
  return `tax-methods:${pair.id}`
}

/** The methods without their support, which grows with every order. */
function followed(methods: Methods): string {
  return JSON.stringify(
    Object.entries(methods)
      .toSorted()
      .map(([market, { shop, erp }]) => [market, shop?.method ?? null, erp?.method ?? null]),
  )
}

function infer(store: Store, pair: Pair, recent: readonly Snapshot[]): Record<string, MarketMethods> {
  const samples = new Map<string, { shop: TaxSample[]; erp: TaxSample[] }>()
  for (const { record, goneAt } of recent) {
    if (record.kind !== 'erp-order' || goneAt !== null || record.state === 'cancelled') continue
    const order = orderOf(store, pair, record)
    if (order === null) continue
    const market = order.market.country ?? ''
    const known = samples.get(market) ?? { shop: [], erp: [] }
    samples.set(market, known)
    known.erp.push(sampleOf(erpTaxLines([record]), record.totals.tax, record.currency))
    // what a shop leaves unrounded says nothing about how it would round
    if (statesCents(order.totals.tax, order.currency)) {
      known.shop.push(sampleOf(shopTaxLines(order), order.totals.tax, order.currency))
    }
  }
  return Object.fromEntries(
    [...samples].map(([market, { shop, erp }]) => [market, { shop: inferMethod(shop), erp: inferMethod(erp) }]),
  )
}

function orderOf(store: Store, pair: Pair, erp: ErpOrder): Order | null {
  for (const number of numbersOf(pair, pair.erp, erp)) {
    const record = store.snapshots.byKey(pair.shop, 'orders', 'number', number)[0]?.record
    if (record?.kind === 'order') return record
  }
  return null
}

function sampleOf(lines: TaxSample['lines'], stated: string, currency: string): TaxSample {
  return { lines, statedMinor: toMinor(stated, currency), currency }
}
