/** Gathers this monitor itself: the last interval in which it was awake, and the break before it. */
import type { Subject } from '../../../domain/incident.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Store } from '../../store/store.ts'

export interface WatchSeen {
  readonly subject: Subject
  /** The last interval in which nobody watched; null where none is known. */
  readonly blind: { readonly from: Instant; readonly to: Instant } | null
  /** When it is judged, on our own clock. */
  readonly now: Instant
}

export function seeWatch(store: Store, now: Instant): WatchSeen {
  const [present, before] = store.watch.latest()
  return {
    subject: { kind: 'connection', connection: 'plumbline', key: 'plumbline' },
    blind: present === undefined || before === undefined ? null : { from: before.until, to: present.from },
    now,
  }
}
