/** Both sides' figures of one order beside each other, and its tax line by line with what explains the difference. */
import { type ComparedLine, linesOfErp, linesOfOrder } from '../../domain/comparison.ts'
import { type Decimal, add, compare } from '../../domain/decimal.ts'
import type { Cause, Evidence } from '../../domain/incident.ts'
import { stands } from '../../domain/billing.ts'
import { type Money, toMajor, toMinor } from '../../domain/money.ts'
import type { Order } from '../../domain/records.ts'
import { methodInWords, statesCents } from '../../domain/tax.ts'
import { iso } from '../../domain/time.ts'
import { compareOrder, compareTax, short, waysShown, words } from './difference.ts'
import type { ChainSeen } from './lenses/chain.ts'
import { erpTotal, money, totalOf } from './lenses/order.ts'
import { evidence } from './rule.ts'

export function figuresOf(seen: ChainSeen): readonly Evidence[] {
  const { shop, live } = seen
  const [first] = live
  const currency = shop?.currency ?? first?.currency ?? ''
  const booked = live.length === 0 ? null : erpTotal(live, currency)
  const total = shop === null ? null : totalOf(shop)
  const gross = live.length === 0 ? null : booked === null ? 'several currencies' : money(booked, currency)
  const taxed = shop === null || booked === null ? null : compareTax(shop, live, { total: totalOf(shop), gross: booked, methods: seen.methods })
  const units = (lines: readonly { readonly quantity: string }[]): string => short(add('0', ...lines.map((line) => line.quantity)))
  return [
    evidence('Total', shop === null ? null : money(toMinor(shop.totals.total, currency), currency), gross, total !== null && (booked === null ? live.length > 0 : booked < total.low || booked > total.high)),
    evidence(
      'Tax',
      shop === null ? null : `${short(shop.totals.tax)} ${currency}`,
      live.length === 0 ? null : `${short(add('0', ...live.map((one) => one.totals.tax)))} ${currency}`,
      taxed !== null && (taxed.erpMinor < taxed.stated.low || taxed.erpMinor > taxed.stated.high),
    ),
    evidence(
      'Units of goods',
      shop === null ? null : units(shop.lines),
      live.length === 0 ? null : units(live.flatMap((one) => one.lines).filter((line) => line.goods)),
      false,
    ),
    ...moneyMoved(seen, currency),
    evidence(
      'Made',
      shop === null ? null : iso(seen.shopAxis.ours(shop.placedAt)),
      first === undefined ? null : iso(seen.erpAxis.ours(Math.min(...live.map((one) => one.createdAt)))),
      false,
    ),
  ]
}

function moneyMoved(seen: ChainSeen, currency: string): readonly Evidence[] {
  const { shop } = seen
  const sums = (bills: ChainSeen['invoices'] | ChainSeen['creditNotes']): string | null => {
    const standing = bills.filter(stands)
    if (standing.length === 0) return null
    if (standing.some((one) => one.currency !== currency)) return 'another currency'
    return money(standing.reduce((sum, one) => sum + toMinor(one.totals.total, currency), 0), currency)
  }
  const received = seen.capturedMinor + (shop?.payment.giftCardPaid ?? 0)
  const invoiced = sums(seen.invoices)
  const credited = sums(seen.creditNotes)
  return [
    evidence('Received, invoiced', shop === null ? null : money(received, currency), invoiced, false),
    ...(seen.refundedMinor === 0 && credited === null
      ? []
      : [evidence('Refunded, credited', seen.refundedMinor === 0 ? null : money(seen.refundedMinor, currency), credited, false)]),
  ]
}

export interface TaxLineSeen {
  readonly title: string
  readonly shop: ComparedLine | null
  readonly erp: ComparedLine | null
  /** What differs, each in a word. */
  readonly differs: readonly string[]
}

export interface TaxSeen {
  readonly currency: string
  readonly shop: string
  readonly erp: string
  readonly lines: readonly TaxLineSeen[]
  readonly kind: 'equal' | 'explained' | 'ambiguous' | 'unexplained'
  readonly sets: readonly (readonly { readonly cause: Cause; readonly says: string }[])[]
  /** So many sets beside those. */
  readonly more: number
  /** Too much differs to try every set. */
  readonly cut: boolean
  readonly left: Money | null
  readonly methods: { readonly shop: string | null; readonly erp: string | null }
}

const linesMax = 200

/** Null where the two sides cannot be compared: one of them is not there, or books in another currency. */
export function taxOf(seen: ChainSeen): TaxSeen | null {
  const { shop, live, methods } = seen
  if (shop === null || live.length === 0) return null
  const { currency } = shop
  const gross = erpTotal(live, currency)
  if (gross === null) return null
  const compared = compareTax(shop, live, { total: totalOf(shop), gross, methods })
  const isEqual = compared.erpMinor >= compared.stated.low && compared.erpMinor <= compared.stated.high
  const explanation = isEqual ? ({ kind: 'equal' } as const) : compared.explain()
  const { sets, more, cut } = waysShown(explanation)
  return {
    currency,
    shop: money(compared.shopMinor, currency),
    erp: money(compared.erpMinor, currency),
    lines: linesOf(seen, shop),
    kind: explanation.kind,
    sets: sets.map((set) => set.map(({ cause, says }) => ({ cause, says }))),
    more,
    cut,
    left: explanation.kind === 'unexplained' ? { minor: explanation.residualMinor, currency } : null,
    methods: {
      shop: methods.shop === null ? null : methodInWords(methods.shop),
      erp: methods.erp === null ? null : methodInWords(methods.erp),
    },
  }
}

/** Lines of one key beside each other: the shop's in their order, then what only the ERP has. */
function linesOf({ live }: ChainSeen, shop: Order): readonly TaxLineSeen[] {
  const ours = linesOfOrder(shop)
  const theirs = new Map(linesOfErp(live.flatMap((order) => order.lines), new Set(ours.map((line) => line.key))).map((line) => [line.key, line]))
  const differences = compareOrder(shop, live)
  const rounded = (line: ComparedLine | null): ComparedLine | null =>
    line === null ? null : { ...line, quantity: short(line.quantity), net: written(line.net, shop.currency), tax: written(line.tax, shop.currency) }
  const line = (key: string, mine: ComparedLine | null, other: ComparedLine | null): TaxLineSeen => {
    const named = differences.filter((one) => one.key === key).map((one) => words[one.kind])
    const isTaxedOtherwise = mine !== null && other !== null && compare(mine.tax, other.tax) !== 0
    return {
      title: mine?.title ?? other?.title ?? '',
      shop: rounded(mine),
      erp: rounded(other),
      differs: named.length === 0 && isTaxedOtherwise ? ['Rounded otherwise'] : named,
    }
  }
  const both = ours.map((mine) => line(mine.key, mine, theirs.get(mine.key) ?? null))
  const known = new Set(ours.map((mine) => mine.key))
  const extra = [...theirs.values()].filter((other) => !known.has(other.key)).map((other) => line(other.key, null, other))
  return [...both, ...extra].slice(0, linesMax)
}

/** With the currency's own digits where the side states no more. */
function written(figure: Decimal, currency: string): string {
  return statesCents(figure, currency) ? toMajor(toMinor(figure, currency), currency) : short(figure)
}
