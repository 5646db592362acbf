// Which lines the two sides hold differently, and what one such difference does to tax and total.
import { exact, floorCents, ceilCents, isZero, minus, plus, sum, times } from './exact.mjs'

/** The kinds of difference between a shop order and the ERP sales that stand for it. */
export function differences(order, sales) {
  const wanted = [...order.lines, ...order.shipping]
  const booked = sales.flatMap((sale) => sale.lines)
  const found = new Set()
  if (sales.some((sale) => sale.currency !== order.currency)) found.add('currency')
  for (const line of booked) if (!wanted.some((w) => w.sku === line.sku)) found.add('lines')
  for (const line of wanted) {
    const twin = booked.find((b) => b.sku === line.sku)
    if (!twin) {
      found.add(line.sku === 'SHIPPING' ? 'shipping' : 'lines')
      continue
    }
    if (twin.quantity !== line.quantity) found.add('quantity')
    if (!isZero(minus(twin.rate, line.rate))) found.add('tax')
    if (!samePrice(twin.netPrice, line.netPrice)) found.add('price')
  }
  return found
}

/** Whether the ERP's figures are the shop's once this one difference is made: if not, it explains nothing. */
export function explains(order, sales) {
  const booked = sales.flatMap((sale) => sale.lines)
  const nets = booked.map((line) => times(line.netPrice, exact(line.quantity)))
  const taxes = booked.map((line, i) => times(nets[i], line.rate))
  const tax = interval(taxes)
  const erpTax = sales.reduce((total, sale) => total + sale.tax, 0)
  const erpTotal = sales.reduce((total, sale) => total + sale.total, 0)
  const total = plus(sum(nets), sum(taxes))
  const slack = booked.length * 2
  return erpTax >= tax.lower && erpTax <= tax.upper && erpTotal >= floorCents(total) - slack && erpTotal <= ceilCents(total) + slack
}

/** The cents that some way of rounding these exact taxes, line by line or all at once, could have come to. */
export function interval(taxes) {
  const whole = sum(taxes)
  return {
    lower: Math.min(taxes.reduce((total, tax) => total + floorCents(tax), 0), floorCents(whole)),
    upper: Math.max(taxes.reduce((total, tax) => total + ceilCents(tax), 0), ceilCents(whole)),
  }
}

/** Tryton keeps four digits of a net price, the shop none: equal when they are equal to half the last one. */
function samePrice(a, b) {
  const apart = minus(a, b)
  const hundredThousandths = (apart.over * 100_000n) / apart.under
  return hundredThousandths >= -6n && hundredThousandths <= 6n
}
