/**
 * The sums that an invoice must keep under EN 16931, by the norm's own rule names and each rule's own tolerance.
 * Source: the norm's business rules BR-CO, BR-DEC and the VAT category families, as its public validation artefacts state
 * them. No system that is read states the sums of its allowances and charges (BR-CO-11, -12), nor what was paid before:
 * there they are lines, so that BR-CO-10 with -13 holds them.
 */
import { type Decimal, add, compare, divide, isZero, multiply, negate, round, subtract } from './decimal.ts'
import { exponentOf, toMajor } from './money.ts'
import type { Billing } from './billing.ts'
import { type Misstatement, categoryRule, misstatementsOf, plain } from './vat-categories.ts'

/**
 * How far a sum may be off. exact: not at all; rounding: by half a smallest unit for each figure added up; unit: by less than 1.00, as the norm allows where others have rounded. Of
 * currencies with fewer digits by less than as many of their smallest units, 100: a yen is no hundred cents.
 */
export type Regime = 'exact' | 'rounding' | 'unit'

export interface BrokenSum {
  readonly kind: 'sum'
  /** The norm's name of the rule: `BR-CO-15`. */
  readonly rule: string
  readonly regime: Regime
  /** What must be equal, in words. */
  readonly says: string
  readonly stated: Decimal
  readonly computed: Decimal
}

export type Breach = BrokenSum | Misstatement

type Check = (invoice: Billing) => readonly Breach[]

/** Every rule that the invoice does not keep, sums first; empty for an invoice that keeps them all. */
export function breachesOf(invoice: Billing): readonly Breach[] {
  return checks.flatMap((check) => check(invoice))
}

const checks: readonly Check[] = [linesToNet, breakdownToTax, netAndTaxToTotal, breakdownThere, taxOfEachRate, baseOfEachRate, untaxedIsUntaxed, paidIsPaid, decimals, misstatementsOf]

/**
 * BR-CO-10 with BR-CO-13: allowances and charges are lines of their own in the systems we read. Who rounds only once over
 * the document shows lines that are each rounded alone (odoo/odoo issue 265433: 100.5 + 100.5 yen are 201), and writes
 * others into what is sent. Who says that it rounds each line has nothing to round a second time.
 */
function linesToNet({ lines, totals, currency, taxMethod }: Billing): readonly Breach[] {
  if (lines.length === 0) return []
  const computed = add('0', ...lines.map((line) => line.net))
  const says = 'the net total and the sum of its lines'
  if (taxMethod === 'per-line') return held(currency, 'BR-CO-10', 'exact', says, totals.net, computed)
  if (withinRounding(currency, lines.length, subtract(totals.net, computed))) return []
  return [{ kind: 'sum', rule: 'BR-CO-10', regime: 'rounding', says, stated: totals.net, computed }]
}

function breakdownToTax({ taxes, totals, currency }: Billing): readonly Breach[] {
  if (taxes.length === 0) return []
  return held(currency, 'BR-CO-14', 'exact', 'the tax total and the sum of its tax breakdown', totals.tax, add('0', ...taxes.map((tax) => tax.amount)))
}

function netAndTaxToTotal({ totals, currency }: Billing): readonly Breach[] {
  return held(currency, 'BR-CO-15', 'exact', 'the total and net plus tax', totals.total, add(totals.net, totals.tax))
}

function breakdownThere({ taxes, totals }: Billing): readonly Breach[] {
  if (taxes.length > 0 || isZero(totals.tax)) return []
  return [{ kind: 'sum', rule: 'BR-CO-18', regime: 'exact', says: 'a tax total and a tax breakdown that gives it', stated: totals.tax, computed: '0' }]
}

/** BR-CO-17, and the same as BR-S-09 for standard rated lines. */
function taxOfEachRate({ taxes, currency }: Billing): readonly Breach[] {
  return taxes.flatMap(({ ratePercent, base, amount }) => {
    const computed = round(divide(multiply(base, ratePercent), '100'), exponentOf(currency), 'half-away')
    return held(currency, 'BR-CO-17', 'unit', `the tax at ${ratePercent} % and its base × rate`, amount, computed)
  })
}

