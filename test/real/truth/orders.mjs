// What must be said of each order, from both sides' final states: an incident per rule, or silence and why.
import { nearestCents, sum } from './exact.mjs'
import { differences, explains, interval } from './differences.mjs'
import { judgeFollowing } from './following.mjs'

export function judgeOrders(shopOrders, sales) {
  const incidents = []
  const silent = []
  const numbers = new Set(shopOrders.map((order) => order.number))
  for (const order of shopOrders) {
    const verdict = judge(order, sales.filter((sale) => sale.reference === order.number))
    if (typeof verdict === 'string') silent.push({ number: order.number, why: verdict })
    else for (const incident of verdict) incidents.push(asIncident(order.number, order.currency, incident))
  }
  const unclaimed = new Set(sales.map((sale) => sale.reference).filter((number) => !numbers.has(number)))
  for (const reference of unclaimed) {
    const live = sales.filter((sale) => sale.reference === reference && sale.live)
    if (reference === null) {
      for (const sale of live) silent.push({ number: sale.number, why: 'a sale of the ERP\'s own, with no reference to any shop' })
    } else if (live.length === 0) {
      silent.push({ number: reference, why: 'the cart was abandoned and the ERP cancelled its sale' })
    } else {
      incidents.push(asIncident(reference, live[0].currency, { rule: 'F02-erp-order-without-shop-order', minor: -total(live) }))
    }
  }
  return { incidents, silent }
}

/** Why nothing is to be said, or what is. */
function judge(order, documents) {
  const live = documents.filter((sale) => sale.live)
  const net = order.captured - order.refunded
  if (order.cancelled) {
    if (live.length > 0) return [{ rule: 'F02-cancelled-in-shop', minor: -total(live) }]
    return documents.length > 0 ? 'cancelled on both sides' : 'cancelled in the shop before it ever reached the ERP'
  }
  if (live.length === 0) {
    if (order.captured === 0) return 'authorised only: not due before the first capture'
    if (net === 0) return 'fully refunded before it ever reached the ERP: due nothing'
    return [{ rule: documents.length > 0 ? 'F02-cancelled-in-erp' : 'F02-paid-order-missing', minor: net }]
  }
  // copies of the whole order, not parts that add up to it
  if (live.length > 1 && live.every((sale) => sale.total === order.total)) {
    return [{ rule: 'F02-duplicate-erp-order', minor: order.total - total(live) }]
  }
  const found = [...judgeTotal(order, live), ...judgeTax(order, live), ...judgeFollowing(order, live)]
  return found.length > 0 ? found : whyFine(order, documents, live)
}

function judgeTotal(order, live) {
  const apart = order.total - total(live)
  if (apart === 0) return []
  const [only, ...others] = provenDifferences(order, live)
  return [{ rule: 'F02-total-differs', minor: apart, cause: only && others.length === 0 ? only : 'unexplained' }]
}

function judgeTax(order, live) {
  const taxes = [...order.lines, ...order.shipping].map((line) => line.tax)
  const { lower, upper } = interval(taxes)
  const booked = live.reduce((all, sale) => all + sale.tax, 0)
  if (booked >= lower && booked <= upper) return []
  return [{ rule: 'F05-tax-differs', minor: nearestCents(sum(taxes)) - booked, cause: taxCause(order, live) }]
}

function taxCause(order, live) {
  const found = provenDifferences(order, live)
  if (found.length > 1) return 'ambiguous'
  switch (found[0]) {
    case 'tax': return live.every((sale) => sale.lines.every((line) => !line.taxed)) ? 'exempt' : 'wrong-rate'
    case 'quantity': return 'quantity-differs'
    case 'shipping': return 'shipping-missing'
    case 'lines': return 'line-missing'
    case 'price': return order.lines.some((line) => line.discounted) ? 'discount' : 'unexplained'
    default: return 'unexplained'
  }
}

/** A difference that does not turn the one side's figures into the other's would make a cause a guess. */
function provenDifferences(order, live) {
  if (!explains(order, live)) throw new Error(`the ERP's own lines of ${order.number} do not give its tax and total: the truth cannot be told`)
  return [...differences(order, live)]
}

function whyFine(order, documents, live) {
  if (documents.length > live.length) return 'cancelled in the ERP and entered anew: one live document'
  if (live.length > 1) return 'two sales share the order\'s lines and add up to it'
  if (order.captured === 0) return 'authorised only, and already in the ERP'
  if (order.lines.some((line) => line.discounted)) return 'discounted alike on both sides'
  return 'both sides agree'
}

const total = (sales) => sales.reduce((all, sale) => all + sale.total, 0)

function asIncident(number, currency, { rule, minor, cause = null }) {
  const amount = minor === null ? null : { minor, currency }
  return { rule, subject: { kind: 'order', connection: 'shop', key: number }, amount, cause }
}
