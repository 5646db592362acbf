/** An explanation walked through: what each of its named differences moves on the way from the shop's tax to the ERP's. */
import { type NamedDifference, type TaxFact, type TaxSide, asKnown, linesOf, roundingDiffers } from './explanation.ts'
import type { Cause } from './incident.ts'
import { type TaxMethod, taxBy, taxMethods } from './tax.ts'

export interface TaxStep {
  readonly cause: Cause
  readonly says: string
  /** Minor units added to the tax; negative: taken off. */
  readonly minor: number
}

/** The shop's own figures computed by the ERP's method: what only rounding moves. */
const computedOtherwise: Pick<TaxStep, 'cause' | 'says'> = { cause: 'rounding', says: 'The shop’s lines, rounded as the ERP rounds' }

/**
 * The steps add up to exactly what the ERP has less `from`, the figure that the shop is shown with. Null when no method of
 * the ERP leads there by this set: then it is no explanation.
 */
export function taxSteps(shop: TaxSide, erp: TaxSide, set: readonly NamedDifference[], from: number): readonly TaxStep[] | null {
  const there = set.reduce((facts, difference) => difference.apply(facts), shop.facts)
  const method = methodsOf(asKnown(shop, erp)).find((one) => isWithin(taxOn(one, there, erp), erp))
  if (method === undefined) return null
  let facts = shop.facts
  let at = taxOn(method, facts, erp)
  const rounding = set.includes(roundingDiffers) ? roundingDiffers : computedOtherwise
  const steps: TaxStep[] = at === from ? [] : [{ cause: rounding.cause, says: rounding.says, minor: at - from }]
  for (const difference of set) {
    if (difference === roundingDiffers) continue
    facts = difference.apply(facts)
    const next = taxOn(method, facts, erp)
    steps.push({ cause: difference.cause, says: difference.says, minor: next - at })
    at = next
  }
  return steps
}

/** What the ERP follows, else whatever method gives its own figure from its own lines. */
function methodsOf(erp: TaxSide): readonly TaxMethod[] {
  const known = erp.follows === null ? taxMethods : [erp.follows.method]
  return known.filter((method) => isWithin(taxOn(method, erp.facts, erp), erp))
}

function taxOn(method: TaxMethod, facts: readonly TaxFact[], { currency }: TaxSide): number {
  return taxBy(method, linesOf(facts), currency)
}

function isWithin(minor: number, { tax }: TaxSide): boolean {
  return minor >= tax.low && minor <= tax.high
}
