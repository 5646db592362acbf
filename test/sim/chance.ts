/** Seeded randomness: one seed is one row of numbers, and each part of a run draws from a row of its own. */
import type { Chance } from '../../src-main/domain/clock.ts'

/** The row of a seed and a name: what one part draws moves nobody else's dice. */
export function dice(seed: number, name: string): () => number {
  let state = seed >>> 0
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  // mulberry32: small, quick, and without short rows
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Sorted as ULIDs are, by the order in which they were made. `life`: one engine's, so that no two give the same. */
export function seededChance(seed: number, life: number): Chance {
  const fraction = dice(seed, `engine ${life}`)
  let ids = 0
  return {
    fraction,
    id() {
      ids += 1
      return `S${String(life).padStart(4, '0')}-${String(ids).padStart(9, '0')}`
    },
  }
}
