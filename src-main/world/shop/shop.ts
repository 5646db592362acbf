/** The simulated shop's books and what may be done in it, in Shopify's words; its wire protocol serves these rows. */
import type { Decimal } from '../decimal.ts'
import type { Row, Table } from '../table.ts'
import type { Checkout } from './checkout.ts'
import type { BalanceEntry, Payout } from './payouts.ts'
import type { Deleting } from './deleting.ts'

/** Milliseconds since 1970, on the shop's own clock. */
export type Instant = number

export interface Location extends Row {
  name: string
  active: boolean
}

/** One SKU on sale; its inventory item has the same id. */
export interface Variant extends Row {
  productId: number
  productTitle: string
  title: string
  /** Null where a merchant never gave one. */
  sku: string | null
  barcode: string | null
  /** Gross or net as the shop's `taxesIncluded`, in the shop's currency. */
  price: Decimal
  taxable: boolean
  tracked: boolean
  /** Sells on below zero (`inventoryPolicy: CONTINUE`). */
  sellsWithoutStock: boolean
  giftCard: boolean
  requiresShipping: boolean
  status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT'
  createdAt: Instant
}

export interface Level extends Row {
  variantId: number
  locationId: number
  available: number
  /** Sold and not yet sent. on_hand = available + committed. */
  committed: number
  /** Each figure has a stamp of its own beside the row's. */
  availableAt: Instant
  committedAt: Instant
}

export interface Customer extends Row {
  email: string | null
  name: string
  company: string | null
  vatId: string | null
  taxExempt: boolean
  createdAt: Instant
}

export interface TaxLine {
  title: string
  /** A fraction: 0.2. */
  rate: Decimal
  /** Booked, in the order's currency. */
  amount: Decimal
  /** The marketplace collected it and hands it over itself. */
  channelLiable: boolean
}

export interface OrderLine {
  id: number
  variantId: number | null
  sku: string | null
  title: string
  /** As ordered, refunded and removed units included. */
  quantity: number
  /** What is owed now. */
  currentQuantity: number
  /** One unit before discounts. */
  unitPrice: Decimal
  /** Off the whole line, in the order they were applied; cart-wide discounts are allocated to lines. */
  discounts: { amount: Decimal; code: string | null; acrossCart: boolean }[]
  taxLines: TaxLine[]
  giftCard: boolean
  requiresShipping: boolean
  taxable: boolean
  /** The location that holds the units. */
  locationId: number | null
  /** Taken off by edits, and what they came to then; the line's own figures keep counting them. */
  removed: Portion
}

/** Some units of a line and what they come to; the subtotal holds the tax where the order's prices do. */
export interface Portion {
  quantity: number
  subtotal: Decimal
  tax: Decimal
}

export interface ShippingLine {
  id: number
  title: string
  /** Before and after discounts. */
  price: Decimal
  discountedPrice: Decimal
  taxLines: TaxLine[]
}

export interface Transaction {
  id: number
  kind: 'AUTHORIZATION' | 'CAPTURE' | 'SALE' | 'REFUND' | 'VOID'
  status: 'SUCCESS' | 'FAILURE' | 'PENDING' | 'ERROR'
  /** `shopify_payments`, `paypal`, `gift_card`, `cash_on_delivery`, `bank_deposit`, `manual`. */
  gateway: string
  amount: Decimal
  parentId: number | null
  paymentId: string
  processedAt: Instant
  /** Why it failed; null where it did not. */
  errorCode: Declined | null
  /** Up to when an authorisation holds; null for what is none. */
  expiresAt: Instant | null
  /** It was not captured in time: the bank has let the money go. */
  lapsed: boolean
}

export type Declined = 'CARD_DECLINED' | 'EXPIRED_CARD' | 'INSUFFICIENT_FUNDS'

export interface RefundLine extends Portion {
  id: number
  lineId: number
  restocked: boolean
  locationId: number | null
  sent: boolean
}

export interface Refund {
  id: number
  createdAt: Instant
  note: string | null
  /** Units that were sent and units that were not stand in lines of their own. */
  lines: RefundLine[]
  shipping: { amount: Decimal; tax: Decimal } | null
  /** Neither line nor shipping: goodwill and differences; signed as Shopify signs them. */
  adjustments: { amount: Decimal; tax: Decimal; reason: string }[]
  transactionIds: number[]
}

/** Goods that a customer sent back, and what was made of them; the money is a refund's. */
export interface Return {
  id: number
  createdAt: Instant
  locationId: number
  lines: { lineId: number; quantity: number }[]
}

export interface Fulfillment {
  id: number
  createdAt: Instant
  changedAt: Instant
  status: 'SUCCESS' | 'CANCELLED' | 'FAILURE'
  locationId: number
  lines: { lineId: number; quantity: number }[]
  tracking: { company: string; number: string }[]
  deliveredAt: Instant | null
}

