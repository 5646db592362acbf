/** When an engine dies, and what the disk holds of it then: at any call to the world outside, and at any write of its own. */
import type { Writes } from './life.ts'
import { type DiskCopy, afterPowerCut, copyOf, cutWhileFolding, fold } from './disk.ts'

/**
 * `call`: as it asks the world for something, with whatever it went on to write half on the disk. `write`: in the middle
 * of one commit. `kept`: with that commit acknowledged and nothing after it. `folding`: while the log goes into the file.
 * `opening`: as it opens the file that an earlier one left.
 */
export type Moment = 'call' | 'write' | 'kept' | 'folding' | 'opening'

export interface Fate {
  readonly moment: Moment
  /** The call, or the write, that is its last. */
  readonly nth: number
}

/** Calls that an engine makes of time, chance and the wire before it dies: at most so many, mostly far fewer; and writes. */
const callsMax = 30_000
const writesMax = 2_000

const moments: readonly Moment[] = ['call', 'call', 'write', 'write', 'kept', 'folding', 'opening']

/** Cubed: a start, a first page and a first judgement are died in as often as hours of rest. */
export function fateOf(roll: () => number, rollMoment: () => number): Fate {
  const moment = moments[Math.floor(rollMoment() * moments.length)] ?? 'call'
  return { moment, nth: 1 + Math.floor((moment === 'call' ? callsMax : writesMax) * roll() ** 3) }
}

/** What lay there before its last doing, which is promised whole; and after it, once that is over. */
export interface Left {
  readonly before: DiskCopy
  readonly after: DiskCopy | null
}

export interface Dying extends Writes {
  /** The engine asked the world for something; true when that was the last it did. */
  called(): boolean
  readonly left: Left | null
}

export function dyingBy({ moment, nth }: Fate, path: string): Dying {
  let calls = 0
  let writes = 0
  let left: Left | null = null
  const isLast = (): boolean => moment !== 'call' && writes === nth
  return {
    get left() {
      return left
    },
    called() {
      calls += 1
      if (moment !== 'call' || calls < nth || left !== null) return false
      left = { before: copyOf(path), after: null }
      return true
    },
    begins() {
      writes += 1
      if (isLast() && moment === 'write') left = { before: copyOf(path), after: null }
    },
    ended(die) {
      if (!isLast()) return
      die()
      const before = left?.before ?? copyOf(path)
      if (moment === 'folding') fold(path)
      left = { before, after: copyOf(path) }
    },
  }
}

export function diskOf({ moment }: Fate, before: DiskCopy, after: DiskCopy, roll: () => number): { readonly disk: DiskCopy; readonly isTorn: boolean } {
  switch (moment) {
    case 'kept':
      return { disk: before, isTorn: false }
    case 'folding':
      return { disk: cutWhileFolding(before, after, roll), isTorn: true }
    case 'call':
    case 'write':
    case 'opening':
      return afterPowerCut(before, after, roll())
    default:
      return moment satisfies never
  }
}
