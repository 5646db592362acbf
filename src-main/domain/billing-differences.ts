/** What an invoice bills otherwise than was ordered and delivered, each difference with the money that it alone moves. */
import { type BilledPart, type BilledParts, atBilled, grossOf } from './billing.ts'
import { type Decimal, add, compare, divide, isZero, larger, multiply, negate, subtract } from './decimal.ts'
import { toMajor } from './money.ts'
import type { Order } from './records.ts'

export interface BillingDifference {
  readonly kind: 'price' | 'discount' | 'quantity' | 'lines' | 'shipping'
  readonly title: string
  readonly ordered: string
  readonly billed: string
  /** Ordered less billed with tax, major units. */
  readonly moved: Decimal
}

/** What surrounds the invoice. Units per key. */
export interface Around {
  /** Billed by earlier invoices. */
  readonly before: ReadonlyMap<string, Decimal>
  /** Delivered by now, in units as ordered. */
  readonly delivered: ReadonlyMap<string, Decimal>
  /** Delivered when the invoice was drawn up; null where later invoices may still bill it, or nobody can say. */
  readonly due: ReadonlyMap<string, Decimal> | null
  readonly shopOrders: readonly Order[]
  /** Figures no further apart are equal, rounded by two systems. Major units. */
  readonly tolerance: Decimal
}

/** Only what it bills, and what it should have billed and left out; what is yet to be delivered is no difference. */
export function billingDifferences(compared: BilledParts, around: Around): readonly BillingDifference[] {
  const short = compared.parts.flatMap((part) => shortOf(part, around))
  const extra = compared.extra.flatMap(extraOf)
  const found = [
    ...compared.parts.flatMap((part) => [...overOf(part, around), ...priceOf(part, around)]),
    ...(isBundle(short, extra, around.tolerance) ? [] : [...short, ...extra]),
    ...unbilledServices(compared.parts, around),
  ]
  return found.toSorted((a, b) => compare(absolute(b.moved), absolute(a.moved)))
}

/** A first invoice over more than was ordered or sent. What is billed again is a duplicate. */
function overOf(part: BilledPart, { before, delivered }: Around): readonly BillingDifference[] {
  const allowed = larger(part.ordered, delivered.get(part.key) ?? '0')
  const over = subtract(part.billed, allowed)
  if (compare(over, '0') <= 0 || !isZero(before.get(part.key) ?? '0')) return []
  const moved = negate(divide(multiply(part.billedGross, over), part.billed))
  return [{ kind: 'quantity', title: part.title, ordered: allowed, billed: part.billed, moved }]
}

function shortOf(part: BilledPart, { before, due }: Around): readonly BillingDifference[] {
  if (due === null || !part.goods) return []
  const sent = due.get(part.key) ?? '0'
  const wanted = compare(sent, part.ordered) > 0 ? part.ordered : sent
  const short = subtract(wanted, add(part.billed, before.get(part.key) ?? '0'))
  if (compare(short, '0') <= 0) return []
  return [
    {
      kind: isZero(part.billed) ? 'lines' : 'quantity',
      title: part.title,
      ordered: `${wanted} sent`,
      billed: isZero(part.billed) ? 'no such line' : part.billed,
      moved: divide(multiply(part.orderedGross, short), part.ordered),
    },
  ]
}

/** Services are billed with the goods: once all of these are, none may be left over. */
function unbilledServices(parts: readonly BilledPart[], { before, due, shopOrders }: Around): readonly BillingDifference[] {
  const goods = parts.filter((part) => part.goods)
  const whole = goods.every((part) => compare(add(part.billed, before.get(part.key) ?? '0'), part.ordered) >= 0)
  if (due === null || goods.length === 0 || !whole) return []
  const sold = new Set(shopOrders.flatMap((order) => order.lines.map((line) => line.sku)))
  return parts
    .filter((part) => !part.goods && isZero(part.billed) && isZero(before.get(part.key) ?? '0') && compare(part.orderedNet, '0') > 0)
    .map((part) => ({
      kind: sold.has(part.key) ? ('lines' as const) : ('shipping' as const),
      title: part.title,
      ordered: `${part.orderedNet} net`,
      billed: 'no such line',
      moved: part.orderedGross,
    }))
}

/** Where a price holds its tax and the rate is another, the net is too: only what moves both is a price. */
function priceOf(part: BilledPart, around: Around): readonly BillingDifference[] {
  if (isZero(part.billed) || (!part.onePrice && compare(part.billed, part.ordered) !== 0)) return []
  const net = atBilled(part, part.orderedNet)
  const gross = atBilled(part, part.orderedGross)
  if (isNear(net, part.billedNet, around.tolerance) || isNear(gross, part.billedGross, around.tolerance)) return []
  const moved = subtract(gross, part.billedGross)
  const kind = isDiscount(part, net, moved, around) ? 'discount' : 'price'
  return [{ kind, title: part.title, ordered: `${net} net`, billed: `${part.billedNet} net`, moved }]
}

/** Taken off where nobody granted it, or granted in the shop and not taken off. */
function isDiscount(part: BilledPart, net: Decimal, moved: Decimal, { shopOrders, tolerance }: Around): boolean {
  if (compare(moved, '0') > 0) {
    const byCard = shopOrders.some((order) => order.payment.giftCardPaid > 0 && isNear(toMajor(order.payment.giftCardPaid, order.currency), moved, tolerance))
    return byCard || !isZero(part.discountPercent)
  }
  const lines = shopOrders.flatMap((order) => order.lines).filter((line) => line.sku === part.key && compare(line.total, '0') > 0)
  const total = add('0', ...lines.map((line) => line.total))
  const discount = add('0', ...lines.map((line) => line.discount))
  if (isZero(total) || isZero(discount)) return false
  return isNear(divide(multiply(net, add(total, discount)), total), part.billedNet, tolerance)
}

function extraOf(line: BilledParts['extra'][number]): readonly BillingDifference[] {
  if (isZero(line.net)) return []
  const kind = compare(line.net, '0') < 0 ? 'discount' : 'lines'
  return [{ kind, title: line.title, ordered: 'not ordered', billed: `${line.quantity}, ${line.net} net`, moved: negate(grossOf(line)) }]
}

/** One thing ordered and its several parts billed, for the same money. */
function isBundle(short: readonly BillingDifference[], extra: readonly BillingDifference[], tolerance: Decimal): boolean {
  if (short.length !== 1 || extra.length < 2) return false
  const left = add('0', ...[...short, ...extra].map((one) => one.moved))
  return compare(absolute(left), multiply(tolerance, String(extra.length))) <= 0
}

function isNear(one: Decimal, other: Decimal, tolerance: Decimal): boolean {
  return compare(absolute(subtract(one, other)), tolerance) <= 0
}

function absolute(figure: Decimal): Decimal {
  return compare(figure, '0') < 0 ? negate(figure) : figure
}
