/** Gathers one connection: whether it can be read, how its calls end, how far its clock is off, and how much waits for it. */
import type { Connection, ConnectionState } from '../../../domain/connection.ts'
import { type FaultClass, type HeldPolicy, faultClasses } from '../../../domain/fault.ts'
import { type Subject, severities } from '../../../domain/incident.ts'
import type { StreamName } from '../../../domain/records.ts'
import { type Instant, type Span, minutes } from '../../../domain/time.ts'
import { type CallCounts, minuteOf } from '../../store/calls.ts'
import type { Store } from '../../store/store.ts'
import { actorOf, heldPolicies } from '../fault-policies.ts'

/** A class of faults as it is held here, with who acts on it in words. */
export interface HeldFault {
  readonly class: FaultClass
  readonly policy: HeldPolicy
  readonly who: string
}

/** How often calls ended in a class of faults, in the window of its policy. */
export interface FaultRate extends HeldFault {
  readonly count: number
  /** All calls of that window. */
  readonly calls: number
}

export interface ConnectionSeen {
  readonly subject: Subject
  readonly label: string
  readonly state: ConnectionState
  readonly since: Instant | null
  /** How long it has been so. */
  readonly stateMs: Span
  /** In words, as the poll room put it. */
  readonly says: string | null
  readonly clockOffsetMs: Span | null
  /** Classes that occurred; what passes by itself is counted only while the platform answers others. */
  readonly faults: readonly FaultRate[]
  /** Calls that failed in the last quarter of an hour, without those of the minute in which most did and the one after it. */
  readonly failedApart: number
  /** Some streams fail each time since they began to, and all others never: it is those streams, and not the calls. */
  readonly failsByStream: boolean
  /** An incident about its failing calls stands. */
  readonly callsFail: boolean
  /** Of the last quarter of an hour, while it answered: calls that it answered well, that were cut for want of an answer, that were sent again, and all. */
  readonly answered: number
  readonly timeOuts: number
  readonly retries: number
  readonly calls: number
  /** What ended the latest passes, while it cannot be read. */
  readonly blindBy: readonly HeldFault[]
  /** Subjects of all its pairs that could not be judged by now. */
  readonly notJudged: number
}

export function seeConnection(store: Store, connection: Connection, now: Instant): ConnectionSeen {
  const health = store.connections.health(connection.id)
  const pairs = store.pairs.list().filter((pair) => pair.shop === connection.id || pair.erp === connection.id)
  const lately = store.calls.whileAnswering(connection.id, now - retryWindow)
  const faults = faultRates(store, connection.id, now)
  const told = callsFail(store, connection.id)
  const retries = lately.get('again') ?? 0
  return {
    subject: { kind: 'connection', connection: connection.id, key: connection.id },
    label: connection.label,
    state: health.state,
    since: health.since,
    stateMs: now - (health.since ?? now),
    says: health.says,
    clockOffsetMs: health.clockOffsetMs,
    faults,
    failedApart: faults.length === 0 ? 0 : failedApart(store, connection.id, now),
    // asked with every look: where all is well there is nothing to tell apart
    failsByStream: faults.length + retries > 0 && failsByStream(store, connection.id, told, now),
    callsFail: told,
    answered: lately.get('ok') ?? 0,
    timeOuts: lately.get('time-out') ?? 0,
    retries,
    calls: callsIn(lately),
    blindBy: health.state === 'unreachable' || health.state === 'refused' ? blindBy(store, connection.id) : [],
    notJudged: pairs.reduce(
      (sum, pair) =>
        sum + store.judgements.notJudged(pair.id, now).reduce((count, row) => count + row.count, 0),
      0,
    ),
  }
}

const retryWindow = minutes(15)
/** A stream that fails by itself fails for a while. */
const lastingMin = minutes(10)
/** The rule that tells of a connection whose calls fail. */
const failedCalls = 'F03-failed-calls'
/** The rule that tells of a stream that fails by itself. */
const staleStream = 'F11-stream-stale'

/** Whether it is told of the connection as a whole that too many calls to it fail. */
export function callsFail(store: Store, connection: string): boolean {
  const told = store.incidents.find(null, failedCalls, { kind: 'connection', connection, key: connection })
  return told !== null && told.state !== 'resolved'
}

