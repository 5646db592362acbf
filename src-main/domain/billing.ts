/** Which ordered things an invoice bills, beside what was billed of them before and after it. */
import { type Decimal, add, compare, divide, isZero, multiply, negate } from './decimal.ts'
import { toMinor } from './money.ts'
import type { CreditNote, ErpLine, ErpOrder, Invoice, InvoiceLine } from './records.ts'

export type Billing = Invoice | CreditNote

/** A booking: neither a draft nor taken out again. */
export function stands(billing: Billing): boolean {
  return billing.state === 'posted' || billing.state === 'paid'
}

/** When it was made, as near as the ERP says; its day is enough to tell months apart. */
export function madeAt(billing: Billing): number {
  return billing.createdAt ?? (billing.issuedOn === null ? 0 : Date.parse(billing.issuedOn))
}

export function byMaking(one: Billing, other: Billing): number {
  return madeAt(one) - madeAt(other) || one.id.localeCompare(other.id, 'en', { numeric: true })
}

/** By what a line is met on both documents: its SKU, else what it is called. */
export function keyOf(line: Pick<ErpLine, 'sku' | 'title'>): string {
  return line.sku ?? ` ${line.title}`
}

/** Its lines that are of these orders; null where it bills others too and does not say what of each. */
export function linesOver(billing: Billing, orders: readonly ErpOrder[]): readonly InvoiceLine[] | null {
  const ids = new Set(orders.map((order) => order.id))
  const lines = billing.lines.filter((line) => !line.deposit)
  if (billing.orderIds.every((id) => ids.has(id))) return lines
  if (lines.some((line) => line.orderLineId === null)) return null
  const own = new Set(orders.flatMap((order) => order.lines.map((line) => line.id)))
  return lines.filter((line) => line.orderLineId !== null && own.has(line.orderLineId))
}

/** Minor units that it asks for these orders, with tax; null where it does not say what of each. */
export function shareOver(billing: Billing, orders: readonly ErpOrder[]): number | null {
  const ids = new Set(orders.map((order) => order.id))
  if (billing.orderIds.every((id) => ids.has(id))) return toMinor(billing.totals.total, billing.currency)
  const lines = linesOver(billing, orders)
  return lines === null ? null : lines.reduce((sum, line) => sum + toMinor(grossOf(line), billing.currency), 0)
}

/** Units per key; null where a billing bills other orders too and does not say what of each. */
export function unitsBilled(billings: readonly Billing[], orders: readonly ErpOrder[]): ReadonlyMap<string, Decimal> | null {
  const units = new Map<string, Decimal>()
  for (const billing of billings) {
    const lines = linesOver(billing, orders)
    if (lines === null) return null
    for (const line of lines) units.set(keyOf(line), add(units.get(keyOf(line)) ?? '0', line.quantity))
  }
  return units
}

/** One ordered thing: what was ordered of it, and what one invoice bills. */
export interface BilledPart {
  readonly key: string
  readonly title: string
  readonly goods: boolean
  readonly ordered: Decimal
  /** Major units without tax, for all that was ordered. */
  readonly orderedNet: Decimal
  readonly orderedGross: Decimal
  readonly rates: readonly Decimal[]
  /** Whether all ordered units have one price. */
  readonly onePrice: boolean
  readonly billed: Decimal
  readonly billedNet: Decimal
  readonly billedGross: Decimal
  readonly billedRates: readonly Decimal[]
  readonly discountPercent: Decimal
}

export interface BilledParts {
  readonly parts: readonly BilledPart[]
  /** Lines over nothing that was ordered. */
  readonly extra: readonly InvoiceLine[]
}

/** The invoice's lines beside the orders'; null where it bills others too and does not say what of each. */
export function partsOf(invoice: Billing, orders: readonly ErpOrder[]): BilledParts | null {
  const lines = linesOver(invoice, orders)?.filter((line) => !(isZero(line.quantity) && isZero(line.net)))
  if (lines === undefined) return null
  const ordered = new Map<string, ErpLine[]>()
  for (const line of orders.flatMap((order) => order.lines)) {
    if (!isZero(line.quantity)) ordered.set(keyOf(line), [...(ordered.get(keyOf(line)) ?? []), line])
  }
  return {
    parts: [...ordered].map(([key, own]) => partOf(key, own, lines.filter((line) => keyOf(line) === key))),
    extra: lines.filter((line) => !ordered.has(keyOf(line))),
  }
}

