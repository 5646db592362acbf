/** How late a platform's lists show what changed, by what came late: what they do not show yet is not read (DESIGN §3). */
import { type Instant, type Span, seconds } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'
import type { AnyStream } from './place.ts'
import type { Placed } from './rows.ts'

/** Of one reading that came to its end: what the next one meets late was not shown to it. */
export interface Walked {
  /** Our clock when it began. */
  readonly startedAt: Instant
  /** Ours less the platform's. */
  readonly clockOffsetMs: Span | null
}

/** Stamps and the platform's clock are told in whole seconds, and a request is on its way. */
const margin: Span = seconds(3)
/** A clock that was moved between two readings makes all that came in between look early or late. */
const movedMin: Span = seconds(5)
/** Readings that brought something, of which the latest of all counts: an hour of them at the usual pace. */
const keptMax = 12

/**
 * By how much the rows of a page, before they are kept, were too old not to have been shown to the reading before. Null:
 * nothing in it says so much. Only what the page itself holds, and is new to us: what was looked up is known already.
 */
export function latenessIn(
  { store, connection, stream }: { readonly store: Store; readonly connection: { readonly id: string }; readonly stream: AnyStream },
  placed: readonly Placed[],
  before: Walked | null,
  clockOffsetMs: Span | null,
): Span | null {
  if (stream.showsLate !== true || before === null || before.clockOffsetMs === null || clockOffsetMs === null) return null
  if (Math.abs(clockOffsetMs - before.clockOffsetMs) > movedMin) return null
  let latest: Span | null = null
  for (const { stream: name, record } of placed) {
    if (name !== stream.name || record.changedAt === null) continue
    const known = store.snapshots.get(connection.id, name, record.id)
    if (known?.record.changedAt === record.changedAt) continue
    const late = before.startedAt - (record.changedAt + clockOffsetMs)
    latest = Math.max(latest ?? 0, late > margin ? late : 0)
  }
  return latest
}

/** With what one more reading met; one that brought nothing says nothing. */
export function withLateness(kept: readonly Span[], latest: Span | null): readonly Span[] {
  return latest === null ? kept : [latest, ...kept].slice(0, keptMax)
}

/** Up to when a reading shows all there is. Behind its overlap nothing would be met again, however late it is shown. */
export function shownTo(startedAt: Instant, kept: readonly Span[], stream: AnyStream): Instant {
  return startedAt - Math.min(stream.overlapMs, Math.max(0, ...kept))
}
