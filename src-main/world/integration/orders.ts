/** Brings the shop's orders into the ERP: the customer found or made, the lines mapped, confirmed, and kept as the shop has them. */
import { Decimal, zero } from '../decimal.ts'
import type { Sale, SaleDraft } from '../erp/erp.ts'
import type { Customer, Order, OrderLine, TaxLine } from '../shop/shop.ts'
import { minute, second } from '../business/calendar.ts'
import { agreedLine } from '../business/figures.ts'
import { figuresOf } from '../shop/figures.ts'
import { identityOf } from '../business/people.ts'
import { type Article, type Case, passed, referenceOf, type Stage, take } from '../business/stage.ts'
import { lookAtRounding, noteRounding } from './rounding.ts'
import { lookAgain } from './stock.ts'

/** Unit prices have so many digits in the ERP (`Product Price`). */
const priceDigits = 10

/** Cancelled, or all money given back, before the ERP knew: nothing is due any more. */
export function isDue(order: Order): boolean {
  if (order.cancelledAt !== null || order.test) return false
  const successful = order.transactions.filter((one) => one.status === 'SUCCESS')
  if (!successful.some((one) => one.kind === 'REFUND')) return true
  const { refunded, received } = figuresOf(order)
  return refunded.lessThan(received)
}

export function book(stage: Stage, one: Case): void {
  if (!isDue(one.order)) stage.waiting.delete(one)
  if (!isDue(one.order) || one.sale !== null) return
  take(one, 'book', () => enter(stage, one))
}

/** What was so late that a monitor may have called it missing, though nobody planted a fault on it. */
const lateMs = 8 * minute

export function enter(stage: Stage, one: Case, draft: SaleDraft = draftOf(stage, one)): Sale {
  const now = stage.agenda.now()
  if (one.script === null && one.dueAt !== null && now - one.dueAt > lateMs) {
    stage.truth.excuse({ subject: { kind: 'order', key: one.number }, rule: null, because: 'It reached the ERP late, as one of the sides was down.' }, one.dueAt)
  }
  const { integration } = stage.house.staff
  const began = beganAt(stage, one)
  const sale = stage.erp.createSale(draft, integration, began)
  stage.erp.confirm(sale.id, integration, began)
  know(stage, one, sale)
  cameOver(stage)
  noteRounding(stage, one)
  // what a scenario has booked may not be what was bought
  if (one.script !== null) lookAgain(stage, one)
  passed(one, 'booked')
  return sale
}

/** Instead of a document that was cancelled, as the shop has the order: by the integration, and so in the flow of orders. */
export function enterAnew(stage: Stage, one: Case): void {
  const { integration } = stage.house.staff
  const anew = stage.erp.createSale(draftOf(stage, one), integration, stage.erpNow())
  stage.erp.confirm(anew.id, integration, stage.erpNow())
  know(stage, one, anew)
  cameOver(stage)
  noteRounding(stage, one, true)
}

/** Whatever is not a person's shows that the flow of orders runs. */
export function cameOver({ inflow, truth, agenda }: Stage): void {
  inflow.lastAt = agenda.now()
  for (const excused of inflow.excused.splice(0)) truth.expire(excused)
}

/** Now and then a transaction takes its time: its rows are seen now, and stamped with its beginning. */
function beganAt(stage: Stage, one: Case): number {
  return stage.erpNow() - (one.dice.chance(0.1) ? one.dice.int(1, 25) * second : 0)
}

/** The ERP's document that stands for the order from now on. */
export function know(stage: Stage, one: Case, sale: Sale): void {
  one.sale = sale
  one.bookedAt ??= stage.agenda.now()
  if (sale.state === 'sale') stage.waiting.delete(one)
}

/** The ERP's document is no more, and the shop's order holds its stock still. */
export function forget(stage: Stage, one: Case): void {
  one.sale = null
  if (one.order.cancelledAt === null) stage.waiting.add(one)
}

/** Of the lines that are known; all of them, unless a scenario says otherwise. */
export function draftOf(stage: Stage, one: Case, isKnown: (line: OrderLine) => boolean = () => true): SaleDraft {
  const { order } = one
  return {
    partnerId: partnerFor(stage, one),
    clientOrderRef: referenceOf(stage, one.number),
    origin: `shop ${order.id}`,
    dateOrder: stage.erpNow(),
    currency: order.currency,
    warehouseId: one.place.warehouse.id,
    lines: [...order.lines.filter(isKnown).flatMap((line) => lineOf(stage, order, line) ?? []), ...parcelOf(stage, order)],
  }
}

