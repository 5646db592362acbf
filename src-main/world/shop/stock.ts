/** Where units lie and what is promised of them: every move that changes a level goes through here. */
import { levelKey, type ShopState } from './state.ts'
import type { Instant, Level, Variant } from './shop.ts'

/** Sets what is available, and stocks the variant at the location when it was not. */
export function setAvailable(state: ShopState, variantId: number, locationId: number, available: number, at: Instant): void {
  if (!Number.isSafeInteger(available)) throw new Error(`${available} is no quantity.`)
  const level = levelAt(state, state.books.variants.must(variantId).id, locationId, at)
  change(state, level, { available: available - level.available }, at)
}

/** Throws when lines together want more than there is of what is not sold below zero. */
export function refuseShortage(
  state: ShopState,
  lines: readonly { readonly variantId: number | null; readonly locationId: number | null; readonly quantity: number }[],
): void {
  const wanted = new Map<string, number>()
  for (const { variantId, locationId, quantity } of lines) {
    if (variantId === null || locationId === null) continue
    const variant = state.books.variants.must(variantId)
    if (!variant.tracked || variant.sellsWithoutStock) continue
    const key = levelKey(variantId, locationId)
    const units = (wanted.get(key) ?? 0) + quantity
    wanted.set(key, units)
    const there = state.levels.get(key)?.available ?? 0
    if (units > there) throw new Error(`Of ${variant.sku ?? variantId} only ${there} are left at ${locationId}, not ${units}.`)
  }
}

/** Promises units to a customer. */
export function commit(state: ShopState, variantId: number | null, locationId: number | null, quantity: number, at: Instant): void {
  move(state, variantId, locationId, { available: -quantity, committed: quantity }, at)
}

/** Takes a promise back: the units are for sale again. */
export function release(state: ShopState, variantId: number | null, locationId: number | null, quantity: number, at: Instant): void {
  move(state, variantId, locationId, { available: quantity, committed: -quantity }, at)
}

/** Promised units leave the building, or are written off. */
export function send(state: ShopState, variantId: number | null, locationId: number | null, quantity: number, at: Instant): void {
  move(state, variantId, locationId, { committed: -quantity }, at)
}

/** Units that were never promised here leave from here. */
export function sendOther(state: ShopState, variantId: number | null, locationId: number, quantity: number, at: Instant): void {
  move(state, variantId, locationId, { available: -quantity }, at)
}

/** A customer's goods come back to a shelf. */
export function takeBack(state: ShopState, variantId: number | null, locationId: number, quantity: number, at: Instant): void {
  move(state, variantId, locationId, { available: quantity }, at)
}

/** A fulfilment was called off: its units are promised again. */
export function unsend(state: ShopState, variantId: number | null, locationId: number | null, quantity: number, at: Instant): void {
  move(state, variantId, locationId, { committed: quantity }, at)
}

/** The first active location with enough, else one that stocks it at all, else the first; null when there is none. */
export function locationFor(state: ShopState, variant: Variant, quantity: number): number | null {
  const active = [...state.books.locations.all()].filter((location) => location.active).map((location) => location.id)
  if (!variant.tracked) return variant.requiresShipping ? active[0] ?? null : null
  const stocked = active.filter((id) => state.levels.has(levelKey(variant.id, id)))
  return stocked.find((id) => (state.levels.get(levelKey(variant.id, id))?.available ?? 0) >= quantity)
    ?? stocked[0] ?? active[0] ?? null
}

function move(
  state: ShopState, variantId: number | null, locationId: number | null,
  by: { readonly available?: number; readonly committed?: number }, at: Instant,
): void {
  if (variantId === null || locationId === null || state.books.variants.get(variantId)?.tracked !== true) return
  change(state, levelAt(state, variantId, locationId, at), by, at)
}

function levelAt(state: ShopState, variantId: number, locationId: number, at: Instant): Level {
  const key = levelKey(variantId, state.books.locations.must(locationId).id)
  const known = state.levels.get(key)
  if (known !== undefined) return known
  const level = {
    id: state.next('level'), changedAt: at, variantId, locationId,
    available: 0, committed: 0, availableAt: at, committedAt: at,
  }
  state.levels.set(key, level)
  state.books.levels.put(level)
  return level
}

function change(
  state: ShopState, level: Level, by: { readonly available?: number; readonly committed?: number }, at: Instant,
): void {
  if (by.available !== undefined) {
    level.available += by.available
    level.availableAt = at
  }
  if (by.committed !== undefined) {
    level.committed += by.committed
    level.committedAt = at
  }
  level.changedAt = at
  state.books.levels.put(level)
}
