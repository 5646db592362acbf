/** What the auditor finds wrong with what follows an order: parcels, invoices, credit notes. */
import { booked, Decimal, digitsOf, sum, zero } from '../../../src-main/world/decimal.ts'
import type { Move } from '../../../src-main/world/erp/erp.ts'
import { wholeOf } from '../../../src-main/world/shop/units.ts'
import type { World } from '../../../src-main/world/world.ts'
import { type Chain, type Finding, posted, type Reading, totalOf } from './books.ts'

export function auditChains({ world, now, chains }: Reading): readonly Finding[] {
  return chains.flatMap((chain) => {
    if (chain.live.length !== 1) return []
    return [...parcels(world, chain), ...returned(world, chain), ...billing(world, chain, now), ...credits(chain)]
  })
}

function say(chain: Chain, rule: string, amount: Decimal | null = null): Finding {
  return { rule, key: chain.number, amount }
}

function goodsOf(world: World, chain: Chain): Chain['lines'] {
  return chain.lines.filter((line) => world.erp.books.products.must(line.productId).kind === 'goods')
}

function parcels(world: World, chain: Chain): readonly Finding[] {
  const { order, pickings } = chain
  const packs = world.agreement.packs
  const sent = goodsOf(world, chain).reduce((units, line) => {
    const sku = world.erp.books.products.must(line.productId).defaultCode ?? ''
    return units.plus(line.delivered.div(packs[sku] ?? 1))
  }, zero)
  const good = order.fulfillments.filter((one) => one.status === 'SUCCESS')
  const cards = new Set(order.lines.filter((line) => line.giftCard).map((line) => line.id))
  const told = sum(good.flatMap((one) => one.lines.filter((line) => !cards.has(line.lineId)).map((line) => new Decimal(line.quantity))))
  if (sent.greaterThan(told)) return [say(chain, 'F07-shipped-not-told')]
  if (told.greaterThan(sent)) return [say(chain, 'F07-shipped-only-in-shop')]
  const theirs = pickings.filter((one) => one.state === 'done').flatMap((one) => one.trackingRef?.split(',') ?? [])
  const ours = good.flatMap((one) => one.tracking.map((each) => each.number))
  if (theirs.length > 0 && ours.length === 0) return [say(chain, 'F07-tracking-missing')]
  return theirs.every((number) => ours.includes(number)) ? [] : [say(chain, 'F07-tracking-differs')]
}

/** Units of each SKU on each side; what the shop paid back for counts for it, whether it wants the goods or not. */
function returned(world: World, { order, number, pickings, returns }: Chain): readonly Finding[] {
  if (order.cancelledAt !== null) return []
  const { packs } = world.agreement
  const skuOf = (productId: number): string => world.erp.books.products.must(productId).defaultCode ?? ''
  const unitsIn = (transfers: Chain['returns'], sku: string): Decimal =>
    sum(transfers.filter((one) => one.state === 'done').flatMap((one) => one.moves).filter((move) => skuOf(move.productId) === sku).map((move) => move.done)).div(packs[sku] ?? 1)
  let amount = zero
  for (const line of order.lines) {
    const { sku } = line
    if (sku === null || order.lines.some((each) => each.sku === sku && each.id !== line.id) || unitsIn(pickings, sku).isZero()) continue
    const own = <T extends { readonly lineId: number }>(lines: readonly T[]): readonly T[] => lines.filter((each) => each.lineId === line.id)
    const count = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((units, each) => units + each.quantity, 0)
    const paid = own(order.refunds.flatMap((one) => one.lines)).filter((each) => each.sent)
    const noted = count(own(order.returns.flatMap((one) => one.lines)))
    const inErp = unitsIn(returns, sku)
    const inShop = noted + count(paid.filter((each) => each.restocked))
    const apart = inErp.greaterThan(Math.max(inShop, noted + count(paid))) ? inErp.minus(inShop) : inErp.lessThan(inShop) ? new Decimal(inShop).minus(inErp) : zero
    const { subtotal, tax } = wholeOf(line)
    amount = amount.plus((order.taxesIncluded ? subtotal : subtotal.plus(tax)).times(apart).div(line.quantity))
  }
  return amount.isZero() ? [] : [{ rule: 'F07-return-not-told', key: number, amount: booked(amount, order.currency) }]
}

