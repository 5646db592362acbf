/** What Shopify's Admin API 2026-07 puts on the wire, as far as we read it: the allow-list of what is ever kept of an answer. */
import { z } from 'zod'
import { wireDecimal, wireInstant, wireInteger, wireOptional } from '../wire.ts'

const id = z.string().startsWith('gid://shopify/')
const optionalText = wireOptional(z.string())
const optionalInstant = wireOptional(wireInstant)

/** In the shop's own currency: that is what the books are kept in. */
const money = z
  .object({ shopMoney: z.object({ amount: wireDecimal }) })
  .transform((bag) => bag.shopMoney.amount)

const taxLine = z.object({
  title: z.string(),
  rate: wireOptional(wireDecimal),
  ratePercentage: wireOptional(wireDecimal),
  channelLiable: wireOptional(z.boolean()),
  priceSet: money,
})
export type WireTax = z.output<typeof taxLine>

export function listOf<T extends z.ZodType>(row: T) {
  return z.object({ nodes: z.array(row) })
}

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: wireOptional(z.string()) })

const line = z.object({
  id,
  sku: optionalText,
  name: z.string(),
  quantity: wireInteger,
  currentQuantity: wireInteger,
  isGiftCard: z.boolean(),
  originalUnitPriceSet: money,
  discountAllocations: z.array(z.object({ allocatedAmountSet: money })),
  taxLines: z.array(taxLine),
  lineItemGroup: wireOptional(z.object({ id: z.string(), variantSku: optionalText })),
})
export type WireLine = z.output<typeof line>

const shippingLine = z.object({
  title: z.string(),
  isRemoved: z.boolean(),
  originalPriceSet: money,
  discountedPriceSet: money,
  taxLines: z.array(taxLine),
})
export type WireShipping = z.output<typeof shippingLine>

const parent = wireOptional(z.object({ id }))

const transaction = z.object({
  id,
  kind: z.string(),
  status: z.string(),
  gateway: optionalText,
  paymentId: optionalText,
  createdAt: wireInstant,
  processedAt: optionalInstant,
  amountSet: money,
  parentTransaction: parent,
})
export type WireTransaction = z.output<typeof transaction>

/** `fulfillmentLineItems` is laid in: asked for beside the order, or told from the order where all of it went in one parcel. */
const fulfilment = z.object({
  id,
  status: z.string(),
  displayStatus: optionalText,
  createdAt: wireInstant,
  updatedAt: wireInstant,
  deliveredAt: optionalInstant,
  location: wireOptional(z.object({ name: z.string() })),
  trackingInfo: z.array(z.object({ number: optionalText })),
  fulfillmentLineItems: listOf(
    z.object({
      quantity: wireOptional(wireInteger),
      lineItem: z.object({ id, sku: optionalText }),
    }),
  ),
})
export type WireFulfilment = z.output<typeof fulfilment>

/** Its lists are laid in: asked for beside the order. */
const refund = z.object({
  id,
  createdAt: optionalInstant,
  processedAt: wireInstant,
  updatedAt: wireInstant,
  totalRefundedSet: money,
  refundLineItems: listOf(
    z.object({
      quantity: wireInteger,
      /** RETURN, CANCEL, NO_RESTOCK, and for old ones LEGACY_RESTOCK, which is either of the first two. */
      restockType: z.string(),
      lineItem: z.object({ id, sku: optionalText }),
      totalTaxSet: money,
    }),
  ),
  refundShippingLines: listOf(z.object({ taxAmountSet: money })),
  transactions: listOf(
    z.object({
      id,
      kind: z.string(),
      status: z.string(),
      processedAt: optionalInstant,
      amountSet: money,
      parentTransaction: parent,
    }),
  ),
})
export type WireRefund = z.output<typeof refund>

/** What was made of each unit that was to come back: RESTOCKED, NOT_RESTOCKED, PROCESSING_REQUIRED, or it was MISSING. */
export const returnRow = z.object({
  id,
  status: z.string(),
  refunds: listOf(z.object({ id })),
  reverseFulfillmentOrders: listOf(
    z.object({
      lineItems: listOf(
        z.object({
          fulfillmentLineItem: wireOptional(
            z.object({ lineItem: z.object({ id, sku: optionalText }) }),
          ),
          dispositions: z.array(
            z.object({ type: z.string(), quantity: wireInteger, createdAt: wireInstant }),
          ),
        }),
      ),
    }),
  ),
})
export type WireReturn = z.output<typeof returnRow>

