/** Both sides have the order and disagree about its tax, by more than honest rounding explains. */
import { z } from 'zod'
import { taxFacetsOf } from '../../../domain/tax-facets.ts'
import { methodInWords } from '../../../domain/tax.ts'
import { comparable, erpTotal, money, totalOf, unsettled } from '../lenses/order.ts'
import { compareOrder, compareTax, explainedCause, explanationEvidence, leading, roundingIn } from '../difference.ts'
import { defineRule, evidence } from '../rule.ts'

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
  rereads: 'both',
  silentOnAgreement: true,
  together: {
    severity: 'low',
    says: (count, whole) => `${count} ${count === 1 ? 'order differs' : 'orders differ'} by ${whole}: the two sides round differently.`,
  },
  detect(seen) {
    const gross = comparable(seen) ? erpTotal(seen.live, seen.shop.currency) : null
    if (!comparable(seen) || gross === null) return null
    const { shop, methods } = seen
    const { currency } = shop
    const { stated, shopMinor, erpMinor: booked, explain } = compareTax(shop, seen.live, { total: totalOf(shop), gross, methods })
    if (booked >= stated.low && booked <= stated.high) return null
    const early = unsettled(seen, shop)
    if (early !== null) return early

    const explanation = explain()
    const cause = explainedCause(explanation)
    return {
      kind: 'speaks',
      amount: { minor: shopMinor - booked, currency },
      cause,
      facets: taxFacetsOf(shop, leading(compareOrder(shop, seen.live), 'tax')?.key ?? null),
      ...(cause === 'rounding' ? roundingIn([shop], currency) : {}),
      says: `Order ${seen.number} has ${money(shopMinor, currency)} tax in ${seen.shopLabel} and ${money(booked, currency)} in ${seen.erpLabel}.`,
      evidence: [
        evidence('Tax', money(shopMinor, currency), money(booked, currency)),
        ...explanationEvidence(explanation, currency),
        evidence(
          'How tax is rounded here',
          methods.shop === null ? null : methodInWords(methods.shop),
          methods.erp === null ? null : methodInWords(methods.erp),
          false,
        ),
      ],
    }
  },
})
