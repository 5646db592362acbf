/** A platform's clock against ours, in words, and what to do when they are too far apart. */
import { clockOffsetMaxMs } from '../../../src-main/domain/connection.ts'
import type { Span } from '../../../src-main/domain/time.ts'
import { spanOf } from '../../parts/numbers.ts'

export interface ClockWords {
  readonly fine: boolean
  /** For a narrow place. */
  readonly short: string
  readonly says: string
  /** Empty when nothing needs to be done. */
  readonly todo: string
}

/** `offset`: our clock less the platform's; null where the platform states no time. */
export function clockWords(offset: Span | null, whose: string): ClockWords {
  if (offset === null)
    return {
      fine: true,
      short: 'clock not known',
      says: 'Not known: it states no time, so its times are taken as they are.',
      todo: '',
    }
  const apart = Math.abs(offset)
  if (apart < 1_000)
    return {
      fine: true,
      short: 'clock agrees',
      says: 'Agrees with this computer to the second.',
      todo: '',
    }
  const direction = offset > 0 ? 'behind' : 'ahead of'
  const says = `${spanOf(apart)} ${direction} this computer.`
  const short = `clock ${spanOf(apart)} ${offset > 0 ? 'behind' : 'ahead'}`
  if (apart <= clockOffsetMaxMs)
    return { fine: true, short, says, todo: 'Its times are corrected by that.' }
  return {
    fine: false,
    short,
    says,
    todo: `Orders would be judged at the wrong moment. Set the clock of this computer, or ask who runs ${whose} to set theirs.`,
  }
}
