/** Keeps what is true: what was planted, what only looks like it, and what nobody is bound to say anything of. */
import type { Excused, Innocent, Instant, Planted, Truth } from './world.ts'

export type Label = Omit<Planted, 'plantedAt' | 'healedAt'>

export interface TruthBook {
  plant(label: Label): Planted
  /** The fault is no more, from now on; the first healing counts. */
  heal(planted: Planted): void
  innocent(innocent: Innocent): void
  /** From now on, or from an earlier moment. */
  excuse(excused: Omit<Excused, 'from' | 'to'>, from?: Instant): Excused
  /** It is no excuse any more, from now on. */
  expire(excused: Excused): void
  placed(number: string): void
  read(): Truth
}

export function openTruth(now: () => Instant): TruthBook {
  const planted: Planted[] = []
  const innocents: Innocent[] = []
  const excused: Excused[] = []
  const spoiled = new Set<string>()
  const placed = new Set<string>()

  return {
    plant(label) {
      const one: Planted = { ...label, plantedAt: now(), healedAt: null }
      planted.push(one)
      if (one.subject.kind === 'order') spoiled.add(one.subject.key)
      return one
    },
    heal(one) {
      one.healedAt ??= now()
    },
    innocent: (one) => innocents.push(one),
    excuse(one, from = now()) {
      const made: Excused = { ...one, from, to: null }
      excused.push(made)
      if (one.subject.kind === 'order') spoiled.add(one.subject.key)
      return made
    },
    expire(one) {
      one.to ??= now()
    },
    placed: (number) => placed.add(number),
    read: () => ({ planted, innocents, excused, orders: placed.size, cleanOrders: placed.size - [...spoiled].filter((number) => placed.has(number)).length }),
  }
}
