/** Which subjects are to be judged: those whose records changed, those whose waiting is over, or simply all. */
import type { Subject } from '../../domain/incident.ts'
import type { Pair } from '../../domain/pair.ts'
import { lookupsOf } from '../../domain/pair-maps.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import { gistOf } from './gist.ts'
import { kinds } from './kinds.ts'
import { anyLocation } from './in-flight.ts'
import { levelsOf } from './lenses/stock.ts'
import { numbersOf } from './match.ts'
import type { PairSight } from './sight.ts'
import { noteTaxChange, retaxedIn } from './tax-changes.ts'

/** Order numbers, `sku@location` keys and the keys of other kinds, of one pair. */
export interface Subjects {
  readonly orders: Set<string>
  readonly stock: Set<string>
  readonly others: Readonly<Record<OtherKind, Set<string>>>
}

export type OtherKind = (typeof kinds)[number]['over']

export function noSubjects(): Subjects {
  return { orders: new Set(), stock: new Set(), others: { invoice: new Set(), product: new Set(), customer: new Set() } }
}

/** Rules about absence: a document that is nobody's may be the one that they miss, and one that is somebody's is not. */
const absenceRules = ['F02-paid-order-missing', 'F02-order-missing', 'F02-suspect-match']

/** All that is dirty now, in one transaction: for the little that a look-up brings. */
export function takeAllDirty(store: Store, pair: Pair, subjects: Subjects): void {
  const limit = 1000
  store.transaction((tx) => {
    while (takeDirty(tx, store, pair, subjects, limit) === limit);
  })
}

/**
 * Takes up to `limit` dirty records of a pair: renews what they claim and names the subjects they touch, before and
 * after. Returns how many it took. Until they are judged the file says that they wait: whoever dies in between leaves
 * them to the next start, and not to nobody.
 */
export function takeDirty(tx: Tx, store: Store, pair: Pair, subjects: Subjects, limit: number): number {
  const dirty = store.snapshots.dirty(pair.id, limit)
  const touched = noSubjects()
  let matches = false
  for (const snapshot of dirty) matches = touch(tx, store, pair, snapshot, touched) || matches
  // once for all of them: there may be many that are missed
  if (matches) takeAbsent(store, pair, touched)
  if (dirty.some((snapshot) => billsTogether(store, pair, snapshot))) {
    for (const number of unbilled(store, pair)) touched.orders.add(number)
  }
  for (const sku of retaxedIn(store, pair, dirty)) touched.others.product.add(sku)
  const wait = (kind: Subject['kind'], key: string): void => {
    const subject = { kind, connection: pair.shop, key }
    // for its turn alone: however far the sides are read, whoever finds it left behind judges it
    store.judgements.add(tx, { pair: pair.id, rule: '', subject, why: 'waits to be judged', until: 0 })
  }
  for (const number of touched.orders) {
    subjects.orders.add(number)
    wait('order', number)
  }
  for (const key of touched.stock) {
    subjects.stock.add(key)
    wait('sku', key)
  }
  for (const { over, subjectKind } of kinds) {
    for (const key of touched.others[over]) {
      subjects.others[over].add(key)
      wait(subjectKind, key)
    }
  }
  store.snapshots.clean(
    tx,
    pair.id,
    dirty.map((snapshot) => snapshot.row),
  )
  return dirty.length
}

/** True when it may change which document could be an order that is missed. */
function touch(tx: Tx, store: Store, pair: Pair, snapshot: Snapshot, subjects: Subjects): boolean {
  const { record, connection } = snapshot
  for (const kind of kinds) for (const key of kind.touched(store, pair, snapshot)) subjects.others[kind.over].add(key)
  switch (record.kind) {
    case 'order':
    case 'erp-order':
      return touchClaims(tx, store, pair, snapshot, subjects)
    case 'stock':
    case 'product':
      if (connection === pair.erp) noteTaxChange(tx, store, snapshot)
      for (const sku of connection === pair.erp ? lookupsOf(pair.settings).takers(record.sku) : [record.sku]) {
        for (const level of levelsOf(store, pair.shop, sku)) subjects.stock.add(`${level.sku}@${level.location}`)
      }
      if (record.kind === 'stock' && connection === pair.shop) subjects.stock.add(`${record.sku}@${record.location}`)
      break
    case 'shipment':
    case 'return':
    case 'invoice':
    case 'credit-note': {
      const before = store.snapshots.previous(snapshot.row)
      const known = before !== null && 'orderIds' in before ? before.orderIds : []
      for (const id of [...record.orderIds, ...known]) touchOrderOf(store, pair, connection, id, subjects)
      break
    }
    case 'payment':
    case 'refund':
      if (record.orderId !== null) touchOrderOf(store, pair, connection, record.orderId, subjects)
      break
    case 'customer':
    case 'payout':
      break
    default:
      record satisfies never
  }
  return false
}

