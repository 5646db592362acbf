/** Who bought: customers, the companies behind some of them, and where goods go. */
import { sum } from '../../../decimal.ts'
import { figuresFor, ordersOf, type Asking } from '../asking.ts'
import { gid } from '../ids.ts'
import { list, type ListArguments, type Listing } from '../listing.ts'
import { dateTime, money } from '../scalars.ts'
import { orderListing } from './order-listing.ts'
import { metafieldResolvers } from './owners.ts'
import type { Resolvers } from './resolver.ts'
import type { Customer, Order } from '../../../shop/shop.ts'

/** A person, or the company and its branch for which they buy. */
export function buyerOf(order: Order, _args: never, { desk }: Asking): unknown {
  const customer = order.customerId === null ? null : desk.shop.books.customers.get(order.customerId)
  if (customer === null) return null
  return customer.company === null ? { __typename: 'Customer', ...customer } : { __typename: 'PurchasingCompany', customer }
}

export interface Address {
  readonly id: string
  readonly customer: Customer | null
  readonly country: string
  readonly region: string | null
}

export function addressOf(order: Order, _args: never, { desk }: Asking): Address | null {
  if (order.shipTo === null) return null
  const customer = order.customerId === null ? null : desk.shop.books.customers.get(order.customerId)
  return { id: `${gid('MailingAddress', order.id)}?model_name=Address`, customer, ...order.shipTo }
}

/** Tax numbers that a checkout asks for by law, in the countries where it does. */
export function localizedFieldsOf(order: Order, { desk }: Asking): readonly unknown[] {
  const customer = order.customerId === null ? null : desk.shop.books.customers.get(order.customerId)
  const country = order.shipTo?.country
  if (customer === null || customer.vatId === null || (country !== 'IT' && country !== 'ES')) return []
  return [{ countryCode: country, key: `TAX_CREDENTIAL_${country}`, purpose: 'TAX', title: 'Tax credential', value: customer.vatId }]
}

export const customerListing: Listing<Customer> = {
  rowsSince: (from, { desk }) => desk.shop.books.customers.changedSince(from),
  createdAt: (customer) => customer.createdAt,
  everywhere: (customer) => [customer.name, customer.email, customer.company],
  sortKeys: {
    CREATED_AT: (customer) => customer.createdAt, UPDATED_AT: (customer) => customer.changedAt, NAME: (customer) => customer.name,
  },
  fields: {
    id: { kind: 'id', of: (customer) => [customer.id] },
    email: { kind: 'text', of: (customer) => [customer.email] },
    first_name: { kind: 'text', of: (customer) => [namesOf(customer).first] },
    last_name: { kind: 'text', of: (customer) => [namesOf(customer).last] },
    customer_date: { kind: 'time', of: (customer) => customer.createdAt },
    updated_at: { kind: 'time', of: (customer) => customer.changedAt },
  },
}

function namesOf(customer: Customer): { readonly first: string | null; readonly last: string } {
  const [last = '', ...others] = customer.name.split(' ').toReversed()
  return { first: others.length === 0 ? null : others.toReversed().join(' '), last }
}

function exemptionsOf(customer: Customer): readonly string[] {
  return customer.taxExempt && customer.vatId !== null ? ['EU_REVERSE_CHARGE_EXEMPTION_RULE'] : []
}

/** What a shop must be allowed to tell of a person. */
function personal<T>(of: (customer: Customer) => T) {
  return (customer: Customer, _args: never, { desk }: Asking): T | null => desk.customerData ? of(customer) : null
}

const customerFields = {
  id: (customer) => gid('Customer', customer.id),
  legacyResourceId: (customer) => String(customer.id),
  displayName: (customer, _args, { desk }) => desk.customerData ? customer.name : '',
  firstName: personal((customer) => namesOf(customer).first),
  lastName: personal((customer) => namesOf(customer).last),
  email: personal((customer) => customer.email),
  phone: () => null,
  defaultEmailAddress: personal((customer) => customer.email === null ? null : {
    emailAddress: customer.email, marketingState: 'NOT_SUBSCRIBED', validFormat: true,
  }),
  defaultAddress: () => null,
  note: () => null,
  state: () => 'DISABLED',
  tags: () => [],
  taxExemptions: exemptionsOf,
  taxSettings: (customer) => ({ taxId: customer.vatId }),
  verifiedEmail: (customer) => customer.email !== null,
  locale: () => 'en',
  createdAt: (customer) => dateTime(customer.createdAt),
  updatedAt: (customer) => dateTime(customer.changedAt),
  numberOfOrders: (customer, _args, asking) => String(ordersOf(customer, asking).length),
  amountSpent(customer, _args, asking) {
    const orders = ordersOf(customer, asking)
    const spent = sum(orders.map((order) => figuresFor(order, asking)).map(({ received, refunded }) => received.minus(refunded)))
    return money(spent, asking.desk.shop.books.currency)
  },
  orders: (customer: Customer, args: ListArguments, asking: Asking) =>
    list({ ...orderListing, rowsSince: () => ordersOf(customer, asking) }, args, asking, 'orders'),
  lastOrder: (customer, _args, asking) => ordersOf(customer, asking).at(-1) ?? null,
  ...metafieldResolvers((customer: Customer) => gid('Customer', customer.id)),
} satisfies Resolvers<Customer>

interface Buying {
  readonly customer: Customer
}

export const buyerResolvers = {
  Customer: customerFields,
  PurchasingCompany: {
    company: ({ customer }) => customer,
    location: ({ customer }) => customer,
  } satisfies Resolvers<Buying>,
  Company: {
    id: (customer) => gid('Company', customer.id),
    name: (customer) => customer.company,
    externalId: () => null,
    note: () => null,
    createdAt: (customer) => dateTime(customer.createdAt),
    updatedAt: (customer) => dateTime(customer.changedAt),
  } satisfies Resolvers<Customer>,
  CompanyLocation: {
    id: (customer) => gid('CompanyLocation', customer.id),
    name: (customer) => customer.company,
    externalId: () => null,
    company: (customer) => customer,
    currency: (_customer, _args, { desk }) => desk.shop.books.currency,
    createdAt: (customer) => dateTime(customer.createdAt),
    updatedAt: (customer) => dateTime(customer.changedAt),
    taxSettings: (customer) => ({
      taxExempt: customer.taxExempt, taxExemptions: exemptionsOf(customer), taxRegistrationId: customer.vatId,
    }),
  } satisfies Resolvers<Customer>,
  MailingAddress: {
    name: ({ customer }, _args, { desk }) => desk.customerData ? customer?.name ?? null : null,
    firstName: ({ customer }, _args, { desk }) => customer !== null && desk.customerData ? namesOf(customer).first : null,
    lastName: ({ customer }, _args, { desk }) => customer !== null && desk.customerData ? namesOf(customer).last : null,
    company: ({ customer }) => customer?.company ?? null,
    address1: () => null,
    address2: () => null,
    city: () => null,
    zip: () => null,
    phone: () => null,
    province: ({ region }) => region,
    provinceCode: ({ region }) => region,
    countryCode: ({ country }) => country,
    countryCodeV2: ({ country }) => country,
    formatted: ({ country }) => [country],
  } satisfies Resolvers<Address>,
}
