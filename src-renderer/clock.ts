/** The page's one clock: it ticks once a second for everything that shows an age, and only while something does. */
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Instant, Span } from '../src-main/domain/time.ts'

export interface PageClock {
  now(): Instant
  /** Calls back at each tick until the returned function is called. */
  onTick(listener: () => void): () => void
}

/** One timer however many listeners there are; none while there are none. */
export function pageClock(now: () => Instant, everyMs: Span = 1000): PageClock {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | null = null
  return {
    now,
    onTick(listener) {
      listeners.add(listener)
      timer ??= setInterval(() => {
        for (const each of listeners) each()
      }, everyMs)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && timer !== null) {
          clearInterval(timer)
          timer = null
        }
      }
    },
  }
}

export const systemPageClock: PageClock = pageClock(() => Date.now())

export const PageClockContext = createContext<PageClock>(systemPageClock)

/** What the clock says in the asker's own words; the asker is drawn again only when these change. */
export function useClock<T extends string | number | boolean | null>(tell: (now: Instant) => T): T {
  const clock = useContext(PageClockContext)
  return useSyncExternalStore(clock.onTick, () => tell(clock.now()))
}

export function usePageClock(): PageClock {
  return useContext(PageClockContext)
}
