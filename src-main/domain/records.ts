/** The normalised words: what every platform's rows are turned into (DESIGN §4). Absence is null, never undefined. */
import { z } from 'zod'
import { decimalSchema } from './decimal.ts'
import { currencySchema } from './money.ts'
import { ordersIn, payoutSchema } from './payout.ts'
import { instant, provenance, text } from './provenance.ts'

/** The streams of a connection; with the connection's role they say what kind of record is in them. */
export const streamNames = [
  'orders',
  'payments',
  'refunds',
  'fulfilments',
  'stock',
  'products',
  'customers',
  'invoices',
  'credit-notes',
  'shipments',
  'returns',
  'payouts',
] as const
export type StreamName = (typeof streamNames)[number]

export const taxSchema = z.object({
  code: text.nullable(),
  /** Percent: "20", "5.5". */
  ratePercent: decimalSchema,
  /** Major units, as exact as the platform states it; null where it states none. */
  amount: decimalSchema.nullable(),
  collectedByMarketplace: z.boolean(),
})
export type Tax = z.infer<typeof taxSchema>

const orderLineSchema = z.object({
  id: text,
  sku: text.nullable(),
  title: text,
  quantity: decimalSchema,
  unit: text.nullable(),
  /** Major units, as the shop shows it: with tax when the order's `taxesIncluded`, else without. */
  unitPrice: decimalSchema,
  /** Major units taken off the whole line, same basis as `unitPrice`. */
  discount: decimalSchema,
  /** Major units for the whole line after discount, same basis as `unitPrice`. */
  total: decimalSchema,
  taxes: z.array(taxSchema),
  giftCard: z.boolean(),
  bundleOf: text.nullable(),
  /** Where the shop holds or sent the units from, by location name; empty where the platform does not say. */
  allocations: z.array(z.object({ location: text, quantity: decimalSchema })),
})
export type OrderLine = z.infer<typeof orderLineSchema>

const shippingSchema = z.object({
  method: text,
  /** Major units, same basis as the lines' `unitPrice`, after discount. */
  price: decimalSchema,
  taxes: z.array(taxSchema),
})

const captureSchema = z.object({ at: instant, /** Minor units. */ amount: z.int() })

export const orderSchema = z.object({
  kind: z.literal('order'),
  ...provenance,
  /** The number that people and the ERP know the order by. */
  number: text.min(1),
  store: text.nullable(),
  placedAt: instant,
  channel: text.nullable(),
  currency: currencySchema,
  taxesIncluded: z.boolean(),
  market: z.object({ country: z.string().regex(/^[A-Z]{2}$/).nullable(), region: text.nullable() }),
  lines: z.array(orderLineSchema),
  shipping: z.array(shippingSchema),
  /** Major units at purchase and after edits, before any refund: what the customer agreed to. */
  totals: z.object({
    lines: decimalSchema,
    discount: decimalSchema,
    shipping: decimalSchema,
    tax: decimalSchema,
    total: decimalSchema,
  }),
  payment: z.object({
    state: z.enum(['none', 'pending', 'authorised', 'partly-captured', 'captured', 'partly-refunded', 'refunded', 'voided', 'unknown']),
    captures: z.array(captureSchema),
    authorisedAt: instant.nullable(),
    method: text.nullable(),
    gatewayRefs: z.array(text),
    /** Minor units paid by gift card or store credit. */
    giftCardPaid: z.int(),
  }),
  refunds: z.array(
    z.object({
      id: text,
      at: instant,
      /** Minor units. */
      amount: z.int(),
      tax: decimalSchema.nullable(),
      lines: z.array(z.object({ sku: text.nullable(), quantity: decimalSchema })),
      reason: text.nullable(),
    }),
  ),
  /** What the smallest coin added to payments and refunds in cash: in no capture and no refund. Minor units; null where the platform does not state it. */
  cashRounding: z.object({ paid: z.int(), refunded: z.int() }).nullable().default(null),
  /** Goods that came back to the shop; empty where none did, null where the platform does not state it. */
  returns: z
    .array(
      z.object({
        id: text,
        /** When they were received; null where it is only stated that they were. */
        at: instant.nullable(),
        lines: z.array(z.object({ sku: text.nullable(), quantity: decimalSchema })),
      }),
    )
    .nullable(),
  cancelledAt: instant.nullable(),
  cancelReason: text.nullable(),
  fulfilment: z.object({
    state: z.enum(['none', 'partly', 'shipped', 'delivered', 'cancelled', 'unknown']),
    shippedAt: instant.nullable(),
    tracking: z.array(text),
  }),
  customer: z.object({
    id: text.nullable(),
    email: text.nullable(),
    vatId: text.nullable(),
    taxExempt: z.boolean().nullable(),
  }),
  /** The platform's own test flag. */
  test: z.boolean(),
  /** Tags and the like, for scope rules: `metadata.key=value`, `tag`. */
  marks: z.array(text),
  /** Of its discounts those that have a code: a voucher, a promotion. */
  discountCodes: z.array(text).default([]),
  /** When a pre-order is promised; null for an ordinary order. */
  promisedAt: instant.nullable(),
})
export type Order = z.infer<typeof orderSchema>

