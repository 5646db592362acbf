/** Looks over the shoulder of a simulated engine: shows its notices, counts what stays unjudged, and tells at the end what was said when. */
import type { Instant, Span } from '../../src-main/domain/time.ts'
import { hours } from '../../src-main/domain/time.ts'
import type { IncidentRecord } from '../../src-main/engine/store/incidents.ts'
import type { Store } from '../../src-main/engine/store/store.ts'
import type { Pair } from '../../src-main/domain/pair.ts'
import { looksOf } from './pace.ts'
import type { Said } from './score.ts'

export interface Watch {
  /** After a step of time, when everybody is at rest. */
  look(store: Store, now: Instant): void
  readonly noticesAt: readonly Instant[]
  readonly notJudgedHealthy: readonly string[]
  /** All that was said, in the order of its opening. */
  saidIn(store: Store): readonly Said[]
}

/** Looks that find the same subject unjudged one after the other: once may be between two reads. */
const lookEvery = hours(1)
const shownMax = 1_000_000

export function openWatch(pair: Pair, pollMs: Span, { store: watched, now }: { readonly store: Store; readonly now: () => Instant }): Watch {
  const noticesAt: Instant[] = []
  const stuck = new Map<string, string>()
  const parts = new Map<string, Map<string, Instant[]>>()
  let before: ReadonlySet<string> = new Set()
  let lookedAt: Instant = 0

  listenForParts(watched, pair, now, parts)

  function lookForUnjudged(store: Store, at: Instant): void {
    const waiting = unjudgedThoughHealthy(store, pair, at, pollMs)
    for (const one of waiting) if (before.has(one)) stuck.set(one, one)
    before = waiting
  }

  return {
    noticesAt,
    get notJudgedHealthy() {
      return [...stuck.values()]
    },
    look(store, at) {
      for (const notice of store.notices.pending(at)) {
        noticesAt.push(notice.createdAt)
        store.transaction((tx) => store.notices.shown(tx, notice.id, at))
      }
      if (at - lookedAt < lookEvery) return
      lookedAt = at
      lookForUnjudged(store, at)
    },
    saidIn(store) {
      return store.incidents
        .list({ states: null, severities: null, rule: null, search: null }, shownMax, 0)
        .flatMap((incident) => spansOf(store, incident, parts.get(`${incident.rule} ${incident.subject.key}`) ?? new Map()))
        .toSorted((left, right) => left.openedAt - right.openedAt)
    },
  }
}

/** Both sides answer and were read lately, and what was due well before that is still not judged. */
function unjudgedThoughHealthy(store: Store, pair: Pair, now: Instant, pollMs: Span): ReadonlySet<string> {
  const sides = [pair.shop, pair.erp]
  if (sides.some((side) => store.connections.health(side).state !== 'ok')) return new Set()
  const covered = sides.flatMap((side) =>
    (['orders', 'stock'] as const).map((stream) => store.streams.coverage(side, stream).to),
  )
  const to = Math.min(...covered.map((at) => at ?? 0))
  if (to < now - 3 * pollMs) return new Set()
  // what a rule looks at may be read more seldom than orders: past where it was read, nothing can be judged
  const readTo = (rule: string): Instant => {
    const looks = looksOf(rule)
    const read = (['shop', 'erp'] as const).flatMap((side) => (looks[side] ?? []).map((stream) => store.streams.coverage(pair[side], stream).to ?? 0))
    return Math.min(to, ...read)
  }
  const groups = store.judgements.notJudged(pair.id, to)
  return new Set(
    groups.flatMap(({ rule, why }) =>
      store.judgements.notJudgedSubjects(pair.id, readTo(rule), { rule, why }, 1000).map((key) => `${rule} of ${key}: ${why}`),
    ),
  )
}

/** Listens to what becomes a part of a whole, and when: the wholes' own incidents say when the first did. */
function listenForParts(store: Store, pair: Pair, now: () => Instant, parts: Map<string, Map<string, Instant[]>>): void {
  const { savePart } = store.judgements
  const within = new Map<string, string>()
  Object.assign(store.judgements, {
    savePart(...told: Parameters<typeof savePart>) {
      const [, of, rule, key, is] = told
      const whole = is === null ? null : `${rule} ${is.whole}`
      const before = within.get(`${rule} ${key}`)
      if (whole === null) within.delete(`${rule} ${key}`)
      else if (of === pair.id && whole !== before) {
        within.set(`${rule} ${key}`, whole)
        const joined = parts.get(whole) ?? new Map<string, Instant[]>()
        parts.set(whole, joined.set(key, [...(joined.get(key) ?? []), now()]))
      }
      savePart(...told)
    },
  })
}

/** An incident's timeline, cut at each closing. */
function spansOf(store: Store, incident: IncidentRecord, parts: Said['parts']): readonly Said[] {
  const { rule, cause, amount, severity, says } = incident
  const subject = aboutOf(store, incident)
  const spans: Said[] = []
  for (const event of store.incidents.timeline(incident.id).toReversed()) {
    if (event.what === 'opened' || event.what === 'reopened') {
      spans.push({ rule, kind: subject.kind, key: subject.key, parts, cause, amount, severity, says: event.says, openedAt: event.at, closedAt: null })
    }
    const last = spans.at(-1)
    if (event.what === 'resolved' && last !== undefined) spans[spans.length - 1] = { ...last, cause: causeBefore(store, incident, event.at), closedAt: event.at }
  }
  return spans.length > 0 ? spans : [{ rule, kind: subject.kind, key: subject.key, parts, cause, amount, severity, says, openedAt: incident.openedAt, closedAt: incident.resolvedAt }]
}

/** What was told to be the cause when it was closed: what comes back later may have another. */
function causeBefore(store: Store, { id, pair, subject, cause }: IncidentRecord, closedAt: Instant): Said['cause'] {
  if (pair === null) return cause
  const then = store.past.incidents.about(pair, subject, closedAt - 1).find((one) => one.id === id)
  return then === undefined ? cause : then.cause
}

/** As the world names it: an incident about another is about what that one is. */
function aboutOf(store: Store, { subject }: IncidentRecord): IncidentRecord['subject'] {
  return subject.kind === 'incident' ? (store.incidents.get(subject.key)?.subject ?? subject) : subject
}
