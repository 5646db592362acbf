/** Writes how many units are for sale in Shopify, and only where nobody else has moved the figure meanwhile. */
import { z } from 'zod'
import { type Fault, type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { minutes } from '../../../domain/time.ts'
import type {
  ActionDefinition,
  ActionPreview,
  Api,
  StockSetInput,
  Verification,
} from '../definition.ts'
import { wireInteger, wireOptional } from '../wire.ts'
import { ask, shapeFault } from './graphql.ts'
import { levelNow, levelsOfSkus, setStock } from './queries.ts'
import { anyOf } from './search.ts'
import type { Settings } from './settings.ts'
import { level, listOf } from './wire.ts'

/** What Shopify takes at most (InventorySetQuantitiesUserErrorCode, 2026-07). */
const unitsMax = 1_000_000_000

const payloadSchema = z.object({
  level: z.string(),
  item: z.string(),
  location: z.string(),
  /** For people: the SKU and the location's name. */
  named: z.string(),
  /** What it shows now; Shopify refuses when it shows anything else by then. */
  from: z.int(),
  to: z.int().min(0).max(unitsMax),
})
export type StockPayload = z.output<typeof payloadSchema>

/**
 * Compare-and-set with a key of our own: Shopify writes only while the figure is still the one that was previewed, and
 * answers a repeated key with what came of it the first time. So a lost answer can neither write twice nor over a sale.
 */
export const stockSet: ActionDefinition<Settings, 'stock.set'> = {
  id: 'stock.set',
  guarantee: 'native-key',
  // it is read by id, past the search; a request that we gave up on may still be at work for a while
  visibilityLagMs: minutes(1),
  priceOfBeingWrong:
    'The shop would offer more or fewer units than there are until the next stock sync. Shopify keeps the change in the item’s inventory history, where it can be set back.',
  preview,
  send,
  verify,
}

const found = z.object({
  inventoryItems: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        sku: wireOptional(z.string()),
        inventoryLevels: listOf(
          level.extend({ location: z.object({ id: z.string(), name: z.string() }) }),
        ),
      }),
    ),
  }),
})

async function preview(api: Api, input: StockSetInput): Promise<Outcome<ActionPreview>> {
  const { sku, location, quantity } = input
  if (!Number.isSafeInteger(quantity) || quantity < 0 || quantity > unitsMax) {
    return ok(refused(`${quantity} is no number of units that Shopify can hold.`, []))
  }
  const answer = await ask(api, levelsOfSkus, { query: anyOf('sku', [sku]) }, found)
  if (!answer.ok) return answer
  const items = answer.value.data.inventoryItems.nodes.filter((one) => one.sku === sku)
  const [item] = items
  if (item === undefined)
    return ok(
      refused(`The shop has no item with the SKU ${sku}.`, [
        'Check the SKU on the product’s page.',
      ]),
    )
  if (items.length > 1) {
    return ok(
      refused(
        `${items.length} items of the shop carry the SKU ${sku}: which one is meant cannot be told.`,
        ['Give each item a SKU of its own.'],
      ),
    )
  }
  const at = item.inventoryLevels.nodes.find(
    (one) => one.location.name === location && one.isActive,
  )
  if (at === undefined)
    return ok(
      refused(`${sku} is not stocked at ${location} in the shop.`, [
        `Add ${location} on the item’s page in Shopify.`,
      ]),
    )
  if (!at.item.tracked)
    return ok(
      refused(`The shop does not keep count of ${sku}.`, ['Switch on “Track quantity” first.']),
    )
  const from = at.quantities.find((one) => one.name === 'available')?.quantity
  if (from === undefined) return failed(shapeFault(levelsOfSkus, 'quantities'))
  if (from === quantity)
    return ok(refused(`The shop shows ${quantity} of ${sku} at ${location} already.`, []))
  const payload: StockPayload = {
    level: at.id,
    item: item.id,
    location: at.location.id,
    named: `${sku} at ${location}`,
    from,
    to: quantity,
  }
  return ok({
    kind: 'ready',
    payload,
    facts: [
      { label: 'SKU', value: sku },
      { label: 'Location', value: location },
      { label: 'For sale now', value: String(from) },
      { label: 'For sale after', value: String(quantity) },
    ],
    warnings: [],
  })
}

