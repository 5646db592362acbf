/** Both sides have the order and disagree about its tax, by more than honest rounding explains. */
import { z } from 'zod'
import type { DifferenceKind } from '../../../domain/comparison.ts'
import { add } from '../../../domain/decimal.ts'
import type { Cause } from '../../../domain/incident.ts'
import { toMinor } from '../../../domain/money.ts'
import { admissible, explained, methodInWords, statesCents } from '../../../domain/tax.ts'
import { comparable, erpTotal, money, settledFrom, tooEarly } from '../lenses/order.ts'
import { compareOrder, differenceEvidence, erpTaxLines, leading, shopTaxLines, shopTaxParts } from '../difference.ts'
import { defineRule, evidence } from '../rule.ts'

const causeOf: Readonly<Record<DifferenceKind, Cause>> = {
  rate: 'wrong-rate',
  exempt: 'exempt',
  quantity: 'quantity-differs',
  price: 'discount',
  'line-missing': 'line-missing',
  'line-extra': 'line-missing',
  'shipping-missing': 'shipping-missing',
}

export default defineRule({
  id: 'F05-tax-differs',
  title: 'Tax differs between shop and ERP',
  over: 'order',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'The cause below turns one side’s tax into the other’s; correct it in the system that is wrong before the invoice is sent.',
    'A wrong rate comes from a tax code or a customer’s country in the ERP: correct it there, or every next order has it too.',
    'Rounding alone is no mistake of an order: decide which side rounds, per line or per document, and set both alike.',
  ],
  absentOn: null,
  detect(seen) {
    if (!comparable(seen) || erpTotal(seen.live, seen.shop.currency) === null) return null
    const { shop } = seen
    const { currency } = shop
    // a stated whole figure is the shop's word; only what it leaves unrounded is an interval (DESIGN §7.2)
    const parts = statesCents(shop.totals.tax, currency) ? [shop.totals.tax] : shopTaxParts(shop)
    const stated = admissible(parts, currency)
    const booked = toMinor(add('0', ...seen.live.map((order) => order.totals.tax)), currency)
    if (booked >= stated.low && booked <= stated.high) return null
    const early = tooEarly(seen, settledFrom(seen, shop))
    if (early !== null) return early

    const shopMinor = toMinor(add('0', ...parts), currency)
    const amount = { minor: shopMinor - booked, currency }
    const compared = compareOrder(shop, seen.live)
    const first = leading(compared, 'tax')
    const says = `Order ${seen.number} has ${money(shopMinor, currency)} tax in ${seen.shopLabel} and ${money(booked, currency)} in ${seen.erpLabel}.`
    const figures = evidence('Tax', money(shopMinor, currency), money(booked, currency))
    if (first !== null) {
      return { kind: 'speaks', amount, cause: causeOf[first.kind], says, evidence: [figures, ...differenceEvidence(compared)] }
    }
    const { methods } = seen
    const shopRounds = explained(shopTaxLines(shop), shopMinor, currency, methods.shop)
    const rounded = shopRounds && explained(erpTaxLines(seen.live), booked, currency, methods.erp)
    const known = evidence(
      'How tax is rounded here',
      methods.shop === null ? null : methodInWords(methods.shop),
      methods.erp === null ? null : methodInWords(methods.erp),
      false,
    )
    return rounded
      ? {
          kind: 'speaks',
          severity: 'low',
          amount,
          cause: 'rounding',
          partOf: `rounding ${shop.market.country ?? 'unknown market'} ${currency}`,
          says,
          evidence: [figures, known],
        }
      : { kind: 'speaks', amount, cause: 'unexplained', says, evidence: [figures, known] }
  },
})
