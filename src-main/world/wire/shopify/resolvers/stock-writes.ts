/** Writes of stock: absolute or by a difference, each compared with what was last read, each done once. */
import { GraphQLError, type GraphQLResolveInfo } from 'graphql'
import { levelsOf, type Asking } from '../asking.ts'
import { gid, parseGid } from '../ids.ts'
import { mismatchSays, once } from '../idempotency.ts'
import { dateTime } from '../scalars.ts'
import { quantityOf } from './goods.ts'
import type { Resolvers } from './resolver.ts'
import type { Level } from '../../../shop/shop.ts'

interface Place {
  readonly inventoryItemId: string
  readonly locationId: string
  readonly changeFromQuantity?: number | null
}

interface Header {
  readonly name: string
  readonly reason: string
  readonly referenceDocumentUri?: string | null
}

interface SetInput extends Header {
  readonly quantities: readonly (Place & { readonly quantity: number })[]
}

interface AdjustInput extends Header {
  readonly changes: readonly (Place & { readonly delta: number; readonly ledgerDocumentUri?: string | null })[]
}

interface UserError {
  readonly field: readonly string[]
  readonly code: string
  readonly message: string
}

interface Change {
  readonly name: string
  readonly delta: number
  readonly quantityAfterChange: number
  readonly level: Level
}

const reasons = new Set([
  'correction', 'cycle_count_available', 'damaged', 'movement_canceled', 'movement_created', 'movement_received',
  'movement_updated', 'other', 'promotion', 'quality_control', 'received', 'reservation_created', 'reservation_deleted',
  'reservation_updated', 'restock', 'safety_stock', 'shrinkage',
])

function setQuantities(input: SetInput, asking: Asking): unknown {
  const errors = [
    ...headerErrors(input, ['available', 'on_hand'], { code: 'INVALID_NAME', message: "The quantity name must be either 'available' or 'on_hand'." }),
    ...input.quantities.flatMap((each, at) => placeErrors(each, ['input', 'quantities', String(at)], input.name, asking)),
    ...input.quantities.flatMap((each, at) => sizeErrors(each.quantity, ['input', 'quantities', String(at), 'quantity'])),
    ...duplicateErrors(input.quantities),
  ]
  if (errors.length > 0) return { inventoryAdjustmentGroup: null, userErrors: errors }
  const changes = input.quantities.flatMap((each) => {
    const level = levelOf(each, asking)
    return level === null ? [] : move(level, each.quantity - quantityOf(level, input.name), asking)
  })
  return { inventoryAdjustmentGroup: groupOf(changes, input, asking), userErrors: [] }
}

function adjustQuantities(input: AdjustInput, asking: Asking): unknown {
  const errors = [
    ...headerErrors(input, ['available'], { code: 'INVALID_QUANTITY_NAME', message: 'The specified quantity name is invalid.' }),
    ...input.changes.flatMap((each, at) => placeErrors(each, ['input', 'changes', String(at)], input.name, asking)),
    ...input.changes.flatMap((each, at) => typeof each.ledgerDocumentUri !== 'string' ? [] : [{
      field: ['input', 'changes', String(at), 'ledgerDocumentUri'], code: 'INVALID_AVAILABLE_DOCUMENT',
      message: 'A ledger document URI is not allowed when adjusting available.',
    }]),
  ]
  if (errors.length > 0) return { inventoryAdjustmentGroup: null, userErrors: errors }
  const changes = input.changes.flatMap((each) => {
    const level = levelOf(each, asking)
    return level === null ? [] : move(level, each.delta, asking)
  })
  return { inventoryAdjustmentGroup: groupOf(changes, input, asking), userErrors: [] }
}

function move(level: Level, delta: number, { desk, at }: Asking): readonly Change[] {
  if (delta === 0) return []
  desk.shop.setAvailable(level.variantId, level.locationId, level.available + delta, at)
  return ['available', 'on_hand'].map((name) => ({ name, delta, quantityAfterChange: quantityOf(level, name), level }))
}

/** Null when nothing moved. */
function groupOf(changes: readonly Change[], input: Header, { app, at }: Asking): unknown {
  const [first] = changes
  return first === undefined ? null : {
    id: gid('InventoryAdjustmentGroup', `${first.level.id}${at}`), createdAt: dateTime(at), reason: input.reason,
    referenceDocumentUri: input.referenceDocumentUri ?? null, app: { id: gid('App', 1), title: app, handle: app, apiKey: app }, changes,
  }
}

function levelOf({ inventoryItemId, locationId }: Place, asking: Asking): Level | null {
  const item = parseGid(inventoryItemId)?.id ?? 0
  return levelsOf(item, asking).find((level) => level.locationId === parseGid(locationId)?.id) ?? null
}

function headerErrors(input: Header, names: readonly string[], wrongName: Pick<UserError, 'code' | 'message'>): readonly UserError[] {
  const errors: UserError[] = []
  if (!names.includes(input.name)) errors.push({ field: ['input', 'name'], ...wrongName })
  if (!reasons.has(input.reason)) errors.push({ field: ['input', 'reason'], code: 'INVALID_REASON', message: 'The specified reason is invalid.' })
  if (typeof input.referenceDocumentUri === 'string' && !/^[a-z][a-z0-9+.-]*:\/\/./i.test(input.referenceDocumentUri)) {
    errors.push({
      field: ['input', 'referenceDocumentUri'], code: 'INVALID_REFERENCE_DOCUMENT', message: 'The specified reference document is invalid.',
    })
  }
  return errors
}

