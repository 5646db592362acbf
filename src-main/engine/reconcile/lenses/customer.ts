/** Gathers the ERP's customers that one fact names: an e-mail address, a VAT id, a number in a register. */
import { z } from 'zod'
import type { Subject } from '../../../domain/incident.ts'
import type { Pair } from '../../../domain/pair.ts'
import { type Customer, type StreamName, identityOf } from '../../../domain/records.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import type { Kind } from '../kinds.ts'
import type { PairSight } from '../sight.ts'
import type { Axis, Covered } from './coverage.ts'
import { type OutsideChange, outsideChanges } from './outside.ts'

const facts = ['email', 'vat', 'registration'] as const
type Fact = (typeof facts)[number]

export interface CustomerSeen {
  readonly subject: Subject
  readonly by: Fact
  readonly erpLabel: string
  /** All that carry the fact, active or not, oldest id first. */
  readonly customers: readonly Customer[]
  /** Of the first of them: what was changed by somebody who does not own it. */
  readonly outside: readonly OutsideChange[]
  readonly erpAxis: Axis
  readonly covered: Covered
}

const stream: StreamName = 'customers'

function valueOf(customer: Customer, by: Fact): string {
  switch (by) {
    case 'email':
      return customer.email?.trim().toLowerCase() ?? ''
    case 'vat':
      return identityOf(customer.vatId) ?? ''
    case 'registration':
      return identityOf(customer.registration) ?? ''
  }
}

/** The fact itself is a person's: the subject is named by the first customer's id, and what it is looked up by. */
function keysOfCustomer(customer: Customer): readonly string[] {
  return facts.flatMap((by) => (valueOf(customer, by) === '' ? [] : [`${by} of ${customer.id}`]))
}

function factOf(key: string): Fact | null {
  return facts.find((by) => key.startsWith(`${by} of `)) ?? null
}

function sharing(store: Store, connection: string, customer: Customer, by: Fact): readonly Snapshot<Customer>[] {
  const value = valueOf(customer, by)
  if (value === '') return []
  return store.snapshots
    .byKey(connection, stream, by, value)
    .flatMap((one) => (one.goneAt === null && one.record.kind === 'customer' ? [{ ...one, record: one.record }] : []))
    .toSorted((a, b) => a.record.id.localeCompare(b.record.id, 'en', { numeric: true }))
}

/** Each cluster has one key, whoever of its members was met. */
function clusterKeys(store: Store, connection: string, customer: Customer): readonly string[] {
  return facts
    .filter((by) => valueOf(customer, by) !== '')
    .map((by) => `${by} of ${sharing(store, connection, customer, by)[0]?.record.id ?? customer.id}`)
}

function see(store: Store, sight: PairSight, key: string): CustomerSeen | null {
  const by = factOf(key)
  if (by === null) return null
  const named = store.snapshots.get(sight.pair.erp, stream, key.slice(`${by} of `.length))
  if (named === null || named.record.kind !== 'customer' || named.goneAt !== null) return null
  const members = sharing(store, sight.pair.erp, named.record, by)
  const [first] = members
  // a cluster is judged under its first member's name alone
  if (first === undefined || first.record.id !== named.record.id) return null
  return {
    subject: { kind: 'customer', connection: sight.pair.shop, key },
    by,
    erpLabel: sight.erpLabel,
    customers: members.map(({ record }) => record),
    outside: members.flatMap((member) => outsideOf(store, sight.pair, member, by)),
    erpAxis: sight.erpAxis,
    covered: sight.customers,
  }
}

/** A customer has up to three subjects; what was done to it belongs to the first of them. */
function outsideOf(store: Store, pair: Pair, member: Snapshot<Customer>, by: Fact): readonly OutsideChange[] {
  const { record } = member
  if (facts.find((one) => valueOf(record, one) !== '') !== by) return []
  const name = record.code ?? record.id
  return outsideChanges(store, pair, member, [
    { domain: 'customer', what: `VAT id of ${name}`, wordsOf: ({ vatId }) => vatId ?? 'none' },
    { domain: 'customer', what: `Country of ${name}`, wordsOf: ({ country }) => country ?? 'none' },
    // an address is a person's, and is not shown: that it is another one is enough
    { domain: 'customer', what: `E-mail address of ${name}`, wordsOf: ({ email }) => (email === null ? 'none' : `…${email.slice(email.lastIndexOf('@'))}`) },
  ])
}

