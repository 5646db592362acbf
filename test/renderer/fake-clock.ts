/** A page clock that stands still until the test moves it. */
import { act } from '@testing-library/react'
import type { PageClock } from '../../src-renderer/clock.ts'

export interface FakePageClock extends PageClock {
  /** Moves on and ticks once, as a second that has passed does. */
  advance(ms: number): void
}

/** 2026-06-02 09:00:00 UTC */
export const someMorning = Date.UTC(2026, 5, 2, 9)

export function fakePageClock(start: number = someMorning): FakePageClock {
  const listeners = new Set<() => void>()
  let at = start
  return {
    now: () => at,
    onTick(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    advance(ms) {
      at += ms
      act(() => {
        for (const each of listeners) each()
      })
    },
  }
}