const erpLineSchema = z.object({
  id: text,
  sku: text.nullable(),
  title: text,
  quantity: decimalSchema,
  unit: text.nullable(),
  /** Major units without tax. */
  unitPrice: decimalSchema,
  /** Major units without tax for the whole line, as the ERP books it. */
  net: decimalSchema,
  taxes: z.array(taxSchema),
  /** False for services: shipping, fees. */
  goods: z.boolean(),
})
export type ErpLine = z.infer<typeof erpLineSchema>

const invoiceLineSchema = erpLineSchema.extend({
  /** The line of the ERP order that it bills; null where the ERP does not say. */
  orderLineId: text.nullable(),
  /** Percent that the line says it takes off; `unitPrice` and `net` are after it. Null where it says none. */
  discountPercent: decimalSchema.nullable(),
  /** Money on account: a down payment, or its being taken off again. Nobody ordered it. */
  deposit: z.boolean(),
})
export type InvoiceLine = z.infer<typeof invoiceLineSchema>

/** Major units, as the ERP books them. */
const erpTotalsSchema = z.object({ net: decimalSchema, tax: decimalSchema, total: decimalSchema })

export const erpOrderSchema = z.object({
  kind: z.literal('erp-order'),
  ...provenance,
  number: text.nullable(),
  /** Whatever may name the shop order, as written in the ERP. */
  references: z.array(text),
  state: z.enum(['draft', 'open', 'done', 'cancelled', 'unknown']),
  /** The ERP's own word for the state. */
  platformState: text,
  /** Whether the ERP's available stock already knows of these units. */
  reservesStock: z.boolean(),
  /** It knows of some of them only: one of the goods is short, or waits to be planned. */
  reservesSome: z.boolean(),
  createdBy: text.nullable(),
  createdAt: instant,
  /** The document's business day, `2026-11-23`. */
  documentDate: z.iso.date().nullable(),
  currency: currencySchema,
  customerId: text.nullable(),
  customerEmail: text.nullable(),
  lines: z.array(erpLineSchema),
  totals: erpTotalsSchema,
})
export type ErpOrder = z.infer<typeof erpOrderSchema>

/**
 * VAT categories of EN 16931, by their codes of UN/CEFACT list 5305: standard, zero rated, exempt, reverse charge, supply
 * within the Union, export, outside scope, and the taxes of the Canaries (L) and of Ceuta and Melilla (M).
 */
export const vatCategorySchema = z.enum(['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M'])
export type VatCategory = z.infer<typeof vatCategorySchema>

const invoiceShape = {
  ...provenance,
  number: text.nullable(),
  /** The ERP orders that it bills, by their ids. */
  orderIds: z.array(text),
  state: z.enum(['draft', 'posted', 'paid', 'cancelled', 'unknown']),
  /** When it was drawn up; null where the ERP does not say. */
  createdAt: instant.nullable(),
  issuedOn: z.iso.date().nullable(),
  currency: currencySchema,
  customerId: text.nullable(),
  lines: z.array(invoiceLineSchema),
  taxes: z.array(
    z.object({
      code: text.nullable(),
      ratePercent: decimalSchema,
      base: decimalSchema,
      amount: decimalSchema,
      /** Left out where the ERP gives its taxes none. */
      category: vatCategorySchema.exactOptional(),
    }),
  ),
  /** Whether the ERP knows the buyer by a VAT id or a number in a register; null where that was not asked. */
  buyerIsRegistered: z.boolean().nullable().default(null),
  totals: erpTotalsSchema,
  /** What is still to be paid of the total, signed as it; null where the ERP does not say. */
  open: decimalSchema.nullable(),
  /** How the ERP rounds its tax. */
  taxMethod: z.enum(['per-line', 'per-document', 'unknown']),
}
export const invoiceSchema = z.object({ kind: z.literal('invoice'), ...invoiceShape })
export type Invoice = z.infer<typeof invoiceSchema>

