/** What must be done every now and then for weeks: say that we are awake, wake what was snoozed, watch replays, drop history. */
import type { Clock } from '../domain/clock.ts'
import { type Span, days, hours, minutes } from '../domain/time.ts'
import type { Log } from './log.ts'
import type { Tx } from './store/database.ts'
import type { Store } from './store/store.ts'

export interface ChoreParts {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  readonly retentionDays: () => number
  /** Looks again at what was replayed in the last days. */
  readonly watch: () => Promise<unknown>
  /** In the transaction that woke them: a person asked to be reminded. */
  readonly tell: (tx: Tx, woken: readonly string[]) => void
  readonly woke: () => void
  /** Puts on its way what nobody reacted to, and the digest. */
  readonly escalate: () => void
  /** Takes what waits through its channel. */
  readonly deliver: () => Promise<unknown>
  /** Notices that were kept back may be told. */
  readonly released: () => void
}

/** Rows dropped in one go, and the rest between two: a question from a screen never waits for a big clear-out. */
const pruneMax = 2000
const pruneRest = 100

/** A break longer than this between two minutes is one in which nobody watched: asleep, closed, or hung. */
const breakMax = minutes(3)

/** Until `signal`: one chore that fails is told, and keeps neither the others nor its own next time from being done. */
export async function doChores(parts: ChoreParts): Promise<void> {
  // a watch asks platforms and takes its time; nobody's reminder waits for it
  await Promise.all([
    every(parts, minutes(1), [async () => noteWatch(parts), async () => wakeSnoozed(parts), async () => releaseNotices(parts), async () => parts.escalate()]),
    // a mail server may take its time, too
    every(parts, minutes(1), [parts.deliver]),
    every(parts, hours(1), [() => pruneHistory(parts), parts.watch]),
  ])
}

async function every(parts: ChoreParts, span: Span, chores: readonly (() => Promise<unknown>)[]): Promise<void> {
  const { clock, log, signal } = parts
  while (!signal.aborted) {
    for (const chore of chores) {
      try {
        await chore()
      } catch (error) {
        // the disk may be full or the file busy for a while; an abort is the engine's own end
        if (!signal.aborted) log.error('chore-failed', {}, error)
      }
    }
    // ends early only when the engine stops
    await clock.sleep(span, signal).catch(() => undefined)
  }
}

function noteWatch({ store, clock }: ChoreParts): void {
  store.transaction((tx) => store.watch.note(tx, clock.now(), breakMax))
}

function wakeSnoozed({ store, clock, tell, woke }: ChoreParts): void {
  const now = clock.now()
  const due = store.incidents.awake(now)
  if (due.length === 0) return
  store.transaction((tx) => {
    for (const { id } of due) {
      const says = 'The time it was put aside for is over.'
      store.incidents.move(tx, id, { state: 'open', until: null, who: 'Plumbline', says, at: now })
    }
    tell(tx, due.map(({ id }) => id))
  })
  woke()
}

/** Told within a round of the moment they were kept back until. */
function releaseNotices({ store, clock, released }: ChoreParts): void {
  const now = clock.now()
  if (store.notices.released(now - minutes(2), now) > 0) released()
}

async function pruneHistory({ store, clock, signal, retentionDays }: ChoreParts): Promise<void> {
  const before = clock.now() - days(retentionDays())
  const drops: readonly ((tx: Tx) => number)[] = [
    (tx) => store.snapshots.pruneHistory(tx, before, pruneMax),
    (tx) => store.past.prune(tx, before, pruneMax),
    (tx) => store.past.thin(tx, clock.now(), pruneMax),
    (tx) => store.tickets.prune(tx, before, pruneMax),
  ]
  for (const drop of drops) {
    // oxlint-disable-next-line no-await-in-loop -- others get a turn between two helpings
    while (store.transaction(drop) === pruneMax) await clock.sleep(pruneRest, signal)
  }
}
