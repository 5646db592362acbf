/** Discounts as Shopify tells them: applications on the order, and what each of them allocated to a line. */
import { sum, zero, type Decimal } from '../../../decimal.ts'
import { moneyBag, money } from '../scalars.ts'
import type { Resolvers } from './resolver.ts'
import type { Order, OrderLine, ShippingLine } from '../../../shop/shop.ts'

export interface Application {
  readonly __typename: 'DiscountCodeApplication' | 'ManualDiscountApplication'
  readonly index: number
  readonly code: string | null
  readonly order: Order
  readonly amount: Decimal
  readonly targetType: 'LINE_ITEM' | 'SHIPPING_LINE'
  readonly targetSelection: 'ALL' | 'EXPLICIT'
  readonly allocationMethod: 'ACROSS' | 'ONE'
  /** What tells it from others of the order. */
  readonly mark: string
}

export interface Allocation {
  readonly order: Order
  readonly amount: Decimal
  readonly application: Application
}

type Made = Pick<Application, 'mark' | 'code' | 'amount' | 'targetType' | 'targetSelection' | 'allocationMethod'>

export function applicationsOf(order: Order): readonly Application[] {
  const made = new Map<string, Made>()
  for (const line of order.lines) {
    for (const [at, discount] of line.discounts.entries()) {
      const mark = markOf(line, at)
      made.set(mark, {
        mark, code: discount.code, amount: discount.amount.plus(made.get(mark)?.amount ?? zero), targetType: 'LINE_ITEM',
        targetSelection: discount.acrossCart ? 'ALL' : 'EXPLICIT', allocationMethod: discount.acrossCart ? 'ACROSS' : 'ONE',
      })
    }
  }
  for (const line of order.shipping) {
    const amount = line.price.minus(line.discountedPrice)
    const mark = `shipping ${line.id}`
    if (!amount.isZero()) {
      made.set(mark, { mark, code: null, amount, targetType: 'SHIPPING_LINE', targetSelection: 'ALL', allocationMethod: 'ONE' })
    }
  }
  return [...made.values()].map((each, index) => ({
    ...each, index, order, __typename: each.code === null ? 'ManualDiscountApplication' : 'DiscountCodeApplication',
  }))
}

export function allocationsOf(order: Order, line: OrderLine | ShippingLine): readonly Allocation[] {
  const applications = applicationsOf(order)
  const amounts: (readonly [string, Decimal])[] = 'discounts' in line ?
    line.discounts.map((discount, at) => [markOf(line, at), discount.amount]) :
    [[`shipping ${line.id}`, line.price.minus(line.discountedPrice)]]
  return amounts.flatMap(([mark, amount]) => {
    const application = applications.find((each) => each.mark === mark)
    return application === undefined ? [] : [{ order, amount, application }]
  })
}

/** Line-level discounts alone; those that came by a code when they are asked for. */
export function lineDiscountsOf(line: OrderLine, withCodes: boolean): Decimal {
  return sum(line.discounts.filter((each) => !each.acrossCart && (withCodes || each.code === null)).map((each) => each.amount))
}

export function cartDiscountsOf(order: Order): Decimal {
  return sum(order.lines.flatMap((line) => line.discounts.filter((each) => each.acrossCart).map((each) => each.amount)))
}

export function codesOf(order: Order): readonly string[] {
  return [...new Set(order.lines.flatMap((line) => line.discounts.flatMap((discount) => discount.code ?? [])))]
}

function markOf(line: OrderLine, at: number): string {
  const discount = line.discounts[at]
  return discount?.acrossCart === true ? `cart ${discount.code ?? ''}` : `line ${line.id} ${at}`
}

const applicationFields: Resolvers<Application> = {
  value: ({ amount, order }) => ({ __typename: 'MoneyV2', ...money(amount, order.currency) }),
}

export const discountResolvers = {
  DiscountCodeApplication: applicationFields,
  ManualDiscountApplication: { ...applicationFields, title: () => 'Discount', description: () => null } satisfies Resolvers<Application>,
  DiscountAllocation: {
    allocatedAmountSet: ({ amount, order }, _args, { desk }) => moneyBag(amount, order, desk.shop.books.currency),
    discountApplication: ({ application }) => application,
  } satisfies Resolvers<Allocation>,
}