function touchClaims(tx: Tx, store: Store, pair: Pair, snapshot: Snapshot, subjects: Subjects): boolean {
  const { record, connection } = snapshot
  const before = store.claims.numbers(pair.id, snapshot.row)
  const now = numbersOf(pair, connection, record)
  const side = connection === pair.shop ? 'shop' : 'erp'
  store.claims.replace(tx, pair.id, snapshot.row, { side, numbers: now, gist: gistOf(pair, snapshot) })
  for (const number of [...before, ...now]) subjects.orders.add(number)
  const renamed = before.length !== now.length || before.some((number) => !now.includes(number))
  const isNamed = (by: string) => (number: string) => store.claims.isNamedBy(pair.id, number, by)
  // an order that comes or is renamed takes the documents under its number from whoever missed one like them
  if (record.kind === 'order') return renamed && [...before, ...now].some(isNamed(pair.erp))
  noteUnreferenced(tx, store, pair, record.id, now.length === 0)
  // a document that is nobody's, or was until now
  if (!now.some(isNamed(pair.shop))) return true
  return renamed && !before.some(isNamed(pair.shop)) && (before.length > 0 || store.snapshots.previous(snapshot.row) !== null)
}

function takeAbsent(store: Store, pair: Pair, subjects: Subjects): void {
  for (const rule of absenceRules) {
    for (const incident of store.incidents.liveOfRule(rule)) {
      if (incident.pair === pair.id) subjects.orders.add(incident.subject.key)
    }
  }
}

/** An invoice over several orders, now or before: it shows how its customer is billed, and whom it has passed over. */
function billsTogether(store: Store, pair: Pair, snapshot: Snapshot): boolean {
  const { record, connection } = snapshot
  if (record.kind !== 'invoice' || connection !== pair.erp) return false
  if (record.orderIds.length > 1) return true
  const before = store.snapshots.previous(snapshot.row)
  return before?.kind === 'invoice' && before.orderIds.length > 1
}

/** Orders that wait to be billed, or are said to have waited too long. */
function unbilled(store: Store, pair: Pair): readonly string[] {
  const rule = 'F06-invoice-missing'
  const live = store.incidents.liveOfRule(rule).filter((incident) => incident.pair === pair.id)
  return [...live.map((incident) => incident.subject.key), ...store.judgements.waitingFor(pair.id, rule)]
}

/** The order that a document belongs to, by the platform's own id. */
function touchOrderOf(store: Store, pair: Pair, connection: string, id: string, subjects: Subjects): void {
  const stream: StreamName = 'orders'
  const order = store.snapshots.get(connection, stream, id)
  if (order === null) return
  for (const number of store.claims.numbers(pair.id, order.row)) subjects.orders.add(number)
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
    else for (const { over, subjectKind } of kinds) if (subjectKind === one.subject.kind) subjects.others[over].add(one.subject.key)
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
export function stockOf(pair: Pair, waiting: readonly { readonly sku: string; readonly location: string }[]): readonly string[] {
  const { takers } = lookupsOf(pair.settings)
  const everywhere = [...new Set(Object.values(pair.settings.locations))]
  return waiting.flatMap((one) => {
    const locations = one.location === anyLocation ? everywhere : [one.location]
    return takers(one.sku).flatMap((sku) => locations.map((location) => `${sku}@${location}`))
  })
}

/** Every number that a record of the pair claims, in pages. */
export function* everyOrder(store: Store, pair: Pair): Generator<readonly string[]> {
  for (let page = store.claims.page(pair.id, '', 500); page.length > 0; ) {
    yield page
    page = store.claims.page(pair.id, page.at(-1) ?? '', 500)
  }
}

/** The numbers on which both sides do not agree, that documents follow, or of which anything is said already, in pages: for the full pass. */
export function* doubtfulOrders(store: Store, { pair, rivals }: PairSight): Generator<readonly string[]> {
  let after = ''
  for (let through = store.claims.reach(pair.id, after); through !== null; through = store.claims.reach(pair.id, after)) {
    const stretch = { after, through }
    yield store.claims.disagreeing(pair.id, stretch)
    yield store.claims.followed(pair.id, stretch)
    for (const rival of rivals) yield store.claims.shared(pair.id, rival.id, stretch)
    yield store.judgements.standing(pair.id, { kind: 'order', connection: pair.shop }, stretch)
    after = through
  }
}

/** Every level of the shop's stock, in pages. */
export function* everyStock(store: Store, pair: Pair): Generator<readonly string[]> {
  for (let page = store.snapshots.page(pair.shop, 'stock', 0, 500); page.length > 0; ) {
    yield page.flatMap(({ record }) => (record.kind === 'stock' ? [`${record.sku}@${record.location}`] : []))
    page = store.snapshots.page(pair.shop, 'stock', page.at(-1)?.row ?? 0, 500)
  }
}

