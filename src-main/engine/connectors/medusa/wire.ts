/** What Medusa 2.21 puts on the wire, as far as we read it: the allow-list of what is ever kept of an answer. */
import { z } from 'zod'
import type { Decimal } from '../../../domain/decimal.ts'
import { wireDecimal, wireInstant, wireInteger, wireOptional } from '../wire.ts'

/** `raw_total: {value: "8.3166666666666666667", precision: 20}`: the exact figure beside the float `total`. */
const rawFigure = wireOptional(z.object({ value: wireDecimal }))
type RawFigure = z.output<typeof rawFigure>

const id = z.string().min(1)
const optionalText = wireOptional(z.string())
const optionalInstant = wireOptional(wireInstant)
/** Free text that people may write anything into; only its short scalars are ever used. */
const metadata = wireOptional(z.record(z.string(), z.unknown()))

/** The exact figure where Medusa states one, else the plain one. */
export function exact(raw: RawFigure, plain: Decimal): Decimal {
  return raw === null ? plain : raw.value
}

const taxLine = z.object({
  code: optionalText,
  rate: wireDecimal,
  raw_rate: rawFigure,
  total: wireOptional(wireDecimal),
  raw_total: rawFigure,
})

/** The computed figures that lines and shipping methods share; present because the whole relation is asked for. */
const figures = {
  is_tax_inclusive: z.boolean(),
  subtotal: wireDecimal,
  raw_subtotal: rawFigure,
  total: wireDecimal,
  raw_total: rawFigure,
  discount_total: wireDecimal,
  raw_discount_total: rawFigure,
  discount_subtotal: wireDecimal,
  raw_discount_subtotal: rawFigure,
  original_total: wireDecimal,
  raw_original_total: rawFigure,
  tax_total: wireDecimal,
  raw_tax_total: rawFigure,
  tax_lines: z.array(taxLine).default([]),
  /** What lowers it; one by hand has no code. */
  adjustments: z.array(z.object({ code: optionalText })).default([]),
}

/** How far the units of a line are; what a return brought and was not worth the shelf is dismissed. */
const detail = wireOptional(
  z.object({
    return_received_quantity: wireOptional(wireDecimal),
    raw_return_received_quantity: rawFigure,
    return_dismissed_quantity: wireOptional(wireDecimal),
    raw_return_dismissed_quantity: rawFigure,
  }),
)

const line = z.object({
  id,
  title: z.string(),
  variant_sku: optionalText,
  is_giftcard: z.boolean().default(false),
  quantity: wireDecimal,
  raw_quantity: rawFigure,
  unit_price: wireDecimal,
  raw_unit_price: rawFigure,
  detail,
  ...figures,
})
export type WireLine = z.output<typeof line>

const shippingMethod = z.object({ name: z.string(), ...figures })
export type WireShipping = z.output<typeof shippingMethod>

const capture = z.object({
  id,
  amount: wireDecimal,
  raw_amount: rawFigure,
  created_at: wireInstant,
})
const refund = z.object({
  id,
  amount: wireDecimal,
  raw_amount: rawFigure,
  created_at: wireInstant,
  updated_at: optionalInstant,
  refund_reason: wireOptional(z.object({ label: z.string() })),
})

/** Of the provider's own data nothing but its id is read: the rest may hold what must never be stored. */
const providerReference = wireOptional(
  z.object({ id: z.string().max(200).optional().catch(undefined) }),
)

const payment = {
  id,
  amount: wireDecimal,
  raw_amount: rawFigure,
  currency_code: z.string(),
  provider_id: optionalText,
  data: providerReference,
  captured_at: optionalInstant,
  canceled_at: optionalInstant,
  created_at: wireInstant,
  captures: z.array(capture).default([]),
}

