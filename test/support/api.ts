/** Opens an Api for a test: a clock that never waits, seeded chance, and everything that was logged. */
import type { Chance, Clock } from '../../src-main/domain/clock.ts'
import { Secret } from '../../src-main/domain/secret.ts'
import { type ApiLogLine, type ApiOptions, openApi } from '../../src-main/engine/connectors/api.ts'
import type { Api } from '../../src-main/engine/connectors/definition.ts'

/** Time passes only by sleeping, at once; so back-off and pauses cost nothing and can be read off the clock. */
export interface SteppingClock extends Clock {
  readonly slept: readonly number[]
  advance(span: number): void
}

export function steppingClock(start: number): SteppingClock {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    advance(span) {
      now += span
    },
    async sleep(span, signal) {
      signal?.throwIfAborted()
      slept.push(span)
      now += span
    },
  }
}

/** The same row of numbers in every run. */
export function seededChance(): Chance {
  let state = 1
  let ids = 0
  return {
    fraction() {
      state = (state * 16_807) % 2_147_483_647
      return state / 2_147_483_647
    },
    id() {
      ids += 1
      return `id-${ids}`
    },
  }
}

export interface TestApi {
  readonly api: Api
  readonly clock: SteppingClock
  readonly log: readonly ApiLogLine[]
  readonly abort: (reason?: unknown) => void
}

export function openTestApi<Settings>(given: {
  readonly connector: ApiOptions<Settings>['connector']
  readonly settings: Settings
  readonly secrets: Readonly<Record<string, string>>
  /** Where the clock starts. */
  readonly at: number
}): TestApi {
  const clock = steppingClock(given.at)
  const log: ApiLogLine[] = []
  const stop = new AbortController()
  const api = openApi({
    connector: given.connector,
    settings: given.settings,
    secrets: Object.fromEntries(
      Object.entries(given.secrets).map(([name, value]) => [name, new Secret(value)]),
    ),
    clock,
    chance: seededChance(),
    signal: stop.signal,
    log: (line) => log.push(line),
  })
  return { api, clock, log, abort: (reason) => stop.abort(reason) }
}
