/** How a connection is, from the latest passes over its streams, in a sentence for an owner. Pure. */
import type { ConnectionState, Pass } from '../../domain/connection.ts'
import { type Fault, type FaultClass, faultClasses } from '../../domain/fault.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Instant, Span } from '../../domain/time.ts'

export interface StreamHealth {
  readonly stream: StreamName
  /** The latest; null before the first. */
  readonly pass: Pass | null
  /** What ended it, where that is still known; a restart forgets it and keeps the class. */
  readonly fault: Fault | null
  readonly coveredTo: Instant | null
  /** Rows that could not be read and are still there. */
  readonly quarantined: number
}

export interface Health {
  readonly state: ConnectionState
  /** What happened, what it means for the orders, what to do; null when all is well. */
  readonly says: string | null
}

export interface HealthGiven {
  /** The connection's own label. */
  readonly label: string
  readonly streams: readonly StreamHealth[]
  readonly now: Instant
  /** Between two readings of what is near real time. */
  readonly pollMs: Span
  /** In which times are told, as `Europe/Paris`. */
  readonly zone: string
}

interface Failing extends StreamHealth {
  readonly pass: Pass
  readonly because: FaultClass
}

export function healthOf(given: HealthGiven): Health {
  const failing = given.streams.flatMap((one) => failingOf(one))
  if (given.streams.every((one) => one.pass === null)) return { state: 'new', says: null }
  if (failing.length > 0) {
    const refused = failing.find((one) => one.because === 'credentials')
    if (refused !== undefined && nothingSince(given, refused)) {
      return { state: 'refused', says: outage(given, refused) }
    }
    const silent = failing.find((one) => one.because === 'unreachable')
    if (silent !== undefined && nothingLately(given, silent)) {
      return { state: 'unreachable', says: outage(given, silent) }
    }
    if (everythingFails(given, failing)) {
      const worst = failing.toSorted((left, right) => faultClasses.indexOf(left.because) - faultClasses.indexOf(right.because))[0]
      const refusal = failing.every((one) => one.because === 'permission')
      if (worst !== undefined) return { state: refusal ? 'refused' : 'unreachable', says: outage(given, worst) }
    }
    return { state: 'partial', says: gap(given, failing) }
  }
  return withoutFault(given)
}

function withoutFault(given: HealthGiven): Health {
  const unread = given.streams.filter((one) => one.coveredTo === null)
  if (unread.length > 0) {
    return {
      state: 'partial',
      says: `${given.label} is being read for the first time: ${list(unread)}. What depends on it is not judged until that is done; nothing needs to be done.`,
    }
  }
  const bad = given.streams.filter((one) => one.quarantined > 0)
  if (bad.length > 0) {
    const counts = bad.map((one) => `${one.quarantined} of its ${words[one.stream]}`).join(', ')
    return {
      state: 'partial',
      says: `${given.label} holds rows that cannot be read: ${counts}. They are left out and not judged; everything else is. They are tried again each time; if they stay, tell support.`,
    }
  }
  const behind = given.streams.filter((one) => one.pass !== null && !one.pass.complete)
  if (behind.length > 0) {
    return {
      state: 'partial',
      says: `${given.label} has a lot of news: ${list(behind)} are still being read. Until then nothing newer is judged; nothing needs to be done.`,
    }
  }
  return { state: 'ok', says: null }
}

function failingOf(one: StreamHealth): Failing[] {
  if (one.pass === null || one.pass.complete) return []
  const { faults } = one.pass
  const because = one.fault?.class ?? faultClasses.find((name) => faults[name] !== undefined)
  return because === undefined ? [] : [{ ...one, pass: one.pass, because }]
}

/** Whether any stream was read to its end after this one failed: then the platform answers and lets us in. */
function nothingSince(given: HealthGiven, failed: Failing): boolean {
  return !given.streams.some((one) => one.pass?.complete === true && one.pass.startedAt >= failed.pass.startedAt)
}

/**
 * The same, and none in the round before it either: where one stream is not answered again and again, the others are held
 * up with it until the next round, which reads them. A little less than a round, so that a platform that is down is known
 * to be when the next one begins.
 */
function nothingLately(given: HealthGiven, failed: Failing): boolean {
  const since = failed.pass.startedAt - 0.95 * given.pollMs
  return !given.streams.some((one) => one.pass?.complete === true && one.pass.startedAt >= since)
}

/**
 * Whether the platform as a whole fails, though it says so in other ways. One stream of several is not enough: it may be
 * the only one, and the next pass over another tells.
 */
function everythingFails(given: HealthGiven, failing: readonly Failing[]): boolean {
  if (failing.length === given.streams.length) return true
  const oldest = failing.toSorted((left, right) => left.pass.startedAt - right.pass.startedAt)[0]
  return failing.length >= 2 && oldest !== undefined && nothingLately(given, oldest)
}

function outage(given: HealthGiven, failed: Failing): string {
  const what = failed.fault?.says ?? plain(given.label, failed.because)
  const orders = given.streams.find((one) => one.stream === 'orders') ?? failed
  if (orders.coveredTo === null) return `${what} No orders of ${given.label} have been read yet, so none are judged.`
  const since = moment(orders.coveredTo, given)
  return `${what} Since ${since} nothing of ${given.label} was read; orders placed since then are not judged.`
}

function gap(given: HealthGiven, failing: readonly Failing[]): string {
  const first = failing[0]
  if (first === undefined) return ''
  const what = first.fault?.says ?? plain(given.label, first.because)
  const since = first.coveredTo === null ? 'have never been read' : `were last complete at ${moment(first.coveredTo, given)}`
  const orders = failing.some((one) => one.stream === 'orders')
  const meaning = orders
    ? 'orders placed since then are not judged.'
    : 'what depends on them is not judged since then; everything else is.'
  return `${what} The ${list(failing)} of ${given.label} ${since}: ${meaning}`
}

const words: Readonly<Record<StreamName, string>> = {
  orders: 'orders',
  payments: 'payments',
  refunds: 'refunds',
  fulfilments: 'fulfilments',
  stock: 'stock levels',
  products: 'products',
  customers: 'customers',
  invoices: 'invoices',
  'credit-notes': 'credit notes',
  shipments: 'shipments',
  returns: 'returns',
  payouts: 'payouts',
}

function list(streams: readonly { readonly stream: StreamName }[]): string {
  const names = streams.map((one) => words[one.stream])
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

/** For a fault from before a restart, of which only the class is known. */
function plain(label: string, because: FaultClass): string {
  switch (because) {
    case 'credentials':
      return `${label} did not accept the credentials. Enter them anew under Connections.`
    case 'permission':
      return `${label} does not let this user read everything. Give it the missing right there.`
    case 'unreachable':
      return `${label} cannot be reached. Check the network and whether its server runs.`
    case 'temporary':
    case 'rate-limited':
      return `${label} has trouble answering. Reading is tried again by itself.`
    default:
      return `${label} does not answer as expected. Check the settings of the connection.`
  }
}

/** `14:02` today, `22 Nov, 14:02` before. */
function moment(at: Instant, { now, zone }: HealthGiven): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' })
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false })
  return day.format(at) === day.format(now) ? time.format(at) : `${day.format(at)}, ${time.format(at)}`
}