const fulfilment = z.object({
  id,
  location_id: optionalText,
  shipped_at: optionalInstant,
  delivered_at: optionalInstant,
  canceled_at: optionalInstant,
  updated_at: optionalInstant,
  labels: z.array(z.object({ tracking_number: optionalText })).default([]),
  items: z
    .array(
      z.object({
        line_item_id: optionalText,
        sku: optionalText,
        quantity: wireDecimal,
        raw_quantity: rawFigure,
      }),
    )
    .default([]),
})
export type WireFulfilment = z.output<typeof fulfilment>

/** `location_names` and `reservations` are ours: read beside the order and laid into its row (streams.ts). */
export const orderRow = z.object({
  id,
  display_id: wireInteger,
  custom_display_id: optionalText,
  status: z.string(),
  payment_status: z.string(),
  fulfillment_status: z.string(),
  version: wireInteger,
  email: optionalText,
  customer_id: optionalText,
  currency_code: z.string(),
  sales_channel_id: optionalText,
  sales_channel: wireOptional(z.object({ name: z.string() })),
  created_at: wireInstant,
  updated_at: wireInstant,
  canceled_at: optionalInstant,
  metadata,
  shipping_address: wireOptional(z.object({ country_code: optionalText, province: optionalText })),
  items: z.array(line),
  shipping_methods: z.array(shippingMethod).default([]),
  credit_lines: z
    .array(z.object({ reference: optionalText, amount: wireDecimal, raw_amount: rawFigure }))
    .default([]),
  payment_collections: z
    .array(
      z.object({
        payments: z
          .array(z.object({ ...payment, refunds: z.array(refund).default([]) }))
          .default([]),
      }),
    )
    .default([]),
  fulfillments: z.array(fulfilment).default([]),
  location_names: z.record(z.string(), z.string()).default({}),
  reservations: z
    .array(z.object({ line_item_id: id, location_id: id, quantity: wireDecimal }))
    .default([]),
})
export type OrderRow = z.output<typeof orderRow>

export const paymentRow = z.object({
  ...payment,
  updated_at: wireInstant,
  payment_collection: wireOptional(z.object({ order: wireOptional(z.object({ id })) })),
})
export type PaymentRow = z.output<typeof paymentRow>

export const stockRow = z.object({
  id,
  sku: optionalText,
  location_levels: z
    .array(
      z.object({
        location_id: id,
        stocked_quantity: wireDecimal,
        raw_stocked_quantity: rawFigure,
        reserved_quantity: wireDecimal,
        raw_reserved_quantity: rawFigure,
        available_quantity: wireDecimal,
        updated_at: optionalInstant,
      }),
    )
    .default([]),
  variants: z
    .array(
      wireOptional(
        z.object({
          sku: optionalText,
          manage_inventory: z.boolean(),
          allow_backorder: z.boolean(),
        }),
      ),
    )
    .default([]),
  location_names: z.record(z.string(), z.string()).default({}),
})
export type StockRow = z.output<typeof stockRow>

export const variantRow = z.object({
  id,
  sku: optionalText,
  barcode: optionalText,
  ean: optionalText,
  upc: optionalText,
  title: optionalText,
  manage_inventory: z.boolean(),
  updated_at: wireInstant,
  product: wireOptional(z.object({ title: z.string(), status: z.string() })),
})
export type VariantRow = z.output<typeof variantRow>

export const customerRow = z.object({ id, email: optionalText, updated_at: wireInstant })
export type CustomerRow = z.output<typeof customerRow>

/** What names an order, in a whole row and in the short ones of a search. */
export const numberRow = z.object({
  id,
  display_id: wireInteger,
  custom_display_id: optionalText,
  metadata,
})
export type NumberRow = z.output<typeof numberRow>

/** A list answer: `{"orders": [...], "count": 391, "offset": 0, "limit": 100}`; `count` is of all rows the filter meets. */
export const listCount = z.looseObject({ count: wireInteger })
export const stampedRow = z.object({ id, updated_at: wireInstant })
export const identifiedRow = z.object({ id })
export const locationRow = z.object({ id, name: z.string() })
export const reservationRow = z.object({
  line_item_id: optionalText,
  location_id: id,
  quantity: wireDecimal,
})
