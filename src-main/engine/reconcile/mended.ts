/** Reads again what the ERP holds of orders that were missing once: an ERP that deletes one again leaves no row behind for a reading to meet. */
import type { Pair } from '../../domain/pair.ts'
import { type Instant, type Span, days, minutes } from '../../domain/time.ts'
import type { Store } from '../store/store.ts'
import type { LookUp } from './absence.ts'
import { missingRules } from './lenses/flow.ts'

const watchedFor = days(7)
/** Asked with every run, and answered from the file: not more often than this. */
const lookEvery = minutes(1)
const rereadEvery = minutes(2)
/** The longer it has stood the less it is asked for: after an hour each two minutes, after a week each few hours. */
const share = 30
/** Orders whose documents are read again with one question; the others have their turn with the next. */
const ordersMax = 50

export function mendedOrders({ store, lookUp }: { readonly store: Store; readonly lookUp: LookUp }) {
  /** By pair: when it was looked at, and when each of its orders was read again. */
  const known = new Map<string, { readonly at: Instant; readonly readAt: ReadonlyMap<string, Instant> }>()

  /** What is gone is marked as such, and judged with what else has changed. */
  async function reread(pair: Pair, now: Instant): Promise<void> {
    const before = known.get(pair.id)
    if (!isOver(before?.at, lookEvery, now)) return
    const readAt = before?.readAt ?? new Map<string, Instant>()
    known.set(pair.id, { at: now, readAt })
    const { state } = store.connections.health(pair.erp)
    if (state === 'unreachable' || state === 'refused') return
    const mended = store.heads.mended(pair.id, missingRules, now - watchedFor)
    const due = mended
      .filter(({ key, resolvedAt }) => isOver(readAt.get(key), Math.max(rereadEvery, (now - resolvedAt) / share), now))
      .toSorted((left, right) => (readAt.get(left.key) ?? 0) - (readAt.get(right.key) ?? 0))
      .slice(0, ordersMax)
    const ids = due.flatMap(({ key }) =>
      store.claims.records(pair.id, key).flatMap(({ record, goneAt }) => (record.kind === 'erp-order' && goneAt === null ? [record.id] : [])),
    )
    const answer = ids.length === 0 ? null : await lookUp(pair.erp, 'id', [...new Set(ids)])
    const still = mended.flatMap(({ key }) => {
      const at = readAt.get(key)
      return at === undefined ? [] : [[key, at] as const]
    })
    // who does not answer is asked again with the next look: nothing is said of it meanwhile
    const read = answer?.ok === false ? [] : due.map(({ key }) => [key, now] as const)
    known.set(pair.id, { at: now, readAt: new Map([...still, ...read]) })
  }

  return { reread }
}

/** Also where the clock was put back. */
function isOver(before: Instant | undefined, span: Span, now: Instant): boolean {
  return before === undefined || now - before >= span || now < before
}
