/** What is going to happen, in order of time; what is planned for one moment happens in the order it was planned in. */
import TinyQueue from 'tinyqueue'
import type { Instant } from '../world.ts'

export interface Agenda {
  /** True time: of what happens just now, else up to where the world has gone on. */
  now(): Instant
  /** What is planned for the past happens at once when time goes on. */
  at(when: Instant, happens: () => void): void
  after(spanMs: number, happens: () => void): void
  /** What is left of a span at this world's pace. */
  paced(spanMs: number): number
  nextAt(): Instant | null
  /** Throws when asked to go back. */
  advance(to: Instant): void
}

interface Entry {
  readonly at: Instant
  readonly turn: number
  readonly happens: () => void
}

/** `pace`: how many times faster than in life everything goes that takes its time; hours of the day stay what they are. */
export function openAgenda(startAt: Instant, pace = 1): Agenda {
  const queue = new TinyQueue<Entry>([], (left, right) => left.at - right.at || left.turn - right.turn)
  let now = startAt
  let turn = 0

  function at(when: Instant, happens: () => void): void {
    turn += 1
    queue.push({ at: Math.max(when, now), turn, happens })
  }

  const paced = (spanMs: number): number => Math.round(spanMs / pace)

  return {
    now: () => now,
    at,
    after: (spanMs, happens) => at(now + paced(spanMs), happens),
    paced,
    nextAt: () => queue.peek()?.at ?? null,
    advance(to) {
      if (to < now) throw new Error('The world does not go back in time.')
      for (let next = queue.peek(); next !== undefined && next.at <= to; next = queue.peek()) {
        queue.pop()
        now = next.at
        next.happens()
      }
      now = to
    },
  }
}
