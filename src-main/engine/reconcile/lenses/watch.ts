/** Gathers this monitor itself: the breaks in which it did not watch. */
import type { Subject } from '../../../domain/incident.ts'
import type { Instant, Span } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'
import type { Break } from '../../store/watch.ts'

export interface WatchSeen {
  readonly subject: Subject
  /** The last break of at least such a length: shorter ones since then do not make up for it. Null where none is known. */
  readonly blindFor: (lengthMin: Span) => Break | null
  /** When it is judged, on our own clock. */
  readonly now: Instant
}

export function seeWatch(store: Store, now: Instant): WatchSeen {
  return {
    subject: { kind: 'connection', connection: 'plumbline', key: 'plumbline' },
    blindFor: (lengthMin) => store.watch.latestBreak(lengthMin),
    now,
  }
}