/** Totals and quantities are negative, as a booking that takes back. */
export const creditNoteSchema = z.object({ kind: z.literal('credit-note'), ...invoiceShape, creditsInvoiceIds: z.array(text) })
export type CreditNote = z.infer<typeof creditNoteSchema>

/** A parcel on its way: a shop's fulfilment or an ERP's delivery. */
export const shipmentSchema = z.object({
  kind: z.literal('shipment'),
  ...provenance,
  number: text.nullable(),
  /** The orders it serves, by the ids of the same side. */
  orderIds: z.array(text),
  state: z.enum(['open', 'shipped', 'delivered', 'cancelled', 'unknown']),
  shippedAt: instant.nullable(),
  location: text.nullable(),
  tracking: z.array(text),
  /** `orderId`: which of the orders a line serves; null where the platform does not say. */
  lines: z.array(z.object({ sku: text.nullable(), quantity: decimalSchema, orderId: text.nullable() })),
})
export type Shipment = z.infer<typeof shipmentSchema>

/** Goods on their way back into the ERP's warehouse: a kind of its own, so that nothing that counts deliveries counts it. */
export const goodsReturnSchema = z.object({
  kind: z.literal('return'),
  ...provenance,
  number: text.nullable(),
  /** The ERP orders that the goods were sold by. */
  orderIds: z.array(text),
  state: z.enum(['open', 'received', 'cancelled', 'unknown']),
  receivedAt: instant.nullable(),
  location: text.nullable(),
  lines: z.array(z.object({ sku: text.nullable(), quantity: decimalSchema, orderId: text.nullable() })),
})
export type GoodsReturn = z.infer<typeof goodsReturnSchema>

export const paymentSchema = z.object({
  kind: z.literal('payment'),
  ...provenance,
  orderId: text.nullable(),
  method: text.nullable(),
  currency: currencySchema,
  /** Minor units. */
  amount: z.int(),
  authorisedAt: instant.nullable(),
  captures: z.array(captureSchema),
  cancelledAt: instant.nullable(),
})
export type Payment = z.infer<typeof paymentSchema>

export const refundSchema = z.object({
  kind: z.literal('refund'),
  ...provenance,
  orderId: text.nullable(),
  paymentId: text.nullable(),
  at: instant,
  currency: currencySchema,
  /** Minor units. */
  amount: z.int(),
  reason: text.nullable(),
})
export type Refund = z.infer<typeof refundSchema>

/** One SKU at one location; `id` is `sku@location`. */
export const stockLevelSchema = z.object({
  kind: z.literal('stock'),
  ...provenance,
  sku: text.min(1),
  /** A shop's location by name, an ERP's warehouse by code: what people see and map. */
  location: text,
  onHand: decimalSchema,
  reserved: decimalSchema,
  /** What this side would still sell or promise. */
  available: decimalSchema,
  tracked: z.boolean(),
  backorder: z.boolean(),
})
export type StockLevel = z.infer<typeof stockLevelSchema>

/** A list price, in major units. */
const priceSchema = z.object({
  amount: decimalSchema,
  /** Null: the one currency that the side keeps its list in. */
  currency: currencySchema.nullable(),
  /** The country it is for; null: every market that has none of its own. */
  market: z.string().regex(/^[A-Z]{2}$/).nullable(),
  /** Whether tax is in it; null where the side does not say. */
  taxesIncluded: z.boolean().nullable(),
})
export type Price = z.infer<typeof priceSchema>

/** One of the taxes that a product is sold under at home, as its side calls it. */
const productTaxSchema = z.object({
  code: text.nullable(),
  /** Percent: "20", "5.5". */
  ratePercent: decimalSchema,
})
export const productTaxesSchema = z.array(productTaxSchema).max(50)
export type ProductTaxes = Readonly<z.infer<typeof productTaxesSchema>>

export const productSchema = z.object({
  kind: z.literal('product'),
  ...provenance,
  sku: text.min(1),
  barcode: text.nullable(),
  title: text,
  unit: text.nullable(),
  /** How many of its units make the one pack that it is sold by; null where the side states none, or several. */
  packSize: decimalSchema.nullable(),
  taxCode: text.nullable(),
  /** The same with their rates; null where the side does not say, or says no rate. Records of before say nothing of it. */
  taxes: productTaxesSchema.nullable().default(null),
  /** What it is listed at; empty where that is not read. */
  prices: z.array(priceSchema).max(500),
  active: z.boolean(),
  tracked: z.boolean(),
  /** Something that is sent, and no service or card; null where the side does not say. Records of before say nothing of it. */
  goods: z.boolean().nullable().default(null),
})
export type Product = z.infer<typeof productSchema>