export const customerKind: Kind<'customer'> = {
  over: 'customer',
  subjectKind: 'customer',
  see,
  touched(store, pair, snapshot) {
    const { record, connection } = snapshot
    if (record.kind !== 'customer' || connection !== pair.erp) return []
    const before = store.snapshots.previous(snapshot.row)
    const known = before?.kind === 'customer' ? [before] : []
    return [record, ...known].flatMap((one) => {
      const members = facts.flatMap((by) => sharing(store, connection, one, by).map((member) => member.record))
      return [...keysOfCustomer(one), ...members.flatMap(keysOfCustomer), ...clusterKeys(store, connection, one)]
    })
  },
  *every(store, pair) {
    for (let page = store.snapshots.page(pair.erp, stream, 0, 500); page.length > 0; ) {
      yield page.flatMap(({ record }) => (record.kind === 'customer' ? clusterKeys(store, pair.erp, record) : []))
      page = store.snapshots.page(pair.erp, stream, page.at(-1)?.row ?? 0, 500)
    }
  },
  closing: (seen) => `${seen.erpLabel} has ${seen.customers.length === 1 ? 'one customer' : `${seen.customers.length} customers`} for it.`,
}

const placeholders = [
  '@example.',
  '.invalid',
  'noreply@',
  'no-reply@',
  '@marketplace.amazon.',
  '@members.ebay.',
  '@privaterelay.appleid.com',
  'guest@',
  'unknown@',
]

export const customerParams = z.object({
  placeholders: z
    .array(z.string().min(2).max(200))
    .max(500)
    .default(placeholders)
    .meta({ title: 'Addresses of nobody', description: 'Parts of addresses that stand for nobody in particular: placeholders, relays of marketplaces.' }),
  branches: z
    .array(z.string().min(1).max(200))
    .max(10_000)
    .default([])
    .meta({ title: 'Branches', description: 'Ids or numbers of customers that are branches of another.' }),
})

/** Those that stand for themselves and are in use, without branches: what ought to be one. Empty for a fact of nobody. */
export function oughtToBeOne(seen: CustomerSeen, { placeholders: nobody, branches }: z.infer<typeof customerParams>): readonly Customer[] {
  const [first] = seen.customers
  const fact = first === undefined || seen.by !== 'email' ? '' : valueOf(first, seen.by)
  if (nobody.some((one) => fact.includes(one.toLowerCase()))) return []
  const customers = seen.customers.filter(
    ({ active, parent, id, code }) => active && parent === null && !branches.includes(id) && (code === null || !branches.includes(code)),
  )
  return customers.length < 2 || saidByStronger(seen, customers) ? [] : customers
}

/**
 * A fact that a stronger one says already of the same customers opens no second incident: the VAT id before the
 * register, the register before the e-mail address.
 */
function saidByStronger(seen: CustomerSeen, customers: readonly Customer[]): boolean {
  const stronger = seen.by === 'vat' ? [] : seen.by === 'registration' ? (['vat'] as const) : (['vat', 'registration'] as const)
  return stronger.some((by) => {
    const values = new Set(customers.map((one) => valueOf(one, by)))
    return values.size === 1 && !values.has('')
  })
}

/** What customers of one identity are billed by, where they contradict each other. */
export function conflictsOf(customers: readonly Customer[]): readonly { readonly label: string; readonly values: readonly string[] }[] {
  const of = (label: string, pick: (customer: Customer) => string | null) => {
    const values = [...new Set(customers.flatMap((one) => pick(one) ?? []))]
    return values.length > 1 ? [{ label, values }] : []
  }
  return [...of('VAT id', ({ vatId }) => identityOf(vatId)), ...of('Country', ({ country }) => country)]
}

/** A fact's own words for a sentence; never the fact itself. */
export const factWords: Readonly<Record<Fact, string>> = {
  email: 'e-mail address',
  vat: 'VAT id',
  registration: 'registration number',
}
