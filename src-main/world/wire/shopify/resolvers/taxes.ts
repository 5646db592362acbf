/** Tax lines: those of a line as they are, those of an order merged by rate and title. */
import { type Decimal, zero } from '../../../decimal.ts'
import { moneyBag, price } from '../scalars.ts'
import { spread } from '../../../shop/spread.ts'
import { shippingRemainderOf } from '../../../shop/figures.ts'
import { remainderOf } from '../../../shop/units.ts'
import type { Resolvers } from './resolver.ts'
import type { Order, TaxLine } from '../../../shop/shop.ts'

export interface TaxOf {
  readonly order: Order
  readonly tax: TaxLine
}

export function taxesOf(order: Order): readonly TaxOf[] {
  return merged(
    order,
    [...order.lines, ...order.shipping].flatMap((line) => line.taxLines),
  )
}

/** After edits and refunds: each line keeps the tax of what is left of it. */
export function currentTaxesOf(order: Order): readonly TaxOf[] {
  const ofLines = order.lines.flatMap((line) => shared(order, line.taxLines, remainderOf(order, line).tax))
  const ofShipping = shared(
    order,
    order.shipping.flatMap((line) => line.taxLines),
    shippingRemainderOf(order).tax,
  )
  return merged(order, [...ofLines, ...ofShipping])
}

/** What is left of a tax that several authorities raise, or several lines: each keeps its share. */
function shared({ currency }: Order, lines: readonly TaxLine[], left: Decimal): TaxLine[] {
  const amounts = spread(left, lines.map((line) => line.amount), currency)
  return lines.map((line, at) => ({ ...line, amount: amounts[at] ?? zero }))
}

function merged(order: Order, lines: readonly TaxLine[]): readonly TaxOf[] {
  const groups = Map.groupBy(lines, (line) => `${line.rate.toString()} ${line.title} ${line.channelLiable}`)
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            order,
            tax: { ...first, amount: others.reduce((total, line) => total.plus(line.amount), zero.plus(first.amount)) },
          },
        ],
  )
}

export const taxResolvers = {
  TaxLine: {
    title: ({ tax }) => tax.title,
    rate: ({ tax }) => tax.rate.toNumber(),
    ratePercentage: ({ tax }) => tax.rate.times(100).toNumber(),
    source: () => 'Shopify',
    channelLiable: ({ tax }) => tax.channelLiable,
    priceSet: ({ tax, order }, _args, { desk }) => moneyBag(tax.amount, order, desk.shop.books.currency),
    price: ({ tax, order }) => price(tax.amount, order.currency),
  } satisfies Resolvers<TaxOf>,
}
