/** When a stream is read next: by its pace when all is well, and by the kind of fault when it is not. Pure. */
import type { Chance } from '../../domain/clock.ts'
import { type Fault, reactionTo } from '../../domain/fault.ts'
import { type Instant, type Span, hours, minutes, seconds } from '../../domain/time.ts'
import type { AnyStream } from './place.ts'
import { isCursorFault } from './poller.ts'

const backOffFirst = seconds(5)
export const backOffMax = minutes(5)
const periodMax = hours(6)
/** Less than this is a clock that is being kept right, not one that was put back. */
const putBackMin = minutes(1)

export function periodOf(pace: AnyStream['pace'], pollSeconds: number): Span {
  const times = { 'near-real-time': 1, often: 10, batch: 60 }[pace]
  return Math.min(seconds(pollSeconds) * times, periodMax)
}

/** A moment to wait for. It remembers when it was set, so that a clock that is put back delays nothing for hours. */
export interface Due {
  readonly at: Instant
  readonly setAt: Instant
}

export function dueIn(span: Span, now: Instant): Due {
  return { at: now + span, setAt: now }
}

export function isDue(due: Due, now: Instant): boolean {
  return due.at <= now || now < due.setAt - putBackMin
}

/** What a fault holds up, and for how long; a null span: until a person asks or the settings change. */
export interface Hold {
  readonly over: 'connection' | 'stream'
  readonly span: Span | null
}

/**
 * Refused credentials stop the whole connection: trying again may lock the account. Other refusals concern what was
 * asked for, so only that stream stops and everything else is read on.
 */
export function holdAfter(because: Fault, attempts: number, chance: Chance): Hold {
  if (isCursorFault(because)) return { over: 'stream', span: backOff(attempts, chance) }
  const whole = because.class === 'credentials' || because.class === 'unreachable' || because.class === 'rate-limited'
  const over = whole ? 'connection' : 'stream'
  const reaction = reactionTo[because.class]
  switch (reaction) {
    case 'ask':
      return { over, span: null }
    case 'wait':
    case 'retry':
      return { over, span: because.retryAfterMs ?? backOff(attempts, chance) }
    default:
      return reaction satisfies never
  }
}

/** Doubles from 5 seconds to 5 minutes, half of it by chance, so that many clients do not come back together. */
export function backOff(attempts: number, chance: Chance): Span {
  const full = Math.min(backOffMax, backOffFirst * 2 ** Math.min(Math.max(0, attempts - 1), 20))
  return Math.round(full / 2 + (full / 2) * chance.fraction())
}
