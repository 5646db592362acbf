// What must be said of what follows an order: its delivery, invoice, payment, refund and parcel, with no patience at all.
export function judgeFollowing(order, live) {
  return [...judgeProgress(order, live), ...judgePayment(order, live), ...judgeRefund(order, live), ...judgeParcels(order, live)]
}

const booked = (sales) => sales.flatMap((sale) => sale.invoices).filter((invoice) => invoice.state === 'posted' || invoice.state === 'paid')
const sum = (invoices) => invoices.reduce((all, invoice) => all + invoice.total, 0)
const wholeRefund = (order) => order.captured > 0 && order.refunded >= order.captured
const left = (live) => live.flatMap((sale) => sale.shipments).filter((shipment) => shipment.left)

/** A due order that stays a draft, or is paid and waits with all of its goods. */
function judgeProgress(order, live) {
  const owed = order.captured - order.refunded
  if (owed <= 0) return []
  const isDraft = live.some((sale) => sale.state === 'draft' || sale.state === 'quotation')
  const waits = live.some((sale) => sale.shipments.length > 0) && left(live).length === 0
  return isDraft || waits ? [{ rule: 'F02-order-stuck', minor: owed }] : []
}

/** Paid whole in the shop, and still asked for by the ERP; what went back is yet to be credited. */
function judgePayment(order, live) {
  if (order.captured === 0 || order.captured < order.total) return []
  const open = sum(booked(live).filter((invoice) => invoice.state === 'posted')) - order.refunded
  return open > 0 ? [{ rule: 'F02-paid-state-differs', minor: open }] : []
}

/** There are no credit notes in this ERP: whatever was billed and given back wants one. */
function judgeRefund(order, live) {
  const billed = sum(booked(live))
  const missing = billed > order.total ? order.refunded : Math.min(order.refunded, billed - (order.total - order.refunded))
  return missing > 0 ? [{ rule: 'F06-refund-without-credit-note', minor: -missing }] : []
}

/** The seed sends all of an order or nothing, on both sides. */
function judgeParcels(order, live) {
  const parcels = left(live)
  if (parcels.length === 0 || wholeRefund(order)) return []
  if (!order.sent) return [{ rule: 'F07-shipped-not-told', minor: null }]
  const numbers = parcels.map((parcel) => parcel.number)
  const differs = numbers.some((number) => !order.numbers.includes(number)) && order.numbers.some((number) => !numbers.includes(number))
  return differs ? [{ rule: 'F07-tracking-differs', minor: null }] : []
}