export const customerSchema = z.object({
  kind: z.literal('customer'),
  ...provenance,
  /** The number people know the customer by. */
  code: text.nullable(),
  email: text.nullable(),
  vatId: text.nullable(),
  /** The number in a register of companies. */
  registration: text.nullable(),
  /** Of the billing address. */
  country: z.string().regex(/^[A-Z]{2}$/).nullable(),
  /** The customer that it is a branch of, by id; null for one that stands for itself. */
  parent: text.nullable(),
  active: z.boolean(),
})
export type Customer = z.infer<typeof customerSchema>

export const recordSchema = z.discriminatedUnion('kind', [
  orderSchema,
  erpOrderSchema,
  invoiceSchema,
  creditNoteSchema,
  shipmentSchema,
  goodsReturnSchema,
  paymentSchema,
  refundSchema,
  payoutSchema,
  stockLevelSchema,
  productSchema,
  customerSchema,
])
export type DomainRecord = z.infer<typeof recordSchema>
export type RecordKind = DomainRecord['kind']

/** When the thing itself happened, on the platform's clock: placed, booked, sent. Null for what has no moment. */
export function momentOf(record: DomainRecord): number | null {
  switch (record.kind) {
    case 'order':
      return record.placedAt
    case 'erp-order':
      return record.createdAt
    case 'invoice':
    case 'credit-note':
      return record.issuedOn === null ? null : Date.parse(record.issuedOn)
    case 'shipment':
      return record.shippedAt
    case 'return':
      return record.receivedAt
    case 'payment':
      return record.captures[0]?.at ?? record.authorisedAt
    case 'refund':
      return record.at
    case 'payout':
      return record.issuedAt
    case 'stock':
    case 'product':
    case 'customer':
      return null
    default:
      return record satisfies never
  }
}

/** By which moment the daily close counts it: money that came, a document's own day (as midnight UTC). Null: not booked. */
export function bookedAtOf(record: DomainRecord): number | null {
  switch (record.kind) {
    case 'order':
      return record.payment.captures.reduce<number | null>((first, one) => (first === null ? one.at : Math.min(first, one.at)), null)
    case 'erp-order':
      return record.documentDate === null ? null : Date.parse(record.documentDate)
    case 'invoice':
    case 'credit-note':
    case 'shipment':
    case 'return':
    case 'payment':
    case 'refund':
    case 'payout':
    case 'stock':
    case 'product':
    case 'customer':
      return null
    default:
      return record satisfies never
  }
}

/** A way to find a record from the other side or from its parent. */
export interface RecordKey {
  readonly name: 'number' | 'reference' | 'order' | 'sku' | 'email' | 'barcode' | 'vat' | 'registration' | 'customer'
  readonly value: string
}

/** The keys under which a record is found again; pure, so that a store can index them and a test can list them. */
export function keysOf(record: DomainRecord): readonly RecordKey[] {
  switch (record.kind) {
    case 'order':
      return keys(['number', record.number])
    case 'erp-order':
      return [
        ...keys(['number', record.number], ['email', lower(record.customerEmail)]),
        ...record.references.flatMap((reference) => keys(['reference', reference.trim()])),
      ]
    case 'invoice':
    case 'credit-note':
      return [
        ...keys(['number', record.number]),
        ...record.orderIds.flatMap((id) => keys(['order', id])),
        // what bills several orders at once tells how its customer is billed
        ...(record.orderIds.length > 1 ? keys(['customer', record.customerId]) : []),
      ]
    case 'shipment':
    case 'return':
      return [...keys(['number', record.number]), ...record.orderIds.flatMap((id) => keys(['order', id]))]
    case 'payment':
    case 'refund':
      return keys(['order', record.orderId])
    case 'payout':
      return ordersIn(record).flatMap((id) => keys(['order', id]))
    case 'stock':
      return keys(['sku', record.sku])
    case 'product':
      return keys(['sku', record.sku], ['barcode', record.barcode])
    case 'customer':
      return keys(
        ['email', lower(record.email)],
        ['vat', identityOf(record.vatId)],
        ['registration', identityOf(record.registration)],
        ['number', record.code],
      )
    default:
      return record satisfies never
  }
}

function keys(...pairs: readonly (readonly [RecordKey['name'], string | null])[]): RecordKey[] {
  return pairs.flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value }]))
}

/** A number that an authority gave, as it is compared: "BE 0123.456.789" and "be0123456789" are one. */
export function identityOf(value: string | null): string | null {
  return value === null ? null : value.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

function lower(value: string | null): string | null {
  return value === null ? null : value.trim().toLowerCase()
}
