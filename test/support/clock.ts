/** A clock that stands still until a test moves it, and then wakes its sleepers in order, each at its own moment. */
import type { Clock } from '../../src-main/domain/clock.ts'
import { type Instant, type Span } from '../../src-main/domain/time.ts'

/** Where every test's time begins unless it says otherwise: a Monday morning. */
export const monday: Instant = Date.parse('2026-11-23T09:00:00.000Z')

export interface FakeClock extends Clock {
  /** Lets time pass: whoever sleeps is woken at their moment, and what they do then is done before time goes on. */
  advance(span: Span): Promise<void>
  /** Moves time without waking anybody, as a laptop that slept does. */
  jump(span: Span): void
  /** How many sleep just now: a bounded engine never has more than a few. */
  sleeping(): number
}

interface Sleeper {
  readonly until: Instant
  readonly wake: () => void
}

export function fakeClock(start: Instant = monday): FakeClock {
  let now = start
  const sleepers = new Set<Sleeper>()

  function next(upTo: Instant): Sleeper | null {
    let first: Sleeper | null = null
    for (const sleeper of sleepers) {
      if (sleeper.until <= upTo && (first === null || sleeper.until < first.until)) first = sleeper
    }
    return first
  }

  return {
    now: () => now,
    sleep(span, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(reasonOf(signal))
        const leave = (): void => {
          sleepers.delete(sleeper)
          signal?.removeEventListener('abort', abort)
        }
        const abort = (): void => {
          leave()
          if (signal !== undefined) reject(reasonOf(signal))
        }
        const sleeper: Sleeper = {
          until: now + Math.max(0, span),
          wake() {
            leave()
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', abort)
      })
    },
    async advance(span) {
      const end = now + span
      await settle()
      for (let sleeper = next(end); sleeper !== null; sleeper = next(end)) {
        now = Math.max(now, sleeper.until)
        sleeper.wake()
        // each wakes, does what it has to do, and perhaps sleeps again before time goes on
        // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
        await settle()
      }
      now = end
      await settle()
    },
    jump(span) {
      now += span
    },
    sleeping: () => sleepers.size,
  }
}

/** Lets everything run that waits for no clock. A few turns, as a promise may lead to another. */
export async function settle(turns = 3): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each turn must end before the next
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

/** For titles and messages of tests. */
export function at(text: string): Instant {
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) throw new TypeError(`${text} is not a time`)
  return instant
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new Error(String(reason))
}
