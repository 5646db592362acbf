/** The world's chance: everything that could have gone otherwise is thrown here, from a seed, so that a run can be had again. */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface Dice {
  /** Both ends included. */
  int(from: number, to: number): number
  chance(share: number): boolean
  /** Throws for an empty list. */
  pick<T>(list: readonly T[]): T
  /** By weight; throws for an empty list. */
  weighted<T extends { readonly weight: number }>(rows: readonly T[]): T
}

const million = 1_000_000

/** Each purpose has dice of its own, so that a fault planted in one order leaves all others as they were. */
export function diceOf(seed: number, ...purpose: readonly (string | number)[]): Dice {
  const generator = xoroshiro128plus(hashOf(`${seed} ${purpose.join(' ')}`))
  const int = (from: number, to: number): number => uniformInt(generator, from, to)
  return {
    int,
    chance: (share) => int(1, million) <= share * million,
    pick: (list) => at(list, int(0, list.length - 1)),
    weighted(rows) {
      let left = int(1, rows.reduce((sum, row) => sum + row.weight, 0))
      const found = rows.find((row) => (left -= row.weight) <= 0)
      if (found === undefined) throw new Error('There is nothing to pick from.')
      return found
    },
  }
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error('There is nothing to pick from.')
  return found
}

/** FNV-1a over the text's code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash | 0
}
