/** Notices a page that has stopped drawing: a wall never shows a frozen screen as fresh. */
import type { Clock } from '../domain/clock.ts'
import { type Instant, type Span, seconds } from '../domain/time.ts'

/** The page's heart beats once a second; this much silence means that it hangs. */
export const silenceMax = seconds(2)
/** A page that was just loaded may take this long to its first beat. */
export const loadMax = seconds(10)
const lookEvery: Span = 250

export interface Watchdog {
  beat(): void
  /** A page is being loaded: it has `loadMax` to its first beat. */
  loading(): void
  stop(): void
}

/** Calls `hangs` once for each silence; the next one is counted from the loading that follows. */
export function watchPage(clock: Clock, hangs: () => void): Watchdog {
  const over = new AbortController()
  let mustBeatBy: Instant = clock.now() + loadMax

  async function watch(): Promise<void> {
    for (;;) {
      const before = clock.now()
      await clock.sleep(lookEvery, over.signal)
      // When we were late ourselves (a machine asleep or busy), the page could not be heard meanwhile.
      mustBeatBy += Math.max(0, clock.now() - before - 2 * lookEvery)
      if (clock.now() <= mustBeatBy) continue
      mustBeatBy = clock.now() + loadMax
      hangs()
    }
  }

  watch().catch((error: unknown) => {
    if (!over.signal.aborted) throw error
  })

  return {
    beat() {
      mustBeatBy = clock.now() + silenceMax
    },
    loading() {
      mustBeatBy = clock.now() + loadMax
    },
    stop: () => over.abort(),
  }
}
