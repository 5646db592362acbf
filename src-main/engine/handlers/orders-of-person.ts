/** Orders of one person: those that the ERP has by the address they were booked under, and of the shop's those that it may lack. */
import type { Pair } from '../../domain/pair.ts'
import type { Customer, Order } from '../../domain/records.ts'
import { numbersOf } from '../reconcile/match.ts'
import type { OrderStep, OrderWalk } from '../store/orders.ts'
import type { Store } from '../store/store.ts'

/** The shop's orders are not kept by address, since a key of each would cost the file more than it may take: so many are looked through. */
const spokenOfMax = 2000
const newestMax = 500

type Walk = Omit<OrderWalk, 'after' | 'limit'>

/** Over all of a shop's orders, whenever they were placed. */
export function everyOrder(pair: Pair): Walk {
  return { pair: pair.id, shop: pair.shop, sort: 'newest', from: 0, to: Number.MAX_SAFE_INTEGER, prefix: '' }
}

export function addressOf(email: string | null): string {
  return email?.trim().toLowerCase() ?? ''
}

/** Of the shop's orders that incidents speak of, and of its newest: what was booked is found by the ERP's own address. */
export function shopOrdersWhere(store: Store, pair: Pair, fits: (order: Order) => boolean): readonly Order[] {
  const walk = { ...everyOrder(pair), after: null }
  const steps: readonly OrderStep[] = [
    ...store.orders.among({ ...walk, limit: spokenOfMax }, store.orders.troubled(pair.id, pair.shop)),
    ...store.orders.walk({ ...walk, limit: newestMax }),
  ]
  return [...new Map(steps.map((step) => [step.row, step])).values()].flatMap((step) => {
    const record = store.orders.recordOf(step)
    return record?.kind === 'order' && fits(record) ? [record] : []
  })
}

/** The numbers that a customer's orders have in the shop. */
export function numbersOfCustomer(store: Store, pair: Pair, side: 'shop' | 'erp', { id, email }: Customer): readonly string[] {
  const address = addressOf(email)
  const isTheirs = ({ customer }: Order): boolean => (side === 'shop' && customer.id === id) || (address !== '' && addressOf(customer.email) === address)
  const booked = address === '' ? [] : store.snapshots.byKey(pair.erp, 'orders', 'email', address).filter(({ goneAt }) => goneAt === null)
  const ofShop = address === '' && side === 'erp' ? [] : shopOrdersWhere(store, pair, isTheirs)
  return [...new Set([...booked.flatMap(({ record }) => numbersOf(pair, pair.erp, record)), ...ofShop.map(({ number }) => number)])]
}
