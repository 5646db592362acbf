/** The shell's own reading of the machine's clock, passed in wherever time matters. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../domain/clock.ts'

/** Runs on through changes of the machine's time: spans are measured with it, instants are not. */
export const steadyClock: Clock = {
  now: () => Math.round(performance.now()),
  sleep: (span, signal) => sleep(span, undefined, signal === undefined ? {} : { signal }),
}

/** For the log only. */
export function wallTime(): string {
  return new Date().toISOString()
}
