/** Which subjects are to be judged: those whose records changed, those whose waiting is over, or simply all. */
import type { Pair } from '../../domain/pair.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import { levelsOf } from './lenses/stock.ts'
import { numbersOf } from './match.ts'

/** Order numbers and `sku@location` keys of one pair. */
export interface Subjects {
  readonly orders: Set<string>
  readonly stock: Set<string>
}

export function noSubjects(): Subjects {
  return { orders: new Set(), stock: new Set() }
}

/** Rules about absence: a new document without a known number may be the one that they miss. */
const absenceRules = ['F02-paid-order-missing', 'F02-order-missing', 'F02-suspect-match']

/**
 * Takes up to `limit` dirty records of a pair: renews what they claim and names the subjects they touch, before and
 * after. Returns how many it took. Until they are judged the file says that they wait: whoever dies in between leaves
 * them to the next start, and not to nobody.
 */
export function takeDirty(tx: Tx, store: Store, pair: Pair, subjects: Subjects, limit: number): number {
  const dirty = store.snapshots.dirty(pair.id, limit)
  const touched = noSubjects()
  for (const snapshot of dirty) touch(tx, store, pair, snapshot, touched)
  const until = dirty.reduce((latest, snapshot) => Math.max(latest, snapshot.lastSeenAt), 0)
  const wait = (kind: 'order' | 'sku', key: string): void => {
    const subject = { kind, connection: pair.shop, key }
    store.judgements.add(tx, { pair: pair.id, rule: '', subject, why: 'waits to be judged', until })
  }
  for (const number of touched.orders) {
    subjects.orders.add(number)
    wait('order', number)
  }
  for (const key of touched.stock) {
    subjects.stock.add(key)
    wait('sku', key)
  }
  store.snapshots.clean(
    tx,
    pair.id,
    dirty.map((snapshot) => snapshot.row),
  )
  return dirty.length
}

function touch(tx: Tx, store: Store, pair: Pair, snapshot: Snapshot, subjects: Subjects): void {
  const { record, connection } = snapshot
  switch (record.kind) {
    case 'order':
    case 'erp-order': {
      const before = store.claims.numbers(pair.id, snapshot.row)
      const now = numbersOf(pair, connection, record)
      store.claims.replace(tx, pair.id, snapshot.row, now)
      for (const number of [...before, ...now]) subjects.orders.add(number)
      if (record.kind === 'order') break
      noteUnreferenced(tx, store, pair, record.id, now.length === 0)
      if (!now.some((number) => store.claims.isNamedBy(pair.id, number, pair.shop))) {
        for (const rule of absenceRules) {
          for (const incident of store.incidents.liveOfRule(rule)) {
            if (incident.pair === pair.id) subjects.orders.add(incident.subject.key)
          }
        }
      }
      break
    }
    case 'stock':
    case 'product':
      for (const level of levelsOf(store, pair.shop, record.sku)) subjects.stock.add(`${level.sku}@${level.location}`)
      if (record.kind === 'stock' && connection === pair.shop) subjects.stock.add(`${record.sku}@${record.location}`)
      break
    case 'payment':
    case 'refund':
    case 'shipment':
    case 'invoice':
    case 'credit-note':
    case 'customer':
      // the orders they belong to are read again with them and are dirty themselves
      break
    default:
      record satisfies never
  }
}

/** An ERP order that names no shop order is nobody's here: counted, not judged. */
function noteUnreferenced(tx: Tx, store: Store, pair: Pair, id: string, unreferenced: boolean): void {
  const subject = { kind: 'order', connection: pair.erp, key: id } as const
  const outOfScope = unreferenced ? 'ERP order without a shop reference' : null
  store.judgements.replace(tx, pair.id, subject, { notJudged: [], outOfScope })
}

/** Subjects whose waiting ends by `coveredTo`. */
export function takeDue(store: Store, pair: Pair, coveredTo: Instant, subjects: Subjects, limit: number): number {
  const due = store.judgements.due(pair.id, coveredTo, limit)
  for (const one of due) {
    if (one.subject.kind === 'order') subjects.orders.add(one.subject.key)
    else if (one.subject.kind === 'sku') subjects.stock.add(one.subject.key)
  }
  return due.length
}

/** Orders whose tax was found to differ, alone or as part of a whole: judged again when a side's method turns out other. */
export function takeTaxed(store: Store, pair: Pair, subjects: Subjects): void {
  const rule = 'F05-tax-differs'
  for (const incident of store.incidents.liveOfRule(rule)) {
    if (incident.pair === pair.id && incident.subject.kind === 'order') subjects.orders.add(incident.subject.key)
  }
  for (const number of store.judgements.parts(pair.id, rule, 100_000)) subjects.orders.add(number)
}

/** Stock that depends on an order: what it held or holds for units on their way. */
export function stockOf(waiting: readonly { readonly sku: string; readonly location: string }[]): readonly string[] {
  return waiting.map((one) => `${one.sku}@${one.location}`)
}

/** Every number that a record of the pair claims, in pages. */
export function* everyOrder(store: Store, pair: Pair): Generator<readonly string[]> {
  for (let page = store.claims.page(pair.id, '', 500); page.length > 0; ) {
    yield page
    page = store.claims.page(pair.id, page.at(-1) ?? '', 500)
  }
}

/** Every level of the shop's stock, in pages. */
export function* everyStock(store: Store, pair: Pair): Generator<readonly string[]> {
  for (let page = store.snapshots.page(pair.shop, 'stock', 0, 500); page.length > 0; ) {
    yield page.flatMap(({ record }) => (record.kind === 'stock' ? [`${record.sku}@${record.location}`] : []))
    page = store.snapshots.page(pair.shop, 'stock', page.at(-1)?.row ?? 0, 500)
  }
}