function partOf(key: string, ordered: readonly ErpLine[], billed: readonly InvoiceLine[]): BilledPart {
  const sum = (figures: readonly Decimal[]): Decimal => add('0', ...figures)
  const [first] = ordered
  return {
    key,
    title: first?.title ?? key,
    goods: first?.goods ?? false,
    ordered: sum(ordered.map((line) => line.quantity)),
    orderedNet: sum(ordered.map((line) => line.net)),
    orderedGross: sum(ordered.map(grossOf)),
    rates: ratesOf(ordered),
    onePrice: ordered.every((line) => first !== undefined && compare(multiply(line.net, first.quantity), multiply(first.net, line.quantity)) === 0),
    billed: sum(billed.map((line) => line.quantity)),
    billedNet: sum(billed.map((line) => line.net)),
    billedGross: sum(billed.map(grossOf)),
    billedRates: ratesOf(billed),
    discountPercent: billed.map((line) => line.discountPercent ?? '0').toSorted(compare).at(-1) ?? '0',
  }
}

/** A figure for all ordered units, for as many as are billed. */
export function atBilled(part: BilledPart, figure: Decimal): Decimal {
  if (compare(part.ordered, part.billed) === 0) return figure
  return divide(multiply(figure, part.billed), part.ordered)
}

/** Rates that tax something, ascending, as 20 and never as 20.0; one that two authorities raise on one line is there twice. */
export function ratesOf(lines: readonly Pick<ErpLine, 'taxes'>[]): readonly Decimal[] {
  const ofLines = lines.map(({ taxes }) => taxes.filter((tax) => !isZero(tax.ratePercent)).map((tax) => add(tax.ratePercent)))
  return [...new Set(ofLines.flat())].toSorted(compare).flatMap((rate) => {
    const most = Math.max(...ofLines.map((rates) => rates.filter((one) => one === rate).length))
    return Array.from({ length: most }, () => rate)
  })
}

/** With its tax: as stated, else computed and not rounded. */
export function grossOf(line: Pick<ErpLine, 'net' | 'taxes'>): Decimal {
  const stated = line.taxes.flatMap((tax) => tax.amount ?? [])
  if (stated.length === line.taxes.length) return add(line.net, ...stated)
  return add(line.net, divide(multiply(line.net, add('0', ...line.taxes.map((tax) => tax.ratePercent))), '100'))
}

/** The last of its kind so far: units billed before it, and whether anything came after. */
export function around(invoice: Billing, others: readonly Billing[]): { readonly earlier: readonly Billing[]; readonly later: readonly Billing[] } {
  const invoices = others.filter((one) => one.kind === 'invoice' && stands(one)).toSorted(byMaking)
  return {
    earlier: invoices.filter((one) => byMaking(one, invoice) < 0),
    later: invoices.filter((one) => byMaking(one, invoice) > 0),
  }
}

/** Each credit note that takes back the whole of an invoice, with that invoice. */
function reversals(standing: readonly Billing[]): readonly { readonly note: Billing; readonly invoice: Billing }[] {
  const taken = new Set<string>()
  return standing.flatMap((note) => {
    if (note.kind !== 'credit-note') return []
    const total = negate(note.totals.total)
    const invoice = standing.find((one) => note.creditsInvoiceIds.includes(one.id) && !taken.has(one.id) && compare(one.totals.total, total) === 0)
    if (invoice === undefined) return []
    taken.add(invoice.id)
    return [{ note, invoice }]
  })
}

/** What stands, without invoices that were wholly taken back and what took them back. */
export function withoutCredited(billings: readonly Billing[]): readonly Billing[] {
  return without(billings, () => true)
}

/** What stands, without invoices that were wholly taken back to be made anew: a later one bills some of the same things. */
export function withoutCorrections(billings: readonly Billing[]): readonly Billing[] {
  return without(billings, ({ note, invoice }, standing) => {
    const keys = new Set(invoice.lines.map(keyOf))
    return standing.some(
      (one) => one.kind === 'invoice' && one.id !== invoice.id && madeAt(one) >= madeAt(note) && one.lines.some((line) => keys.has(keyOf(line))),
    )
  })
}

function without(
  billings: readonly Billing[],
  drops: (pair: { readonly note: Billing; readonly invoice: Billing }, standing: readonly Billing[]) => boolean,
): readonly Billing[] {
  const standing = billings.filter(stands)
  const dropped = new Set(reversals(standing).filter((pair) => drops(pair, standing)).flatMap(({ note, invoice }) => [note.id, invoice.id]))
  return standing.filter((one) => !dropped.has(one.id))
}

/** Minor units to be paid of it by now; of one that the ERP says nothing of, all until it is paid. */
export function openOf(billing: Billing): number {
  if (billing.open !== null) return toMinor(billing.open, billing.currency)
  return billing.state === 'paid' ? 0 : toMinor(billing.totals.total, billing.currency)
}
