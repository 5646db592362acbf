/** The made-up business that the sample engine tells of: its moods, its dice, and the names that are longer than anyone likes. */
import type { Currency } from '../../../src-main/domain/money.ts'
import type { Instant } from '../../../src-main/domain/time.ts'

/**
 * busy: a bad Monday; calm: everything matches; empty: nothing is connected; unread: connected, not read yet;
 * stale: the engine answers, but nothing was read for an hour; blind: the ERP does not answer.
 */
export const moods = ['busy', 'calm', 'empty', 'unread', 'stale', 'blind'] as const
export type Mood = (typeof moods)[number]

export interface Scene {
  readonly mood: Mood
  readonly now: Instant
  /** How many polls were made; figures move with it. */
  readonly poll: number
}

/** A fixed seed: every run shows the same business. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export function pick<T>(roll: () => number, from: readonly [T, ...T[]]): T {
  return from[Math.floor(roll() * from.length)] ?? from[0]
}

export const shop = { id: 'nordlicht-eu', label: 'Nordlicht Outdoor, EU storefront' }
export const erp = { id: 'tryton-main', label: 'Tryton, Nordlicht Handelsgesellschaft mbH' }
export const shopEast = { id: 'nordlicht-east', label: 'Nordlicht Outdoor, Japan and Gulf storefront with wholesale' }
export const erpEast = { id: 'tryton-east', label: 'Tryton, Nordlicht East FZ-LLC' }

export const currencies: readonly [Currency, ...Currency[]] = ['EUR', 'EUR', 'EUR', 'JPY', 'KWD']

/** An amount that looks like one of an order in that currency, in minor units. */
export function orderAmount(roll: () => number, currency: Currency): number {
  const major = Math.exp(roll() * 4.5 + 3)
  if (currency === 'JPY') return Math.round(major * 160)
  if (currency === 'KWD') return Math.round(major * 0.34 * 1000)
  return Math.round(major * 100)
}

/** Where the last complete read of the mood is. */
export function lastRead(scene: Scene): Instant {
  return scene.mood === 'stale' ? scene.now - 3_720_000 : scene.now - 4_000
}