/** The customer’s invoice is due with the parcel, or at the end of the month. */
function isBilledLater(world: World, { order, pickings }: Chain, now: number): boolean {
  const onAccount = order.transactions.some((one) => one.gateway === 'manual')
  if (!onAccount || !world.agreement.billedMonthly.includes(order.email ?? '')) return false
  const zone = { timeZone: world.agreement.zone } as const
  const monthOf = (at: number): string => new Date(at).toLocaleDateString('en-CA', zone).slice(0, 7)
  // the run is in the evening of the last day; the first day of the next month is early enough to ask
  return pickings.some((one) => monthOf(one.doneAt ?? 0) === monthOf(now))
}

function billing(world: World, chain: Chain, now: number): readonly Finding[] {
  const { order, invoices, credits: notes, lines } = chain
  const good = posted(invoices)
  const { books } = world.erp
  const counted = (lineId: number, moves: readonly Move[]): Decimal =>
    sum(moves.flatMap((move) => move.lines.filter((line) => line.saleLineIds.includes(lineId)).map((line) => line.quantity)))
  const goods = goodsOf(world, chain)
  const unbilled = goods.filter((line) => line.delivered.greaterThan(0) && counted(line.id, good).isZero())
  const found: Finding[] = []
  if (goods.length > 0 && unbilled.length > 0 && !isBilledLater(world, chain, now)) {
    const all = unbilled.length === goods.filter((line) => line.delivered.greaterThan(0)).length
    const part = all || order.fulfillments.length > 1
    if (part) found.push(say(chain, 'F06-invoice-missing', chain.total.minus(totalOf(good))))
  }
  const twice = lines.find((line) => counted(line.id, good).minus(counted(line.id, posted(notes))).greaterThan(line.quantity))
  const last = good.at(-1)
  if (twice !== undefined && last !== undefined) return [...found, { rule: 'F06-invoice-duplicate', key: last.name, amount: last.total.negated() }]
  for (const move of good) {
    const own = move.lines.flatMap((line) => line.saleLineIds.map((id) => ({ line, saleLine: books.saleLines.must(id) }))).filter(({ saleLine }) => lines.includes(saleLine))
    if (own.some(({ line, saleLine }) => line.taxIds.join() !== saleLine.taxIds.join())) found.push({ rule: 'F05-invoice-tax-differs', key: move.name, amount: null })
    if (!move.untaxed.plus(move.tax).equals(move.total)) found.push({ rule: 'F06-invoice-sums', key: move.name, amount: move.untaxed.plus(move.tax).minus(move.total) })
    const priced = own.some(({ line, saleLine }) => !line.priceUnit.equals(saleLine.priceUnit) || !line.discount.equals(saleLine.discount))
    const isWhole = good.length === 1 && goods.every((line) => line.delivered.equals(line.quantity)) && move.invoiceOrigin === chain.live[0]?.name
    const short = isWhole && lines.some((line) => !counted(line.id, good).equals(line.quantity))
    if (priced || short) found.push({ rule: 'F06-invoice-line-differs', key: move.name, amount: chain.total.minus(move.total) })
  }
  return found
}

function credits(chain: Chain): readonly Finding[] {
  const { order, invoices, credits: notes, refunded, total, captured } = chain
  if (order.cancelledAt !== null || posted(invoices).length === 0) return []
  // what was paid beyond what was agreed, as units were taken off, was never billed
  const real = order.refunds.filter((one) => one.lines.length > 0 || one.adjustments.length > 0 || one.shipping !== null)
  const back = sum(order.transactions.filter((one) => one.kind === 'REFUND' && real.some((refund) => refund.transactionIds.includes(one.id))).map((one) => one.amount))
  const credited = totalOf(posted(notes))
  if (credited.equals(back)) return taxOfRefunds(chain, notes)
  if (back.greaterThan(credited)) return [say(chain, 'F06-refund-without-credit-note', credited.minus(back))]
  const standing = totalOf(posted(invoices)).minus(credited)
  if (refunded.isZero()) {
    const corrected = captured.isZero() || standing.equals(total)
    return corrected ? [] : [say(chain, 'F07-refund-not-told', credited)]
  }
  return [say(chain, 'F06-credit-note-differs', credited.minus(back))]
}

/** A cent for each line may be lost between a share of the tax and the tax of a share. */
function taxOfRefunds(chain: Chain, notes: readonly Move[]): readonly Finding[] {
  const { order } = chain
  if (order.refunds.some((one) => one.adjustments.length > 0)) return []
  const back = sum(order.refunds.flatMap((one) => [...one.lines.map((line) => line.tax), one.shipping?.tax ?? zero]))
  const credited = sum(posted(notes).map((note) => note.tax))
  const cents = new Decimal(10).pow(-digitsOf(order.currency)).times(order.lines.length + 2)
  return back.minus(credited).abs().greaterThan(cents) ? [say(chain, 'F05-refund-tax-differs', back.minus(credited))] : []
}
