/** Writes of stock: absolute or by a difference, each compared with what was last read, each done once. */
import type { GraphQLResolveInfo } from 'graphql'
import { gid, parseGid } from '../ids.ts'
import { mismatchSays, once } from '../idempotency.ts'
import { dateTime } from '../scalars.ts'
import { quantityOf } from './goods.ts'
import {
  duplicateErrors,
  headerErrors,
  levelOf,
  olderComparison,
  placeErrors,
  requireComparison,
  sizeErrors,
  type AdjustInput,
  type Header,
  type SetInput,
} from './stock-checks.ts'
import type { Resolvers } from './resolver.ts'
import type { Asking } from '../asking.ts'
import type { Level } from '../../../shop/shop.ts'

interface Change {
  readonly name: string
  readonly delta: number
  readonly quantityAfterChange: number
  readonly level: Level
}

function setQuantities(input: SetInput, asking: Asking): unknown {
  const errors = [
    ...headerErrors(input, ['available', 'on_hand'], {
      code: 'INVALID_NAME',
      message: "The quantity name must be either 'available' or 'on_hand'.",
    }),
    ...input.quantities.flatMap((each, at) =>
      placeErrors(each, ['input', 'quantities', String(at)], input.name, asking),
    ),
    ...olderComparison(input, asking),
    ...input.quantities.flatMap((each, at) =>
      sizeErrors(each.quantity, ['input', 'quantities', String(at), 'quantity']),
    ),
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
    ...headerErrors(input, ['available'], {
      code: 'INVALID_QUANTITY_NAME',
      message: 'The specified quantity name is invalid.',
    }),
    ...input.changes.flatMap((each, at) => placeErrors(each, ['input', 'changes', String(at)], input.name, asking)),
    ...input.changes.flatMap((each, at) =>
      typeof each.ledgerDocumentUri !== 'string'
        ? []
        : [
            {
              field: ['input', 'changes', String(at), 'ledgerDocumentUri'],
              code: 'INVALID_AVAILABLE_DOCUMENT',
              message: 'A ledger document URI is not allowed when adjusting available.',
            },
          ],
    ),
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
  return first === undefined
    ? null
    : {
        id: gid('InventoryAdjustmentGroup', `${first.level.id}${at}`),
        createdAt: dateTime(at),
        reason: input.reason,
        referenceDocumentUri: input.referenceDocumentUri ?? null,
        app: { id: gid('App', 1), title: app, handle: app, apiKey: app },
        changes,
      }
}

const mismatch = (): unknown => ({
  inventoryAdjustmentGroup: null,
  userErrors: [{ field: null, code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', message: mismatchSays }],
})

interface Activation {
  readonly inventoryItemId: string
  readonly locationId: string
  readonly available?: number | null
}

function activate(args: Activation, asking: Asking): unknown {
  const [error] = placeErrors(args, [], 'available', asking)
  if (error !== undefined && error.code !== 'ITEM_NOT_STOCKED_AT_LOCATION')
    return { inventoryLevel: null, userErrors: [error] }
  const item = parseGid(args.inventoryItemId)?.id ?? 0
  const location = parseGid(args.locationId)?.id ?? 0
  if (error !== undefined) asking.desk.shop.setAvailable(item, location, args.available ?? 0, asking.at)
  asking.found.levels = null
  return { inventoryLevel: levelOf(args, asking), userErrors: [] }
}

export const stockWrites = {
  Mutation: {
    inventorySetQuantities(
      _root: unknown,
      args: { readonly input: SetInput },
      asking: Asking,
      info: GraphQLResolveInfo,
    ) {
      requireComparison(args.input.quantities, 'InventoryQuantityInput', asking, info)
      return once(args, asking, info, () => setQuantities(args.input, asking), mismatch)
    },
    inventoryAdjustQuantities(
      _root: unknown,
      args: { readonly input: AdjustInput },
      asking: Asking,
      info: GraphQLResolveInfo,
    ) {
      requireComparison(args.input.changes, 'InventoryChangeInput', asking, info)
      return once(args, asking, info, () => adjustQuantities(args.input, asking), mismatch)
    },
    inventoryActivate: (_root: unknown, args: Activation, asking: Asking, info: GraphQLResolveInfo) =>
      once(
        args,
        asking,
        info,
        () => activate(args, asking),
        () => ({ inventoryLevel: null, userErrors: [{ field: null, message: mismatchSays }] }),
      ),
  } satisfies Resolvers<unknown>,
  InventoryChange: {
    item: ({ level }, _args, { desk }) => desk.shop.books.variants.get(level.variantId),
    location: ({ level }, _args, { desk }) => desk.shop.books.locations.get(level.locationId),
    ledgerDocumentUri: () => null,
  } satisfies Resolvers<Change>,
  InventoryAdjustmentGroup: {
    changes: (
      { changes }: { readonly changes: readonly Change[] },
      { quantityNames }: { readonly quantityNames?: readonly string[] | null },
    ) => changes.filter((change) => !Array.isArray(quantityNames) || quantityNames.includes(change.name)),
  } satisfies Resolvers<{ readonly changes: readonly Change[] }>,
}
