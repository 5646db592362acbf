/** Gathers the ERP's customers that one fact names: an e-mail address or a VAT id. */
import type { Subject } from '../../../domain/incident.ts'
import type { Customer, StreamName } from '../../../domain/records.ts'
import type { Store } from '../../store/store.ts'
import type { Kind } from '../kinds.ts'
import type { PairSight } from '../sight.ts'
import type { Covered } from './coverage.ts'

export interface CustomerSeen {
  readonly subject: Subject
  readonly by: 'email' | 'vat'
  readonly erpLabel: string
  /** All that carry the fact, active or not, oldest id first. */
  readonly customers: readonly Customer[]
  readonly covered: Covered
}

const stream: StreamName = 'customers'

/** The fact itself is a person's: the subject is named by the first customer's id, and what it is looked up by. */
function keysOfCustomer(customer: Customer): readonly string[] {
  const email = customer.email?.trim().toLowerCase() ?? ''
  return [...(email === '' ? [] : [`email of ${customer.id}`]), ...(customer.vatId === null ? [] : [`vat of ${customer.id}`])]
}

function sharing(store: Store, connection: string, customer: Customer, by: 'email' | 'vat'): readonly Customer[] {
  const value = by === 'email' ? customer.email?.trim().toLowerCase() : customer.vatId
  if (value === null || value === undefined || value === '') return []
  return store.snapshots
    .byKey(connection, stream, by, value)
    .flatMap(({ record, goneAt }) => (goneAt === null && record.kind === 'customer' ? [record] : []))
    .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}

/** Each cluster has one key, whoever of its members was met. */
function clusterKeys(store: Store, connection: string, customer: Customer): readonly string[] {
  return keysOfCustomer(customer).map((key) => {
    const by = key.startsWith('email') ? 'email' : 'vat'
    return `${by} of ${sharing(store, connection, customer, by)[0]?.id ?? customer.id}`
  })
}

function see(store: Store, sight: PairSight, key: string): CustomerSeen | null {
  const by = key.startsWith('email') ? 'email' : 'vat'
  const first = store.snapshots.get(sight.pair.erp, stream, key.slice(`${by} of `.length))
  if (first === null || first.record.kind !== 'customer' || first.goneAt !== null) return null
  const customers = sharing(store, sight.pair.erp, first.record, by)
  // a cluster is judged under its first member's name alone
  if (customers[0]?.id !== first.record.id) return null
  return {
    subject: { kind: 'customer', connection: sight.pair.shop, key },
    by,
    erpLabel: sight.erpLabel,
    customers,
    covered: sight.customers,
  }
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
      const members = [...sharing(store, connection, one, 'email'), ...sharing(store, connection, one, 'vat')]
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
