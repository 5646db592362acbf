/** What befalls the monitor itself: of this the lying world knows nothing. */
import type { Machine } from '../suspended.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import type { Truth } from '../../../src-main/world/world.ts'

export interface DeskScenario {
  readonly name: string
  readonly says: string
  /** Why the twin is fine. */
  readonly twin: string
  /** Detectors that must wake. */
  readonly rules: readonly string[]
  readonly play: (parts: DeskParts) => Played
}

export interface DeskParts {
  readonly seed: number
  readonly startedAt: Instant
  readonly machine: Machine
}

export interface Played {
  /** After a step of time; never waits. */
  act(now: Instant): void
  /** What follows from it, beside what the world knows. */
  labels(): Labels
  /** When the computer was asleep, where it was. */
  slept?(): readonly { readonly from: Instant; readonly to: Instant }[]
}

export type Labels = Pick<Truth, 'planted' | 'innocents' | 'excused'>
type Planted = Labels['planted'][number]

export function labelled(scenario: string, given: Pick<Planted, 'rule' | 'subject' | 'plantedAt' | 'findableAt' | 'healedAt'>): Planted {
  return { scenario, pattern: 'F12', amount: null, cause: null, critical: false, ...given }
}