/** BR-S-08 and its twins: a rate's base is what its lines cost. Two categories of one rate are one base here: a line names its rate. */
function baseOfEachRate({ lines, taxes, currency }: Billing): readonly Breach[] {
  // a line with two taxes is in two bases; without lines, or without rates on them, nothing can be added up
  if (lines.every((line) => line.taxes.length === 0)) return []
  const rates = [...new Set(taxes.map((tax) => plain(tax.ratePercent)))]
  return rates.flatMap((rate) => {
    const bases = taxes.filter((tax) => plain(tax.ratePercent) === rate)
    const base = add('0', ...bases.map((tax) => tax.base))
    // and one with two taxes of one rate is in its base twice
    const nets = lines.flatMap((line) => line.taxes.filter((tax) => plain(tax.ratePercent) === rate).map(() => line.net))
    return held(currency, categoryRule(bases[0]?.category, rate, '08'), 'unit', `the base at ${rate} % and the lines taxed so`, base, add('0', ...nets))
  })
}

/** BR-Z-09, BR-E-09, BR-AE-09, BR-IC-09, BR-G-09, BR-O-09: no rate, no tax. */
function untaxedIsUntaxed({ taxes, currency }: Billing): readonly Breach[] {
  return taxes
    .filter((tax) => isZero(tax.ratePercent))
    .flatMap((tax) => held(currency, categoryRule(tax.category, '0', '09'), 'exact', 'the tax at 0 % and nothing', tax.amount, '0'))
}

/** BR-CO-16, as far as it can be seen: of what is paid nothing is due, and of the rest no more than all. */
function paidIsPaid({ state, open, totals, currency }: Billing): readonly Breach[] {
  if (open === null) return []
  if (state === 'paid') return held(currency, 'BR-CO-16', 'exact', 'the amount due of a paid invoice and nothing', open, '0')
  return compare(absolute(open), absolute(totals.total)) <= 0 ? [] : held(currency, 'BR-CO-16', 'exact', 'the amount due, which is more, and the total', open, totals.total)
}

/** BR-DEC-12, -13, -14, -18, -19, -20, -23: booked amounts have no more digits than the currency. */
function decimals({ lines, totals, taxes, open, currency }: Billing): readonly Breach[] {
  const digits = exponentOf(currency)
  const amounts: readonly (readonly [string, string, Decimal])[] = [
    ...lines.map((line) => ['BR-DEC-23', `the net of ${line.sku ?? line.title}`, line.net] as const),
    ['BR-DEC-12', 'the net total', totals.net],
    ['BR-DEC-13', 'the tax total', totals.tax],
    ['BR-DEC-14', 'the total', totals.total],
    ...(open === null ? [] : [['BR-DEC-18', 'the amount due', open] as const]),
    ...taxes.flatMap((tax) => [
      ['BR-DEC-19', `the base at ${tax.ratePercent} %`, tax.base] as const,
      ['BR-DEC-20', `the tax at ${tax.ratePercent} %`, tax.amount] as const,
    ]),
  ]
  return amounts.flatMap(([rule, what, amount]) => held(currency, rule, 'exact', `${what} and its whole minor units`, amount, round(amount, digits, 'half-away')))
}

function held(currency: string, rule: string, regime: 'exact' | 'unit', says: string, stated: Decimal, computed: Decimal): readonly BrokenSum[] {
  return within(currency, regime, subtract(stated, computed)) ? [] : [{ kind: 'sum', rule, regime, says, stated, computed }]
}

/** Half a smallest unit for each of the figures. */
function withinRounding(currency: string, figures: number, off: Decimal): boolean {
  return compare(multiply(absolute(off), '2'), toMajor(figures, currency)) <= 0
}

function absolute(figure: Decimal): Decimal {
  return compare(figure, '0') < 0 ? negate(figure) : figure
}

function within(currency: string, regime: 'exact' | 'unit', off: Decimal): boolean {
  const distance = absolute(off)
  if (regime === 'exact') return isZero(distance)
  const hundred = toMajor(100, currency)
  return compare(distance, compare(hundred, '1') < 0 ? '1' : hundred) < 0
}