function placeErrors(place: Place, field: readonly string[], name: string, asking: Asking): readonly UserError[] {
  const { books } = asking.desk.shop
  const item = parseGid(place.inventoryItemId)
  const location = parseGid(place.locationId)
  if (item?.type !== 'InventoryItem' || books.variants.get(item.id) === null) {
    return [{ field: [...field, 'inventoryItemId'], code: 'INVALID_INVENTORY_ITEM', message: 'The specified inventory item could not be found.' }]
  }
  if (location?.type !== 'Location' || books.locations.get(location.id) === null) {
    return [{ field: [...field, 'locationId'], code: 'INVALID_LOCATION', message: 'The specified location could not be found.' }]
  }
  const level = levelOf(place, asking)
  if (level === null) {
    return [{ field: [...field, 'locationId'], code: 'ITEM_NOT_STOCKED_AT_LOCATION', message: 'The specified inventory item is not stocked at the location.' }]
  }
  if (typeof place.changeFromQuantity === 'number' && place.changeFromQuantity !== quantityOf(level, name)) {
    return [{
      field: [...field, 'changeFromQuantity'], code: 'CHANGE_FROM_QUANTITY_STALE',
      message: 'The changeFromQuantity argument no longer matches the persisted quantity.',
    }]
  }
  return []
}

function sizeErrors(quantity: number, field: readonly string[]): readonly UserError[] {
  if (quantity < 0) return [{ field, code: 'INVALID_QUANTITY_NEGATIVE', message: "The quantity can't be negative." }]
  return quantity <= 1_000_000_000 ? [] : [{ field, code: 'INVALID_QUANTITY_TOO_HIGH', message: "The total quantity can't be higher than 1,000,000,000." }]
}

function duplicateErrors(places: readonly Place[]): readonly UserError[] {
  const seen = new Set<string>()
  return places.flatMap(({ inventoryItemId, locationId }, at) => {
    const key = `${inventoryItemId} ${locationId}`
    const again = seen.has(key)
    seen.add(key)
    return again ? [{
      field: ['input', 'quantities', String(at)], code: 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
      message: 'The combination of inventoryItemId and locationId must be unique.',
    }] : []
  })
}

/** The schema lets it be left out; the platform takes null for "do not compare", and nothing for a mistake. */
function requireComparison(places: readonly Place[], input: string, info: GraphQLResolveInfo): void {
  if (places.every((place) => 'changeFromQuantity' in place)) return
  throw new GraphQLError(`${input} must include the following argument: changeFromQuantity.`, {
    nodes: info.fieldNodes, extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
  })
}

const mismatch = (): unknown => ({
  inventoryAdjustmentGroup: null, userErrors: [{ field: null, code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', message: mismatchSays }],
})

interface Activation {
  readonly inventoryItemId: string
  readonly locationId: string
  readonly available?: number | null
}

function activate(args: Activation, asking: Asking): unknown {
  const [error] = placeErrors(args, [], 'available', asking)
  if (error !== undefined && error.code !== 'ITEM_NOT_STOCKED_AT_LOCATION') return { inventoryLevel: null, userErrors: [error] }
  const item = parseGid(args.inventoryItemId)?.id ?? 0
  const location = parseGid(args.locationId)?.id ?? 0
  if (error !== undefined) asking.desk.shop.setAvailable(item, location, args.available ?? 0, asking.at)
  asking.found.levels = null
  return { inventoryLevel: levelOf(args, asking), userErrors: [] }
}

export const stockWrites = {
  Mutation: {
    inventorySetQuantities(_root: unknown, args: { readonly input: SetInput }, asking: Asking, info: GraphQLResolveInfo) {
      requireComparison(args.input.quantities, 'InventoryQuantityInput', info)
      return once(args, asking, info, () => setQuantities(args.input, asking), mismatch)
    },
    inventoryAdjustQuantities(_root: unknown, args: { readonly input: AdjustInput }, asking: Asking, info: GraphQLResolveInfo) {
      requireComparison(args.input.changes, 'InventoryChangeInput', info)
      return once(args, asking, info, () => adjustQuantities(args.input, asking), mismatch)
    },
    inventoryActivate: (_root: unknown, args: Activation, asking: Asking, info: GraphQLResolveInfo) => once(
      args, asking, info, () => activate(args, asking), () => ({ inventoryLevel: null, userErrors: [{ field: null, message: mismatchSays }] }),
    ),
  } satisfies Resolvers<unknown>,
  InventoryChange: {
    item: ({ level }, _args, { desk }) => desk.shop.books.variants.get(level.variantId),
    location: ({ level }, _args, { desk }) => desk.shop.books.locations.get(level.locationId),
    ledgerDocumentUri: () => null,
  } satisfies Resolvers<Change>,
  InventoryAdjustmentGroup: {
    changes: ({ changes }: { readonly changes: readonly Change[] }, { quantityNames }: { readonly quantityNames?: readonly string[] | null }) =>
      changes.filter((change) => !Array.isArray(quantityNames) || quantityNames.includes(change.name)),
  } satisfies Resolvers<{ readonly changes: readonly Change[] }>,
}