function refused(says: string, guide: readonly string[]): ActionPreview {
  return { kind: 'refused', says, guide }
}

const written = z.object({
  inventorySetQuantities: wireOptional(
    z.object({
      inventoryAdjustmentGroup: wireOptional(z.object({ id: z.string() })),
      userErrors: z.array(z.object({ code: wireOptional(z.string()), message: z.string() })),
    }),
  ),
})

async function send(
  api: Api,
  payload: unknown,
  key: string,
): Promise<Outcome<{ readonly targetId: string | null }>> {
  const { item, level: id, location, from, to } = payloadSchema.parse(payload)
  const input = {
    name: 'available',
    reason: 'correction',
    referenceDocumentUri: `gid://plumbline/Replay/${encodeURIComponent(key)}`,
    // left out, `changeFromQuantity` is an error, and null would skip the comparison
    quantities: [
      { inventoryItemId: item, locationId: location, quantity: to, changeFromQuantity: from },
    ],
  }
  const answer = await ask(api, setStock, { input, key }, written)
  if (!answer.ok) return answer
  const result = answer.value.data.inventorySetQuantities
  if (result === null) return failed(shapeFault(setStock, 'inventorySetQuantities'))
  const [error] = result.userErrors
  return error === undefined ? ok({ targetId: id }) : failed(faultOfUser(error))
}

function faultOfUser(error: { readonly code: string | null; readonly message: string }): Fault {
  const detail = `${error.code ?? 'error'}: ${error.message}`
  switch (error.code) {
    case 'CHANGE_FROM_QUANTITY_STALE':
      return fault(
        'validation',
        'The figure moved in the shop since the preview, so nothing was written. Look at a new preview.',
        { detail },
      )
    case 'IDEMPOTENCY_CONCURRENT_REQUEST':
      return fault('temporary', 'Shopify is still at work on this very replay.', { detail })
    case 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED':
      return fault(
        'validation',
        'Shopify refused this replay before and will not try it again under its key. Make a new preview.',
        { detail },
      )
    case 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH':
      return fault(
        'validation',
        'Shopify knows the key of this replay with other figures, so nothing was written. Make a new preview.',
        { detail },
      )
    case 'ITEM_NOT_STOCKED_AT_LOCATION':
      return fault(
        'validation',
        'The item is not stocked at this location any more. Nothing was written.',
        { detail },
      )
    case 'INVALID_INVENTORY_ITEM':
    case 'INVALID_LOCATION':
      return fault(
        'validation',
        'The item or the location is not in the shop any more. Nothing was written.',
        { detail },
      )
    case 'NON_MUTABLE_INVENTORY_ITEM':
      return fault(
        'validation',
        'The item is a bundle: its figure follows from its parts and cannot be set. Nothing was written.',
        { detail },
      )
    default:
      return fault('validation', 'Shopify refused to set the figure. Nothing was written.', {
        detail,
      })
  }
}

const now = z.object({
  inventoryItem: wireOptional(
    z.object({
      inventoryLevel: wireOptional(
        z.object({
          id: z.string(),
          quantities: z.array(z.object({ name: z.string(), quantity: wireInteger })),
        }),
      ),
    }),
  ),
})

/** The figure itself is the proof: the old one means not written, the new one written, and any other that it must be looked at. */
async function verify(api: Api, payload: unknown): Promise<Outcome<Verification>> {
  const { item, location, named, from, to } = payloadSchema.parse(payload)
  const answer = await ask(api, levelNow, { item, location }, now)
  if (!answer.ok) return answer
  const at = answer.value.data.inventoryItem?.inventoryLevel ?? null
  const shown = at?.quantities.find((one) => one.name === 'available')?.quantity
  if (at === null || shown === undefined || shown === from) return ok({ found: [] })
  const says =
    shown === to
      ? `The shop shows ${to} of ${named}.`
      : `The shop shows ${shown} of ${named}, neither ${from} nor ${to}.`
  return ok({ found: [{ id: at.id, number: named, matches: shown === to, says }] })
}
