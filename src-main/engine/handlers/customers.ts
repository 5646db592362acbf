/** Answers about customers: who stands in the ERP more than once, by which fact, and one customer with its clusters. */
import type { ClusterView, CustomerFace, CustomerOneView } from '../../contract/product-views.ts'
import type { Customer } from '../../domain/records.ts'
import type { Pair } from '../../domain/pair.ts'
import { type CustomerSeen, conflictsOf, customerKind, customerParams, oughtToBeOne } from '../reconcile/lenses/customer.ts'
import { type PairSight, sightOf } from '../reconcile/sight.ts'
import type { Store } from '../store/store.ts'
import { aboutIncident } from './about-incident.ts'
import { type Rooms, os, staleAfter } from './rooms.ts'

export const customerRules = ['F04-duplicate-customer', 'F04-conflicting-billing']
const membersShown = 50

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
      const view = oneOf(store, sightOf(store, pair), input.id)
      if (view === null) throw errors.NOT_FOUND({ data: { says: `The ERP has no customer ${input.id} that was read.` } })
      return view
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
function faceOf({ erpAxis }: PairSight, customer: Customer): CustomerFace {
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
    changedAt: changedAt === null ? null : erpAxis.ours(changedAt),
  }
}

function oneOf(store: Store, sight: PairSight, id: string): CustomerOneView | null {
  const { pair } = sight
  const found = store.snapshots.get(pair.erp, 'customers', id) ?? store.snapshots.byKey(pair.erp, 'customers', 'number', id)[0] ?? null
  if (found === null || found.record.kind !== 'customer') return null
  const keys = new Set(customerKind.touched(store, pair, found))
  const clusters = [...keys].flatMap((key) => clusterOf(store, sight, key) ?? [])
  return {
    erpLabel: sight.erpLabel,
    asOf: { at: sight.customers.to, staleAfterMs: staleAfter(store, 'batch') },
    customer: faceOf(sight, found.record),
    goneAt: found.goneAt,
    clusters: clusters.filter((cluster) => cluster.customers.some((one) => one.id === id || one.code === id)).slice(0, 3),
  }
}
