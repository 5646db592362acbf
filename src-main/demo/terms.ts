/** What the two sides of a simulated business agreed on: the settings that a person would enter for the pair. */
import type { World } from '../world/world.ts'

/** Without `since`, which is of the watching and not of the business. */
export function termsOf({ agreement }: Pick<World, 'agreement'>): Readonly<Record<string, unknown>> & { readonly rules: Readonly<Record<string, unknown>> } {
  const { reference, store, zone, due, locations, stockBuffer, stockShare, stockTargetMinutes, graceMinutes, testMarks, actors } = agreement
  // these instead of the rules' own, as the people of a simulated business live at example.com
  const shared = { params: { placeholders: [...agreement.sharedEmails] } }
  return {
    reference,
    store,
    zone,
    due,
    locations,
    stockBuffer,
    stockTargetMinutes,
    graceMinutes,
    testMarks: [...testMarks],
    // what is sold, and to whom, the shop's own people keep; the integration brings it over
    owners: { order: { owner: 'shop' }, invoice: { owner: 'erp', update: ['shop'] }, content: { owner: 'shop' }, customer: { owner: 'shop' } },
    actors: { integration: [actors.integration, actors.monitor], people: [...actors.people] },
    rules: {
      'F04-duplicate-customer': shared,
      'F04-conflicting-billing': shared,
      // what comes back is unpacked at once here, and both sides have it within the hour
      'F07-return-not-told': { params: { graceMinutes: 60 } },
      'F08-sku-unknown': { params: { shopSellsAll: true } },
      'F09-trace-missing': { params: { expected: true } },
    },
    stockShare: String(stockShare),
    ...mapsOf(agreement),
  }
}

/** What the two sides call by different names, or by the same. */
function mapsOf({ markets, statuses, taxTitles, shippingMethods, channels, gateways, discountCodes, shippingSku, packs, kits }: World['agreement']): Readonly<Record<string, unknown>> {
  return {
    markets: Object.fromEntries(markets.map((country) => [country, country])),
    statusMap: { ...statuses },
    taxCodes: Object.fromEntries(taxTitles.map((title) => [title, title])),
    shippingMethods: Object.fromEntries(shippingMethods.map((title) => [title, shippingSku])),
    salesChannels: Object.fromEntries(channels.map((channel) => [channel, channel])),
    paymentMethods: Object.fromEntries(gateways.map((gateway) => [gateway, gateway])),
    discountCodes: Object.fromEntries(discountCodes.map((code) => [code, code])),
    packs: Object.fromEntries(Object.entries(packs).map(([sku, size]) => [sku, { size: String(size), unit: 'Units' }])),
    bundles: Object.fromEntries(Object.entries(kits).map(([sku, parts]) => [sku, Object.fromEntries(parts.map((part) => [part.sku, String(part.units)]))])),
  }
}
