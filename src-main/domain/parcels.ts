/** Tells one parcel from another: by the numbers that its carrier gave it, and by what is in it. */
import { type Decimal, add } from './decimal.ts'

export interface Contents {
  readonly lines: readonly { readonly sku: string | null; readonly quantity: Decimal }[]
  readonly tracking: readonly string[]
}

/** Carriers' numbers are written with and without spaces, in capitals or not. */
export function trackingKey(number: string): string {
  return number.replaceAll(/[\s-]/g, '').toUpperCase()
}

/** Each parcel that is told is one that left, by a tracking number of it or else by what is in it; null where one is not. */
export function untoldIn<T extends Contents>(sent: readonly T[], told: readonly Contents[]): readonly T[] | null {
  const left = [...sent]
  const unnamed = told.filter((parcel) => !takeOut(left, (one) => sharesNumber(one, parcel)))
  const strange = unnamed.filter((parcel) => !takeOut(left, (one) => contentsOf(one) === contentsOf(parcel)))
  return strange.length === 0 ? left : null
}

function takeOut<T>(from: T[], is: (one: T) => boolean): boolean {
  const place = from.findIndex(is)
  if (place >= 0) from.splice(place, 1)
  return place >= 0
}

function sharesNumber(one: Contents, other: Contents): boolean {
  const numbers = new Set(one.tracking.map(trackingKey))
  return other.tracking.some((number) => numbers.has(trackingKey(number)))
}

function contentsOf({ lines }: Contents): string {
  return [...sumBySku(lines)].map(([sku, quantity]) => `${sku} ${quantity}`).toSorted().join('\n')
}

/** Without what has none. */
export function sumBySku(lines: Contents['lines']): ReadonlyMap<string, Decimal> {
  const units = new Map<string, Decimal>()
  for (const { sku, quantity } of lines) if (sku !== null) units.set(sku, add(units.get(sku) ?? '0', quantity))
  return units
}
