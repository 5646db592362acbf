/** When a side, or a stream of it, showed nothing, and from when on what it hid could be known: nobody finds what is not shown. */
import { type Instant, type Span, minutes, seconds } from '../../src-main/domain/time.ts'
import type { Planted, Truth } from '../../src-main/world/world.ts'
import { ourselves } from './ourselves.ts'

/** What a monitor may take beyond its paces. */
export const tolerance: Span = seconds(1)

/** What of a run says when a monitor could look, and how often what a rule looks at is read. */
interface Looking {
  readonly endedAt: Instant
  readonly troubles: readonly { readonly connection: string; readonly from: Instant; readonly to: Instant | null }[]
  /** What was asked and came to grief on the wire, until it was answered after all. */
  readonly slips: readonly { readonly from: Instant; readonly to: Instant | null }[]
  readonly paceOf: (rule: string, key?: string) => Span
  readonly streamsOf: (rule: string) => readonly string[]
}

export interface Blind {
  readonly from: Instant
  readonly to: Instant
  /** The only one that is not answered; null: none is. */
  readonly stream: string | null
  /** The monitor itself slept: what befell a connection meanwhile it did not see either. */
  readonly isOurs: boolean
}

/** A side, or a stream of it, that answers nobody shows nothing: by the world's own word, never by the monitor's. */
export function blindTimes(truth: Truth, { troubles, endedAt }: Looking): readonly Blind[] {
  const whole = truth.planted.filter(({ subject, pattern }) => subject.kind === 'connection' && subject.key !== ourselves && pattern !== 'F11')
  // what is read slowly is known late by so much, as the platform has it
  const streams = truth.planted.filter(({ rule }) => rule === 'F11-stream-stale' || rule === 'F11-sync-slow')
  // when a clock is moved, what its platform wrote before is taken for some minutes later or earlier until the next reading
  const moved = truth.planted.flatMap(({ rule, plantedAt, healedAt }) => (rule === 'F11-clock-differs' ? [plantedAt, ...(healedAt === null ? [] : [healedAt])] : []))
  const times = [
    ...troubles.map(({ connection, from, to }) => ({ from, to, stream: null, isOurs: connection === ourselves })),
    ...whole.map(({ plantedAt, healedAt }) => ({ from: plantedAt, to: healedAt, stream: null, isOurs: false })),
    ...moved.map((at) => ({ from: at, to: at, stream: null, isOurs: false })),
    ...streams.map(({ plantedAt, healedAt, subject }) => ({ from: plantedAt, to: healedAt, stream: subject.key, isOurs: false })),
  ]
  return times.map((one) => ({ ...one, to: one.to ?? endedAt })).toSorted((left, right) => left.from - right.from)
}

/** A side that is back is asked again within the longest back-off, and then read once. */
const backOffMax: Span = minutes(5)

export function afterBlindness(planted: Planted, latest: Instant, blind: readonly Blind[], looking: Looking): Instant {
  const { paceOf, streamsOf } = looking
  const { kind, key } = planted.subject
  if (kind === 'connection' && key === ourselves) return latest
  const hides = ({ stream, isOurs }: Blind): boolean => (kind === 'connection' ? isOurs : stream === null || streamsOf(planted.rule).includes(stream))
  const seeing = blind.filter(hides).reduce(
    (at, { from, to }) => (from <= at && planted.findableAt <= to ? Math.max(at, to + backOffMax + paceOf(planted.rule) + tolerance) : at),
    latest,
  )
  // who asks in vain knows at once that a side is gone
  return kind === 'connection' ? seeing : afterSlips(seeing, looking)
}

/** A reading under way when time was up, of which a question got no answer, ends when it is asked again and answered. */
function afterSlips(latest: Instant, { slips }: Looking): Instant {
  return slips
    .toSorted((left, right) => left.from - right.from)
    .reduce((at, { from, to }) => (from <= at && to !== null && at < to + tolerance ? Math.max(at, Math.min(to, from + backOffMax) + tolerance) : at), latest)
}
