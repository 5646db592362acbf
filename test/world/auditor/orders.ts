/** What the auditor finds wrong between an order and the ERP's documents of it. */
import { type Decimal, sum } from '../../../src-main/world/decimal.ts'
import { nobody, robot } from '../../../src-main/world/erp/ledger.ts'
import type { World } from '../../../src-main/world/world.ts'
import { type Chain, emailOf, type Finding, posted, type Reading, totalOf } from './books.ts'

type Said = readonly [rule: string, amount?: Decimal | null]

export function auditOrders(reading: Reading): readonly Finding[] {
  const { world, now, strays } = reading
  const found: Finding[] = []
  for (const chain of reading.chains) {
    const said = [...presence(reading, chain), ...figures(chain), ...authorship(world, chain), ...maps(world, chain), ...money(chain)]
    for (const [rule, amount = null] of said) found.push({ rule, key: chain.number, amount })
  }
  for (const [key, sales] of strays) {
    // older than the shop's first day: nobody judges it
    if (sales.every((sale) => sale.createdAt < now - 300 * 86_400_000)) continue
    found.push({ rule: 'F02-erp-order-without-shop-order', key, amount: totalOf(sales).negated() })
  }
  return found
}

function presence({ now, salesByEmail }: Reading, chain: Chain): readonly Said[] {
  const { order, live, cancelled, suspect, dueAt, captured, refunded, total } = chain
  const owed = captured.minus(refunded)
  if (order.cancelledAt !== null) return live.length === 0 ? [] : [['F02-cancelled-in-shop', totalOf(live).negated()]]
  if (live.length > 1 && totalOf(live).greaterThan(total)) return [['F02-duplicate-erp-order', total.minus(totalOf(live))]]
  const nothingDue = dueAt === null || dueAt > now || (captured.greaterThan(0) && !owed.greaterThan(0))
  if (live.length > 0) return live.some((sale) => sale.state === 'draft') ? [['F02-order-stuck']] : []
  if (nothingDue) return []
  if (cancelled.length > 0) return [['F02-cancelled-in-erp', owed]]
  const probable = (salesByEmail.get(order.email?.toLowerCase() ?? '') ?? []).some((sale) =>
    sale.total.equals(total) && sale.currency === order.currency && Math.abs(sale.createdAt - order.createdAt) < 30 * 86_400_000)
  if (suspect.length > 0 || probable) return [['F02-suspect-match', owed]]
  const openFor = owed.greaterThan(0) ? now - (dueAt ?? now) : 0
  const aged: readonly Said[] = [...(openFor > 24 * 3_600_000 ? [['F12-aged'] as const] : []), ...(openFor > 4.2 * 3_600_000 ? [['F12-past-sla'] as const] : [])]
  return owed.greaterThan(0) ? [['F02-paid-order-missing', owed], ...aged] : [['F02-order-missing', total]]
}

function isComparable({ order, live, total }: Chain): boolean {
  return order.cancelledAt === null && live.length > 0 && !(live.length > 1 && totalOf(live).greaterThan(total))
}

function figures(chain: Chain): readonly Said[] {
  const { order, live, total, tax } = chain
  if (!isComparable(chain)) return []
  const said: Said[] = []
  if (live.some((sale) => sale.currency !== order.currency)) said.push(['F02-total-differs'])
  else {
    if (!totalOf(live).equals(total)) said.push(['F02-total-differs', total.minus(totalOf(live))])
    const booked = sum(live.map((sale) => sale.tax))
    if (!booked.equals(tax)) said.push(['F05-tax-differs', tax.minus(booked)])
  }
  if (order.lines.some((line) => line.sku === null)) {
    const lost = sum(order.lines.filter((line) => line.sku === null).map((line) => line.unitPrice.times(line.quantity)))
    said.push(['F08-line-unmapped', lost])
  }
  return said
}

function authorship(world: World, { order, live, lines }: Chain): readonly Said[] {
  const { users } = world.erp.books
  const { actors } = world.agreement
  const login = (id: number): string => users.get(id)?.login ?? ''
  const isPerson = (id: number): boolean => actors.people.includes(login(id))
  const isKnown = (id: number): boolean => id === robot || id === nobody || isPerson(id) || login(id) === actors.integration
  const said: Said[] = []
  if (live.some((sale) => isPerson(sale.createdBy))) said.push(['F03-manual-reentry'])
  const byPerson = lines.some((line) => isPerson(line.changedBy) && !isPerson(line.createdBy))
  const otherAccount = live.some((sale) => emailOf(world, sale) !== order.email?.toLowerCase())
  if (byPerson || otherAccount) said.push(['F09-document-changed-outside'])
  if (lines.some((line) => line.changedBy === robot)) said.push(['F09-change-without-identity'])
  if (live.some((sale) => sale.origin === null && sale.createdBy !== nobody)) said.push(['F09-trace-missing'])
  if (live.some((sale) => sale.origin === null && sale.createdBy === nobody && sale.changedBy === nobody)) said.push(['F09-document-without-identity'])
  if (live.some((sale) => !isKnown(sale.changedBy))) said.push(['F09-change-without-identity'])
  return said
}

function maps(world: World, { order, live }: Chain): readonly Said[] {
  const { markets, gateways, channels, shippingMethods, discountCodes, taxTitles } = world.agreement
  const said: Said[] = []
  if (!markets.includes(order.shipTo?.country ?? '')) said.push(['F10-unmapped-market'])
  if (order.transactions.some((one) => !gateways.includes(one.gateway))) said.push(['F10-unmapped-payment'])
  if (!channels.includes(order.source)) said.push(['F10-unmapped-channel'])
  if (order.shipping.some((line) => !shippingMethods.includes(line.title))) said.push(['F10-unmapped-shipping'])
  if (live.some((sale) => sale.locked)) said.push(['F10-unmapped-status'])
  const codes = order.lines.flatMap((line) => line.discounts.map((one) => one.code))
  if (codes.some((code) => code !== null && !discountCodes.includes(code))) said.push(['F10-unmapped-discount'])
  const titles = order.lines.flatMap((line) => line.taxLines.map((tax) => tax.title))
  if (titles.some((title) => !taxTitles.includes(title))) said.push(['F10-unmapped-tax-code'])
  return said
}

/** Paid on one side alone. */
function money(chain: Chain): readonly Said[] {
  const { order, invoices, captured, total } = chain
  const own = posted(invoices).filter((move) => move.invoiceOrigin === (chain.live[0]?.name ?? ''))
  if (!isComparable(chain) || own.length === 0) return []
  const open = sum(own.map((move) => move.residual))
  const gifts = sum(order.transactions.filter((one) => one.gateway === 'gift_card' && one.status === 'SUCCESS').map((one) => one.amount))
  const paidInShop = captured.plus(gifts).greaterThanOrEqualTo(total)
  if (paidInShop && open.greaterThan(0)) return [['F02-paid-state-differs', open]]
  const paidInErp = own.some((move) => move.paymentState === 'paid' && move.total.greaterThan(0))
  return captured.plus(gifts).isZero() && paidInErp ? [['F02-paid-state-differs', totalOf(own).negated()]] : []
}