const naming = {
  id,
  name: z.string(),
  number: wireInteger,
  poNumber: optionalText,
  customAttributes: z.array(z.object({ key: z.string(), value: optionalText })),
  metafield: wireOptional(z.object({ value: z.string() })),
}

/** Laid in where we may read them: `promisedAt` of scheduled orders, `assigned`, what each location is to send, and `returns`. */
export const orderRow = z.object({
  ...naming,
  createdAt: wireInstant,
  processedAt: wireInstant,
  updatedAt: wireInstant,
  cancelledAt: optionalInstant,
  cancelReason: optionalText,
  test: z.boolean(),
  tags: z.array(z.string()),
  discountCodes: z.array(z.string()),
  sourceName: optionalText,
  currencyCode: z.string(),
  taxesIncluded: z.boolean(),
  taxExempt: z.boolean(),
  email: optionalText,
  displayFinancialStatus: optionalText,
  displayFulfillmentStatus: z.string(),
  returnStatus: z.string(),
  customer: wireOptional(z.object({ id })),
  purchasingEntity: wireOptional(
    z.object({
      location: wireOptional(
        z.object({ taxSettings: wireOptional(z.object({ taxRegistrationId: optionalText })) }),
      ),
    }),
  ),
  shippingAddress: wireOptional(
    z.object({ countryCodeV2: optionalText, provinceCode: optionalText }),
  ),
  localizedFields: listOf(z.object({ key: z.string(), value: optionalText })),
  totalPriceSet: money,
  currentTotalPriceSet: money,
  totalTaxSet: wireOptional(money),
  currentTotalTaxSet: money,
  totalCashRoundingAdjustment: wireOptional(z.object({ paymentSet: money, refundSet: money })),
  transactions: z.array(transaction),
  fulfillments: z.array(fulfilment),
  refunds: z.array(refund),
  shippingLines: listOf(shippingLine),
  lineItems: listOf(line),
  promisedAt: optionalInstant,
  assigned: wireOptional(
    z.array(z.object({ lineId: id, location: z.string(), quantity: z.int() })),
  ),
  /** Null where the app may not read them, or there are more than were asked for. */
  returns: wireOptional(z.array(returnRow)),
})
export type OrderRow = z.output<typeof orderRow>

/** What names an order, in the short rows of a search. */
export const namedRow = z.object(naming)

export const level = z.object({
  id,
  updatedAt: wireInstant,
  isActive: z.boolean(),
  item: z.object({
    id,
    sku: optionalText,
    tracked: z.boolean(),
    duplicateSkuCount: wireInteger,
    variants: wireOptional(listOf(z.object({ inventoryPolicy: z.string() }))),
  }),
  quantities: z.array(z.object({ name: z.string(), quantity: wireInteger })),
})

/** `location` is laid in where the levels of one location are read. */
export const stockRow = level.extend({ location: z.object({ id, name: z.string() }) })
export type StockRow = z.output<typeof stockRow>

export const variantRow = z.object({
  id,
  sku: optionalText,
  barcode: optionalText,
  /** Money, as a text: "12.50". */
  price: wireDecimal,
  displayName: z.string(),
  updatedAt: wireInstant,
  inventoryItem: z.object({ tracked: z.boolean(), requiresShipping: z.boolean() }),
  product: z.object({ status: z.string() }),
})
export type VariantRow = z.output<typeof variantRow>

export const customerRow = z.object({
  id,
  state: z.string(),
  updatedAt: wireInstant,
  defaultEmailAddress: wireOptional(z.object({ emailAddress: optionalText })),
})
export type CustomerRow = z.output<typeof customerRow>

export const scopes = z
  .object({ accessScopes: z.array(z.object({ handle: z.string() })) })
  .transform((installation) => new Set(installation.accessScopes.map((scope) => scope.handle)))
export type Scopes = z.output<typeof scopes>

export const stamped = z.object({ id, updatedAt: wireInstant })
export const identified = z.object({ id })
