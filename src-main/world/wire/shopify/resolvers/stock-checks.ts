/** What is checked before stock is written: the words around it, places, sizes, and what it is compared with. */
import { GraphQLError, type GraphQLResolveInfo } from 'graphql'
import { levelsOf, type Asking } from '../asking.ts'
import { parseGid } from '../ids.ts'
import { quantityOf } from './goods.ts'
import type { Level } from '../../../shop/shop.ts'

export interface Place {
  readonly inventoryItemId: string
  readonly locationId: string
  readonly changeFromQuantity?: number | null
  /** Its name before 2026-04. */
  readonly compareQuantity?: number | null
}

export interface Header {
  readonly name: string
  readonly reason: string
  readonly referenceDocumentUri?: string | null
}

export interface SetInput extends Header {
  readonly quantities: readonly (Place & { readonly quantity: number })[]
  /** Gone since 2026-04. */
  readonly ignoreCompareQuantity?: boolean | null
}

export interface AdjustInput extends Header {
  readonly changes: readonly (Place & { readonly delta: number; readonly ledgerDocumentUri?: string | null })[]
}

export interface UserError {
  readonly field: readonly string[]
  readonly code: string
  readonly message: string
}

const reasons = new Set([
  'correction',
  'cycle_count_available',
  'damaged',
  'movement_canceled',
  'movement_created',
  'movement_received',
  'movement_updated',
  'other',
  'promotion',
  'quality_control',
  'received',
  'reservation_created',
  'reservation_deleted',
  'reservation_updated',
  'restock',
  'safety_stock',
  'shrinkage',
])

export function levelOf({ inventoryItemId, locationId }: Place, asking: Asking): Level | null {
  const item = parseGid(inventoryItemId)?.id ?? 0
  return levelsOf(item, asking).find((level) => level.locationId === parseGid(locationId)?.id) ?? null
}

export function headerErrors(
  input: Header,
  names: readonly string[],
  wrongName: Pick<UserError, 'code' | 'message'>,
): readonly UserError[] {
  const errors: UserError[] = []
  if (!names.includes(input.name)) errors.push({ field: ['input', 'name'], ...wrongName })
  if (!reasons.has(input.reason))
    errors.push({ field: ['input', 'reason'], code: 'INVALID_REASON', message: 'The specified reason is invalid.' })
  if (typeof input.referenceDocumentUri === 'string' && !/^[a-z][a-z0-9+.-]*:\/\/./i.test(input.referenceDocumentUri)) {
    errors.push({
      field: ['input', 'referenceDocumentUri'],
      code: 'INVALID_REFERENCE_DOCUMENT',
      message: 'The specified reference document is invalid.',
    })
  }
  return errors
}

export function placeErrors(place: Place, field: readonly string[], name: string, asking: Asking): readonly UserError[] {
  const { books } = asking.desk.shop
  const item = parseGid(place.inventoryItemId)
  const location = parseGid(place.locationId)
  if (item?.type !== 'InventoryItem' || books.variants.get(item.id) === null) {
    return [
      {
        field: [...field, 'inventoryItemId'],
        code: 'INVALID_INVENTORY_ITEM',
        message: 'The specified inventory item could not be found.',
      },
    ]
  }
  if (location?.type !== 'Location' || books.locations.get(location.id) === null) {
    return [
      {
        field: [...field, 'locationId'],
        code: 'INVALID_LOCATION',
        message: 'The specified location could not be found.',
      },
    ]
  }
  const level = levelOf(place, asking)
  if (level === null) {
    return [
      {
        field: [...field, 'locationId'],
        code: 'ITEM_NOT_STOCKED_AT_LOCATION',
        message: 'The specified inventory item is not stocked at the location.',
      },
    ]
  }
  if (typeof place.changeFromQuantity === 'number' && place.changeFromQuantity !== quantityOf(level, name)) {
    return [
      {
        field: [...field, 'changeFromQuantity'],
        code: 'CHANGE_FROM_QUANTITY_STALE',
        message: 'The changeFromQuantity argument no longer matches the persisted quantity.',
      },
    ]
  }
  return []
}

/** What is compared with must be said, or that nothing is to be compared; a new name beside the old one will do. */
export function olderComparison(input: SetInput, asking: Asking): readonly UserError[] {
  if (asking.version >= '2026-04' || input.ignoreCompareQuantity === true) return []
  return input.quantities.flatMap((each, at) => {
    const field = ['input', 'quantities', String(at), 'compareQuantity']
    if (typeof each.compareQuantity !== 'number') {
      return 'changeFromQuantity' in each
        ? []
        : [
            {
              field,
              code: 'COMPARE_QUANTITY_REQUIRED',
              message:
                'The compareQuantity argument must be given to each quantity or ignored using ignoreCompareQuantity.',
            },
          ]
    }
    const level = levelOf(each, asking)
    return level === null || quantityOf(level, input.name) === each.compareQuantity
      ? []
      : [
          {
            field,
            code: 'COMPARE_QUANTITY_STALE',
            message: 'The compareQuantity value does not match persisted value.',
          },
        ]
  })
}

export function sizeErrors(quantity: number, field: readonly string[]): readonly UserError[] {
  if (quantity < 0) return [{ field, code: 'INVALID_QUANTITY_NEGATIVE', message: "The quantity can't be negative." }]
  return quantity <= 1_000_000_000
    ? []
    : [{ field, code: 'INVALID_QUANTITY_TOO_HIGH', message: "The total quantity can't be higher than 1,000,000,000." }]
}

export function duplicateErrors(places: readonly Place[]): readonly UserError[] {
  const seen = new Set<string>()
  return places.flatMap(({ inventoryItemId, locationId }, at) => {
    const key = `${inventoryItemId} ${locationId}`
    const again = seen.has(key)
    seen.add(key)
    return again
      ? [
          {
            field: ['input', 'quantities', String(at)],
            code: 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
            message: 'The combination of inventoryItemId and locationId must be unique.',
          },
        ]
      : []
  })
}

/** Since 2026-04. The schema lets it be left out; the platform takes null for "do not compare", and nothing for a mistake. */
export function requireComparison(
  places: readonly Place[],
  input: string,
  { version }: Asking,
  info: GraphQLResolveInfo,
): void {
  if (version < '2026-04' || places.every((place) => 'changeFromQuantity' in place)) return
  throw new GraphQLError(`${input} must include the following argument: changeFromQuantity.`, {
    nodes: info.fieldNodes,
    extensions: { code: 'INVALID_FIELD_ARGUMENTS' },
  })
}
