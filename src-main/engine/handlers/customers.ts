/** Answers about customers: who stands in the ERP more than once, by which fact, and one customer with its clusters. */
import type { ClusterView, CustomerFace, CustomerOneView, CustomerOrdersView } from '../../contract/product-views.ts'
import type { Customer } from '../../domain/records.ts'
import type { Pair } from '../../domain/pair.ts'
import { type CustomerSeen, conflictsOf, customerKind, customerParams, oughtToBeOne } from '../reconcile/lenses/customer.ts'
import { type PairSight, sightOf } from '../reconcile/sight.ts'
import type { OrderPlace } from '../store/orders.ts'
import type { Snapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import { aboutIncident } from './about-incident.ts'
import { addressOf, everyOrder, numbersOfCustomer } from './orders-of-person.ts'
import { cursorOf, orderRowOf, placeOf } from './orders.ts'
import { type Rooms, os, staleAfter } from './rooms.ts'

export const customerRules = ['F04-duplicate-customer', 'F04-conflicting-billing']
const membersShown = 50

type Side = 'shop' | 'erp'

export function customerHandlers(rooms: Rooms) {
  const { store } = rooms
  return {
    list: os.customers.list.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const sight = sightOf(store, pair)
      const keys = store.productList.spokenOf(duplicatesOf(pair), { begins: '', after: input.cursor ?? '', limit: input.limit })
      return {
        erpLabel: sight.erpLabel,
        asOf: { at: sight.customers.to, staleAfterMs: staleAfter(store, 'batch') },
        held: store.streams.recordsHeld(pair.erp, 'customers'),
        rows: keys.flatMap((key) => clusterOf(store, sight, key) ?? []),
        next: keys.length < input.limit ? null : (keys.at(-1) ?? null),
      }
    }),
    one: os.customers.one.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const side = input.side ?? 'erp'
      const view = oneOf(store, sightOf(store, pair), side, input.id)
      if (view === null) throw errors.NOT_FOUND(notRead(side, input.id))
      return view
    }),
    orders: os.customers.orders.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.pair}.` } })
      const side = input.side ?? 'erp'
      const found = foundOn(store, pair, side, input.id)
      if (found === null) throw errors.NOT_FOUND(notRead(side, input.id))
      const after = placeOf(input.cursor)
      if (after === 'unreadable') throw errors.REFUSED({ data: { says: 'This page cannot be found again. Begin at the first one.', field: 'cursor' } })
      return store.read(() => ordersOf(rooms, pair, { side, customer: found.record, after, limit: input.limit }))
    }),
  }
}

export function duplicatesOf(pair: Pair): { readonly pair: string; readonly kind: 'customer'; readonly connection: string; readonly rules: readonly string[] } {
  return { pair: pair.id, kind: 'customer', connection: pair.shop, rules: customerRules }
}

/** Null where nothing is open about it any more. */
function clusterOf(store: Store, sight: PairSight, key: string): ClusterView | null {
  const seen = customerKind.see(store, sight, key)
  const subject = { kind: 'customer', connection: sight.pair.shop, key } as const
  const incident = store.incidents.liveOf(sight.pair.id, subject).find((one) => customerRules.includes(one.rule))
  if (seen === null || incident === undefined) return null
  const members = membersOf(sight.pair, seen)
  return {
    key,
    by: seen.by,
    count: members.length,
    customers: members.slice(0, membersShown).map((one) => faceOf(sight, one)),
    conflicts: conflictsOf(members).map(({ label }) => label),
    incident: aboutIncident(incident),
  }
}

/** Those that ought to be one by what the pair says of placeholders and branches; all that share the fact where it says otherwise. */
export function membersOf(pair: Pair, seen: CustomerSeen): readonly Customer[] {
  const params = customerParams.safeParse(pair.settings.rules['F04-duplicate-customer']?.params ?? {})
  const members = params.success ? oughtToBeOne(seen, params.data) : []
  return members.length > 0 ? members : seen.customers
}

/** A person's address says what it must without naming the person. */
function faceOf({ shopAxis, erpAxis }: PairSight, customer: Customer, side: Side = 'erp'): CustomerFace {
  const { id, code, email, vatId, registration, country, parent, active, changedAt } = customer
  return {
    id,
    code,
    email: email === null ? null : `…${email.slice(Math.max(0, email.lastIndexOf('@')))}`,
    vatId,
    registration,
    country,
    parent,
    active,
    changedAt: changedAt === null ? null : (side === 'erp' ? erpAxis : shopAxis).ours(changedAt),
  }
}

function notRead(side: Side, id: string) {
  return { data: { says: `The ${side === 'erp' ? 'ERP' : 'shop'} has no customer ${id} that was read.` } }
}

function foundOn(store: Store, pair: Pair, side: Side, id: string): Snapshot<Customer> | null {
  const connection = pair[side]
  const found = store.snapshots.get(connection, 'customers', id) ?? store.snapshots.byKey(connection, 'customers', 'number', id)[0] ?? null
  return found !== null && found.record.kind === 'customer' ? { ...found, record: found.record } : null
}

interface Asked {
  readonly side: Side
  readonly customer: Customer
  readonly after: OrderPlace | null
  readonly limit: number
}

function ordersOf(rooms: Rooms, pair: Pair, { side, customer, after, limit }: Asked): CustomerOrdersView {
  const { store } = rooms
  const sight = sightOf(store, pair)
  const dueBefore = rooms.clock.now() - staleAfter(store)
  // one more than is shown says whether there is a next page
  const steps = store.orders.among({ ...everyOrder(pair), after, limit: limit + 1 }, numbersOfCustomer(store, pair, side, customer))
  const shown = steps.slice(0, limit)
  return {
    rows: shown.flatMap((step) => {
      const order = store.orders.recordOf(step)
      return order?.kind === 'order' ? [orderRowOf(rooms, sight, { order, marks: store.orders.marksOf(pair.id, pair.shop, step) }, dueBefore)] : []
    }),
    next: steps.length > limit ? cursorOf(shown.at(-1) ?? null) : null,
    hasAddress: addressOf(customer.email) !== '',
  }
}

function oneOf(store: Store, sight: PairSight, side: Side, id: string): CustomerOneView | null {
  const { pair } = sight
  const found = foundOn(store, pair, side, id)
  if (found === null) return null
  const other = side === 'erp' ? 'shop' : 'erp'
  const address = addressOf(found.record.email)
  const alike = address === '' ? [] : store.snapshots.byKey(pair[other], 'customers', 'email', address)
  // that somebody stands twice is said of the ERP alone
  const keys = new Set(customerKind.touched(store, pair, found))
  const clusters = [...keys].flatMap((key) => clusterOf(store, sight, key) ?? [])
  return {
    side,
    label: side === 'erp' ? sight.erpLabel : sight.shopLabel,
    otherLabel: side === 'erp' ? sight.shopLabel : sight.erpLabel,
    asOf: { at: store.streams.coverage(pair[side], 'customers').to, staleAfterMs: staleAfter(store, 'batch') },
    customer: faceOf(sight, found.record, side),
    goneAt: found.goneAt,
    clusters: clusters.filter((cluster) => cluster.customers.some((one) => one.id === id || one.code === id)).slice(0, 3),
    counterparts: alike.flatMap(({ record, goneAt }) => (record.kind === 'customer' && goneAt === null ? [faceOf(sight, record, other)] : [])).slice(0, 5),
  }
}
