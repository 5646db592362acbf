/** The one file that reads the machine's clock and its randomness. */
import { setTimeout as sleep } from 'node:timers/promises'
import { ulid } from 'ulid'
import type { Chance, Clock } from '../domain/clock.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (span, signal) => sleep(span, undefined, signal === undefined ? {} : { signal }),
}

export const systemChance: Chance = {
  fraction: () => Math.random(),
  id: () => ulid(),
}