export interface Order extends Row {
  /** "#1001". */
  name: string
  number: number
  createdAt: Instant
  processedAt: Instant
  cancelledAt: Instant | null
  /** Paid and sent in full: the shop archives by itself. */
  closedAt: Instant | null
  edited: boolean
  cancelReason: 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF' | null
  test: boolean
  currency: string
  taxesIncluded: boolean
  taxExempt: boolean
  /** The marketplace collects its taxes. */
  channelLiable: boolean
  /** `web`, `pos`, or a marketplace's name. */
  source: string
  tags: string[]
  note: string | null
  attributes: { key: string; value: string }[]
  poNumber: string | null
  customerId: number | null
  email: string | null
  shipTo: { country: string; region: string | null } | null
  lines: OrderLine[]
  shipping: ShippingLine[]
  transactions: Transaction[]
  refunds: Refund[]
  returns: Return[]
  fulfillments: Fulfillment[]
  /** A pre-order: not to be sent before. */
  promisedAt: Instant | null
  /** Net 30 and the like; null when paid at checkout. */
  paymentTerms: { name: string; dueAt: Instant } | null
  /** Cash rounding applied when paid in cash. */
  cashRounding: Decimal | null
  /** What one unit of the order's currency was worth in the shop's when it was placed. */
  shopRate: Decimal
  /** What it came to when it was placed, whatever was edited since. */
  originalTotal: Decimal
}

export interface ShopBooks {
  readonly domain: string
  readonly currency: string
  /** Prices hold their tax. */
  readonly taxesIncluded: boolean
  /** In which the shop's days begin and end. */
  readonly zone: string
  readonly locations: Table<Location>
  readonly variants: Table<Variant>
  readonly levels: Table<Level>
  readonly customers: Table<Customer>
  readonly orders: Table<Order>
  /** What Shopify Payments keeps for the merchant, and what it pays out. */
  readonly balance: Table<BalanceEntry>
  readonly payouts: Table<Payout>
}

/**
 * What may be done in the shop. Each move stamps the rows it touches with the instant it is given and returns nothing
 * but what it made. Throws when the world asks for what the platform would refuse.
 */
export interface Shop extends Deleting {
  readonly books: ShopBooks
  addLocation(name: string, at: Instant): Location
  addVariant(variant: Omit<Variant, 'id' | 'changedAt' | 'createdAt'>, at: Instant): Variant
  changeVariant(id: number, change: Partial<Omit<Variant, 'id'>>, at: Instant): void
  addCustomer(customer: Omit<Customer, 'id' | 'changedAt' | 'createdAt'>, at: Instant): Customer
  changeCustomer(id: number, change: Partial<Omit<Customer, 'id'>>, at: Instant): void
  /** Sets what is available at a location, absolutely, as an integration does. */
  setAvailable(variantId: number, locationId: number, available: number, at: Instant): void
  /** Commits stock. No payment yet. */
  place(checkout: Checkout): Order
  authorise(orderId: number, amount: Decimal, gateway: string, at: Instant): Transaction
  /**
   * Captures the gateway's authorisation, or makes a sale when there is none. A sale above what is outstanding is
   * refused; in cash (`cash`) the amount is what was handed over, and may be off by the shop's smallest coin.
   */
  capture(orderId: number, amount: Decimal, gateway: string, at: Instant): Transaction
  void(orderId: number, at: Instant): void
  /** The bank refuses a payment: nothing came, and the order stays as it was. */
  decline(orderId: number, amount: Decimal, gateway: string, because: Declined, at: Instant): Transaction
  /** Lets authorisations go whose time is over; nothing is booked for it. Throws when there is none. */
  lapse(orderId: number, at: Instant): void
  /**
   * Lines with their units; money goes back by the gateways it came by, or as named: as much as was paid beyond what
   * is owed afterwards, so nothing on an unpaid order. An adjustment is signed as Shopify signs it: goodwill is
   * negative, what the merchant keeps back positive. Shipping is what it cost, with its tax where prices hold it.
   */
  refund(orderId: number, refund: {
    readonly lines: readonly { readonly lineId: number; readonly quantity: number; readonly restock: boolean }[]
    readonly shipping?: Decimal
    readonly adjustment?: { readonly amount: Decimal; readonly reason: string }
    readonly gateway?: string
    readonly note?: string
  }, at: Instant): Refund
  /** Units that were sent come back and go on the shelf they left; refunds nothing by itself. */
  takeBack(orderId: number, lines: readonly { readonly lineId: number; readonly quantity: number }[], at: Instant): Return
  /** Releases stock of what was not sent and voids what was only authorised; refunds nothing by itself. */
  cancel(orderId: number, reason: NonNullable<Order['cancelReason']>, at: Instant): void
  fulfil(orderId: number, fulfilment: {
    readonly lines: readonly { readonly lineId: number; readonly quantity: number }[]
    readonly locationId: number
    readonly tracking: readonly { readonly company: string; readonly number: string }[]
  }, at: Instant): Fulfillment
  /** Tracking added later, delivery noted, or the fulfilment cancelled. */
  changeFulfilment(
    orderId: number, fulfillmentId: number,
    change: Partial<Pick<Fulfillment, 'tracking' | 'deliveredAt' | 'status'>>, at: Instant,
  ): void
  /** An order edit: a line's quantity as it shall be from now on, lines added; totals and taxes follow. */
  edit(orderId: number, edit: {
    readonly lines?: readonly { readonly lineId: number; readonly quantity: number }[]
    readonly added?: Checkout['lines']
  }, at: Instant): void
  /** Adds tags; known ones stay. */
  tag(orderId: number, tags: readonly string[], at: Instant): void
  /** Overwrites what people and apps write onto an order. */
  annotate(
    orderId: number, change: Partial<Pick<Order, 'note' | 'tags' | 'poNumber' | 'email' | 'attributes'>>, at: Instant,
  ): void
  /** Archives it, or takes it out of the archive. */
  archive(orderId: number, archived: boolean, at: Instant): void
}