/** Of several classes that one incident is about, the one that asks for most. */
export function gravestOf<T extends HeldFault>(classes: readonly T[]): T | null {
  const bySeverity = (a: T, b: T): number => severities.indexOf(a.policy.severity) - severities.indexOf(b.policy.severity)
  return classes.toSorted((a, b) => bySeverity(a, b) || a.policy.slaMinutes - b.policy.slaMinutes)[0] ?? null
}

/** `finance, within 24 hours`: of work, where it is not critical. */
export function within({ who, policy }: HeldFault): string {
  const { slaMinutes } = policy
  return `${who}, within ${slaMinutes % 60 === 0 ? `${slaMinutes / 60} hours` : `${slaMinutes} minutes`}`
}

function failedApart(store: Store, connection: string, now: Instant): number {
  const failed = store.calls.failures(connection, now - retryWindow)
  const around = (minute: Instant): number => failed.reduce((sum, one) => (one.minute === minute || one.minute === minute + minutes(1) ? sum + one.total : sum), 0)
  const all = failed.reduce((sum, one) => sum + one.total, 0)
  return all - Math.max(0, ...failed.map((one) => around(one.minute)))
}

function faultRates(store: Store, connection: string, now: Instant): readonly FaultRate[] {
  const windows = new Map<string, CallCounts>()
  const policies = heldPolicies(store)
  return faultClasses.flatMap((name) => {
    const policy = policies[name]
    const key = `${policy.windowMinutes} ${policy.shareMin > 0}`
    const from = now - minutes(policy.windowMinutes)
    const counts = windows.get(key) ?? (policy.shareMin > 0 ? store.calls.whileAnswering(connection, from) : store.calls.since(connection, from))
    windows.set(key, counts)
    const count = counts.get(name) ?? 0
    return count === 0 ? [] : [{ class: name, policy, who: actorOf(store, policy), count, calls: callsIn(counts) }]
  })
}

/** Once it is told that calls fail, a while in which the others were lucky does not make it one stream’s own. */
function failsByStream(store: Store, connection: string, told: boolean, now: Instant): boolean {
  const from = now - (told ? 3 : 1) * retryWindow
  const streams = store.streams.coverages(connection).map(({ stream }) => ({ stream, ...store.streams.ends(connection, stream, from) }))
  const failing = streams.filter((one) => one.firstFailed !== null)
  // whoever was read to the end after it had failed fails now and then, as calls do; unless it was told to fail by itself, and is over it
  const forGood = failing.every((one) => one.lastComplete === null || one.lastComplete < (one.firstFailed ?? 0) || wasStale(store, connection, one.stream, from))
  if (failing.length === 0 || !forGood || !streams.some((one) => one.firstFailed === null && one.lastComplete !== null)) return false
  if (told && failing.some((one) => now - (one.firstFailed ?? now) < lastingMin)) return false
  return shareIn(store, connection, new Set(failing.map((one) => one.stream)), from) >= (told ? 90 : 50)
}

function wasStale(store: Store, connection: string, stream: StreamName, since: Instant): boolean {
  const told = store.incidents.find(null, staleStream, { kind: 'stream', connection, key: stream })
  return told !== null && (told.state !== 'resolved' || (told.resolvedAt ?? 0) >= since)
}

/** Out of a hundred calls that failed: how many did so while one of these streams was read in vain, and not while others were. */
function shareIn(store: Store, connection: string, streams: ReadonlySet<StreamName>, from: Instant): number {
  const inVain = store.streams.passesSince(connection, from).filter((pass) => !pass.complete && streams.has(pass.stream))
  const failures = store.calls.failures(connection, from)
  const all = failures.reduce((sum, { total }) => sum + total, 0)
  const theirs = failures
    .filter(({ minute }) => inVain.some((pass) => minuteOf(pass.startedAt) <= minute && minute <= pass.endedAt))
    .reduce((sum, { total }) => sum + total, 0)
  return all === 0 ? 100 : (100 * theirs) / all
}

function callsIn(counts: CallCounts): number {
  return [...counts].reduce((sum, [what, count]) => (what === 'time-out' || what === 'again' ? sum : sum + count), 0)
}

function blindBy(store: Store, connection: string): readonly HeldFault[] {
  const ended = store.streams.coverages(connection).flatMap(({ stream }) => Object.keys(store.streams.lastPass(connection, stream)?.faults ?? {}))
  const policies = heldPolicies(store)
  return faultClasses
    .filter((name) => ended.includes(name))
    .map((name) => ({ class: name, policy: policies[name], who: actorOf(store, policies[name]) }))
}
