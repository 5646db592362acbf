/** Lines and shipping lines of an order, answered from the shop's books. */
import { booked, Decimal, sum, zero } from '../../../decimal.ts'
import { shippingRemainderOf } from '../../../shop/figures.ts'
import { remainderOf, sentOf, unsentOf, wholeOf } from '../../../shop/units.ts'
import { productsOf, type Asking } from '../asking.ts'
import { gid } from '../ids.ts'
import { moneyBag } from '../scalars.ts'
import { allocationsOf, lineDiscountsOf } from './discounts.ts'
import { cut, type FirstOnly, type Resolvers } from './resolver.ts'
import type { Order, OrderLine, ShippingLine, Variant } from '../../../shop/shop.ts'

export interface LineOf {
  readonly order: Order
  readonly line: OrderLine
}

export interface ShippingOf {
  readonly order: Order
  readonly line: ShippingLine
}

function bag<S extends LineOf | ShippingOf>(amount: (source: S) => Decimal) {
  return (source: S, _args: never, { desk }: Asking) =>
    moneyBag(booked(amount(source), source.order.currency), source.order, desk.shop.books.currency)
}

function variantOf({ line }: LineOf, { desk }: Asking): Variant | null {
  return line.variantId === null ? null : desk.shop.books.variants.get(line.variantId)
}

export const lineResolvers = {
  LineItem: {
    id: ({ line }) => gid('LineItem', line.id),
    sku: ({ line }) => line.sku,
    title: ({ line }) => line.title,
    name(source, _args, asking) {
      const title = variantOf(source, asking)?.title ?? null
      return title === null || title === 'Default Title' ? source.line.title : `${source.line.title} - ${title}`
    },
    variantTitle: (source, _args, asking) => variantOf(source, asking)?.title ?? null,
    vendor: (_source, _args, { desk }) => desk.shop.books.domain.split('.')[0],
    quantity: ({ line }) => line.quantity,
    currentQuantity: ({ line }) => line.currentQuantity,
    refundableQuantity: ({ line }) => line.currentQuantity,
    unfulfilledQuantity: ({ order, line }) => order.cancelledAt === null ? unsentOf(order, line) : 0,
    nonFulfillableQuantity: ({ order, line }) => line.quantity - unsentOf(order, line) - sentOf(order, line),
    isGiftCard: ({ line }) => line.giftCard,
    // every kit of this shop is one line under its own SKU
    lineItemGroup: () => null,
    requiresShipping: ({ line }) => line.requiresShipping,
    taxable: ({ line }) => line.taxable && !line.giftCard,
    restockable: ({ line }) => line.requiresShipping,
    merchantEditable: ({ order }) => order.cancelledAt === null,
    customAttributes: () => [],
    variant: (source, _args, asking) => variantOf(source, asking),
    product(source, _args, asking) {
      const variant = variantOf(source, asking)
      return variant === null ? null : productsOf(asking).get(variant.productId) ?? null
    },
    originalUnitPriceSet: bag<LineOf>(({ line }) => line.unitPrice),
    originalTotalSet: bag<LineOf>(({ line }) => line.unitPrice.times(line.quantity)),
    discountedTotalSet: ({ order, line }: LineOf, { withCodeDiscounts }: { readonly withCodeDiscounts?: boolean | null }, { desk }: Asking) =>
      moneyBag(line.unitPrice.times(line.quantity).minus(lineDiscountsOf(line, withCodeDiscounts === true)), order, desk.shop.books.currency),
    discountedUnitPriceSet: bag<LineOf>(({ line }) => line.unitPrice.minus(lineDiscountsOf(line, false).div(line.quantity))),
    discountedUnitPriceAfterAllDiscountsSet: bag<LineOf>(({ line }) => wholeOf(line).subtotal.div(line.quantity)),
    priceAfterAllDiscountsBeforeTaxesSet: bag<LineOf>(({ order, line }) => {
      const left = remainderOf(order, line)
      return order.taxesIncluded ? left.subtotal.minus(left.tax) : left.subtotal
    }),
    totalDiscountSet: bag<LineOf>(({ line }) => lineDiscountsOf(line, true)),
    unfulfilledOriginalTotalSet: bag<LineOf>(({ order, line }) => line.unitPrice.times(unsentOf(order, line))),
    unfulfilledDiscountedTotalSet: bag<LineOf>(({ order, line }) => wholeOf(line).subtotal.times(unsentOf(order, line)).div(line.quantity)),
    discountAllocations: ({ order, line }) => allocationsOf(order, line),
    taxLines: ({ order, line }: LineOf, args: FirstOnly) => cut(line.taxLines, args).map((tax) => ({ order, tax })),
  } satisfies Resolvers<LineOf>,
  ShippingLine: {
    id: ({ line }) => gid('ShippingLine', line.id),
    title: ({ line }) => line.title,
    code: ({ line }) => line.title,
    source: () => 'shopify',
    carrierIdentifier: () => null,
    deliveryCategory: () => null,
    phone: () => null,
    custom: () => false,
    isRemoved: () => false,
    originalPriceSet: bag<ShippingOf>(({ line }) => line.price),
    discountedPriceSet: bag<ShippingOf>(({ line }) => line.discountedPrice),
    currentDiscountedPriceSet: bag<ShippingOf>(({ order, line }) => leftOf(order, line)),
    discountAllocations: ({ order, line }) => allocationsOf(order, line),
    taxLines: ({ order, line }) => line.taxLines.map((tax) => ({ order, tax })),
  } satisfies Resolvers<ShippingOf>,
}

/** Refunds name no shipping line: they are taken from the first of them first. */
function leftOf(order: Order, line: ShippingLine): Decimal {
  const later = order.shipping.slice(order.shipping.indexOf(line) + 1)
  const left = shippingRemainderOf(order).amount.minus(sum(later.map((each) => each.discountedPrice)))
  return Decimal.max(zero, Decimal.min(left, line.discountedPrice))
}
