/** Time of a simulation: it stands while anything works, then goes to the next moment that somebody waits for. */
import TinyQueue from 'tinyqueue'
import type { Clock } from '../../src-main/domain/clock.ts'
import type { Instant, Span } from '../../src-main/domain/time.ts'

export interface VirtualClock extends Clock {
  timeout(span: Span): AbortSignal
  /** Wakes whoever sleeps until then, in the order of their moments; what each does is done before time goes on. */
  advanceTo(at: Instant): Promise<void>
  /** Lets everything run that waits for no time. */
  settle(): Promise<void>
  /** Calls when the moment has come; for the wire, whose waits nobody gives up. */
  at(moment: Instant, call: () => void): void
  /** How many wait for a moment. */
  readonly waiting: number
}

interface Sleeper {
  readonly at: Instant
  /** Who asked first is woken first. */
  readonly nth: number
  /** Null once it was given up. */
  wake: (() => void) | null
}

/** So many turns without rest are a loop that waits for nothing: a bug, and better said than run for ever. */
const turnsMax = 1_000_000

export function virtualClock(start: Instant): VirtualClock {
  let now = start
  let asked = 0
  let waiting = 0
  const sleepers = new TinyQueue<Sleeper>([], (left, right) => left.at - right.at || left.nth - right.nth)

  function enter(at: Instant, wake: () => void): Sleeper {
    asked += 1
    waiting += 1
    const sleeper: Sleeper = { at: Math.max(now, at), nth: asked, wake }
    sleepers.push(sleeper)
    return sleeper
  }

  function leave(sleeper: Sleeper): (() => void) | null {
    const { wake } = sleeper
    if (wake !== null) waiting -= 1
    sleeper.wake = null
    return wake
  }

  /**
   * Promises and ticks are through before the next turn of the loop; what is left is whoever asked for a turn of its own,
   * as a long judgement does between two batches. There is no other source of events: no socket, no timer, no thread.
   */
  async function settle(): Promise<void> {
    for (let turns = 0; turns < turnsMax; turns += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each turn must end before the next
      await turn()
      if (!process.getActiveResourcesInfo().includes('Immediate')) return
    }
    throw new Error('something takes turn after turn and comes to no end')
  }

  return {
    now: () => now,
    get waiting() {
      return waiting
    },
    settle,
    sleep(span, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(reasonOf(signal))
        const abort = (): void => {
          leave(sleeper)
          if (signal !== undefined) reject(reasonOf(signal))
        }
        const sleeper = enter(now + Math.max(0, span), () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        })
        signal?.addEventListener('abort', abort, { once: true })
      })
    },
    timeout(span) {
      const ending = new AbortController()
      enter(now + span, () => ending.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')))
      return ending.signal
    },
    at(moment, call) {
      enter(moment, call)
    },
    async advanceTo(at) {
      await settle()
      for (let next = sleepers.peek(); next !== undefined && next.at <= at; next = sleepers.peek()) {
        sleepers.pop()
        const wake = leave(next)
        if (wake === null) continue
        now = next.at
        wake()
        // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
        await settle()
      }
      now = Math.max(now, at)
    },
  }
}

/** Lets time go on until something is done, in steps; throws when it is not by then. */
export async function passUntil(clock: VirtualClock, done: Promise<unknown>, spanMax: Span): Promise<void> {
  const state = { isDone: false }
  const watched = done.finally(() => {
    state.isDone = true
  })
  // whoever awaits it below hears of its failure
  watched.catch(() => undefined)
  const end = clock.now() + spanMax
  await clock.settle()
  while (!state.isDone) {
    if (clock.now() >= end) throw new Error(`something did not come to its end within ${spanMax / 1000} s`)
    // oxlint-disable-next-line no-await-in-loop -- step by step
    await clock.advanceTo(Math.min(end, clock.now() + 1000))
  }
  await watched
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason : new Error(String(reason))
}