export type DraftLine = SaleDraft['lines'][number]

/** Null for what was taken off the order before it came here. */
export function lineOf(stage: Stage, order: Order, line: OrderLine): DraftLine | null {
  const { quantity, subtotal } = agreedLine(line)
  const article = articleOf(stage, line)
  if (quantity === 0) return null
  const units = quantity * article.facts.pack
  return {
    productId: article.product.id,
    quantity: new Decimal(units),
    priceUnit: subtotal.div(units).toDecimalPlaces(priceDigits),
    taxIds: taxIdsOf(stage, order, line.taxLines),
  }
}

export function articleOf(stage: Stage, line: OrderLine): Article {
  const found = stage.house.ofVariant(line.variantId)
  if (found === null) throw new Error(`The integration knows no product for ${line.title}.`)
  return found
}

function parcelOf(stage: Stage, order: Order): readonly DraftLine[] {
  return order.shipping.filter((line) => !line.discountedPrice.isZero()).map((line) => ({
    productId: stage.house.parcel.id,
    quantity: new Decimal(1),
    priceUnit: line.discountedPrice,
    taxIds: taxIdsOf(stage, order, line.taxLines),
    name: line.title,
    isDelivery: true,
  }))
}

export function taxIdsOf(stage: Stage, order: Order, taxLines: readonly TaxLine[]): readonly number[] {
  if (taxLines.length === 0 && order.taxExempt) {
    return [stage.house.taxFor({ title: 'Autoliquidation', rate: zero, included: false, byMarketplace: false })]
  }
  return taxLines.map((tax) =>
    stage.house.taxFor({ title: tax.title, rate: tax.rate, included: order.taxesIncluded, byMarketplace: tax.channelLiable }))
}

export function customerOf(stage: Stage, order: Order): Customer {
  if (order.customerId === null) throw new Error(`${order.name} has no customer.`)
  return stage.shop.books.customers.must(order.customerId)
}

/** By VAT id for companies, by e-mail for people; made when unknown. */
export function partnerFor(stage: Stage, one: Case): number {
  const customer = customerOf(stage, one.order)
  const known = stage.partners.get(identityOf(customer))
  if (known !== undefined) return known
  const partner = addPartner(stage, customer, one.market.country)
  stage.partners.set(identityOf(customer), partner)
  return partner
}

export function addPartner(stage: Stage, customer: Customer, countryCode: string): number {
  return stage.erp.addPartner({
    name: customer.company ?? customer.name, email: customer.email, vat: customer.vatId, ref: null, parentId: null,
    companyType: customer.company === null ? 'person' : 'company', countryCode, active: true,
  }, stage.house.staff.integration, stage.erpNow()).id
}

/** An edit in the shop is made in the ERP too: quantities as agreed now, taxes as the shop raised them anew, and lines that are new. */
export function amend(stage: Stage, one: Case): void {
  const { sale, order } = one
  if (sale === null || sale.state === 'cancel' || one.shippedAt !== null) return
  take(one, 'amend', () => {
    const { integration } = stage.house.staff
    for (const line of order.lines) {
      const known = sale.lineIds.map((id) => stage.erp.books.saleLines.must(id)).find((each) => each.productId === articleOf(stage, line).product.id)
      const wanted = lineOf(stage, order, line)
      if (known === undefined && wanted !== null) stage.erp.addLine(sale.id, wanted, integration, stage.erpNow())
      const quantity = wanted?.quantity ?? zero
      if (known === undefined) continue
      // what a scenario has booked may not be what was bought, and stays so
      const taxIds = one.script === null ? [...(wanted?.taxIds ?? known.taxIds)] : known.taxIds
      if (!known.quantity.equals(quantity) || taxIds.join() !== known.taxIds.join()) stage.erp.changeLine(known.id, { quantity, taxIds }, integration, stage.erpNow())
    }
    lookAtRounding(stage, one)
    noteRounding(stage, one)
  })
}

/** A cancellation in the shop is one in the ERP, as long as nothing has left. */
export function withdraw(stage: Stage, one: Case): void {
  const { sale } = one
  if (sale === null || sale.state === 'cancel') return
  take(one, 'withdraw', () => {
    stage.erp.cancelSale(sale.id, stage.house.staff.integration, stage.erpNow())
    forget(stage, one)
  })
}
