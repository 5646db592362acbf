/**
 * What EN 16931 asks of each VAT category on an invoice: the families BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O, BR-IG
 * and BR-IP. Source: the norm's business rules, as its public validation artefacts state them. Not judged, for want of
 * what they ask about: the seller's own numbers (-02 to -04), reasons of exemption (-10), and where and when was delivered
 * (BR-IC-11, -12).
 */
import { type Decimal, add, compare, isZero } from './decimal.ts'
import type { Billing } from './billing.ts'
import type { VatCategory } from './records.ts'

interface Family {
  /** What the norm calls the family: BR-IC for the category K. */
  readonly name: string
  readonly words: string
  /** Whether a rate is due: more than nothing, nothing, or either. */
  readonly rate: 'more' | 'none' | 'either'
  /** The buyer owes the tax, and must be known by a number. */
  readonly owedByBuyer: boolean
}

const families: Readonly<Record<VatCategory, Family>> = {
  S: { name: 'BR-S', words: 'the standard rate', rate: 'more', owedByBuyer: false },
  Z: { name: 'BR-Z', words: 'the zero rate', rate: 'none', owedByBuyer: false },
  E: { name: 'BR-E', words: 'exempt from tax', rate: 'none', owedByBuyer: false },
  AE: { name: 'BR-AE', words: 'reverse charge', rate: 'none', owedByBuyer: true },
  K: { name: 'BR-IC', words: 'a supply within the Union', rate: 'none', owedByBuyer: true },
  G: { name: 'BR-G', words: 'an export', rate: 'none', owedByBuyer: false },
  O: { name: 'BR-O', words: 'outside the scope of tax', rate: 'none', owedByBuyer: false },
  L: { name: 'BR-IG', words: 'the tax of the Canary Islands', rate: 'either', owedByBuyer: false },
  M: { name: 'BR-IP', words: 'the tax of Ceuta and Melilla', rate: 'either', owedByBuyer: false },
}

/** Taxed under it, the invoice must name the buyer's number. */
export function isOwedByBuyer(category: VatCategory | undefined): boolean {
  return category !== undefined && families[category].owedByBuyer
}

/** What a category is in a rule's name: `BR-IC-09`. Tax without a category and without a rate is judged as zero rated. */
export function categoryRule(category: VatCategory | undefined, ratePercent: Decimal, nth: '08' | '09'): string {
  return `${families[category ?? (isZero(ratePercent) ? 'Z' : 'S')].name}-${nth}`
}

/** A rule on what stands on the invoice, and no sum. */
export interface Misstatement {
  readonly kind: 'statement'
  readonly rule: string
  /** What is wrong, in words. */
  readonly says: string
}

export function misstatementsOf({ taxes, buyerIsRegistered }: Billing): readonly Misstatement[] {
  const stated = taxes.flatMap(({ category, ratePercent }) => (category === undefined ? [] : [{ ratePercent, ...families[category] }]))
  return [
    // BR-S-05 and its twins
    ...stated.flatMap(({ name, rate, ratePercent, words }) => {
      if (rate === 'more' && compare(ratePercent, '0') <= 0) return [statement(`${name}-05`, `it is taxed at ${words} and the rate is ${plain(ratePercent)} %`)]
      if (rate === 'none' && !isZero(ratePercent)) return [statement(`${name}-05`, `its tax is ${words} and the rate is ${plain(ratePercent)} %`)]
      return []
    }),
    // BR-AE-02, BR-IC-02
    ...once(stated.filter((one) => one.owedByBuyer && buyerIsRegistered === false)).map(({ name, words }) =>
      statement(`${name}-02`, `it is ${words}, and the ERP has no VAT number of the buyer`),
    ),
    // BR-O-11: what is outside of the tax stands alone
    ...(taxes.some((tax) => tax.category === 'O') && taxes.some((tax) => tax.category !== 'O')
      ? [statement('BR-O-11', 'it is outside the scope of tax, and taxed as something else as well')]
      : []),
  ]
}

function once(stated: readonly (Family & { readonly ratePercent: Decimal })[]) {
  return [...new Map(stated.map((one) => [one.name, one])).values()]
}

function statement(rule: string, says: string): Misstatement {
  return { kind: 'statement', rule, says }
}

/** 20.0 and 20 are one rate. */
export function plain(rate: Decimal): Decimal {
  return add(rate)
}
