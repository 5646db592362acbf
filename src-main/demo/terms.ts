/** What the two sides of a simulated business agreed on: the settings that a person would enter for the pair. */
import type { World } from '../world/world.ts'

/** Without `since`, which is of the watching and not of the business. */
export function termsOf({ agreement }: Pick<World, 'agreement'>): Readonly<Record<string, unknown>> {
  const { reference, store, zone, due, locations, stockBuffer, stockShare, stockTargetMinutes, graceMinutes, testMarks, packs, kits, sharedEmails, actors } = agreement
  // these instead of the rules' own, as the people of a simulated business live at example.com
  const shared = { params: { placeholders: [...sharedEmails] } }
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
    actors: { integration: [actors.integration, actors.monitor], people: [...actors.people] },
    rules: { 'F04-duplicate-customer': shared, 'F04-conflicting-billing': shared, 'F08-sku-unknown': { params: { shopSellsAll: true } } },
    stockShare: String(stockShare),
    packs: Object.fromEntries(Object.entries(packs).map(([sku, size]) => [sku, { size: String(size), unit: 'Units' }])),
    bundles: Object.fromEntries(Object.entries(kits).map(([sku, parts]) => [sku, Object.fromEntries(parts.map((part) => [part.sku, String(part.units)]))])),
  }
}
