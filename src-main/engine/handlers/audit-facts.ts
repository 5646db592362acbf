/** Gathers what the audit page is answered from, out of every room: the answers themselves are pure. */
import { dayOf } from '../../domain/business-day.ts'
import type { Connection } from '../../domain/connection.ts'
import { faultClasses } from '../../domain/fault.ts'
import { isLoopback } from '../../domain/loopback.ts'
import type { Severity } from '../../domain/incident.ts'
import { type Pair, type RuleSetting, isOnThroughout } from '../../domain/pair.ts'
import { streamNames } from '../../domain/records.ts'
import { type Instant, days, hours } from '../../domain/time.ts'
import { verifyTrail } from '../audit/chain.ts'
import type { AuditFacts, ConnectionFacts, PairFacts } from '../audit/page-facts.ts'
import { zoneOf } from '../reconcile/close/looks.ts'
import { catalogue } from '../reconcile/registry.ts'
import { heldBy } from '../reconcile/rule-settings.ts'
import { stalenessOf } from '../reconcile/staleness.ts'
import { type Rooms, settingsOf } from './rooms.ts'

const overridesMax = 10_000

export function auditFacts(rooms: Rooms): AuditFacts {
  const { store, clock } = rooms
  const now = clock.now()
  const settings = settingsOf(store)
  const pairs = store.pairs.list()
  const isKnown = ({ owner }: { readonly owner: string | null }): boolean => owner !== null && store.people.owner(owner) !== null
  const owners = pairs.flatMap((pair) => Object.values(pair.settings.rules)).filter((rule) => [rule, ...Object.values(rule.markets)].some(isKnown))
  const { intact, entries, says } = verifyTrail(store)
  const states = (['verified', 'unclear'] as const).map((state) => store.intents.inState(state).length)
  return {
    now,
    pairs: pairs.map((pair) => pairFacts(rooms, pair, now)),
    connections: store.connections.list().map((one) => connectionFacts(rooms, one, now)),
    open: new Map(store.incidents.countsByRule().map((row) => [row.rule, row.count])),
    closed30d: { evidence: store.heads.closedSince(now - days(30), 'evidence'), ruleOff: store.heads.closedSince(now - days(30), 'rule-off') },
    orders24h: [...new Set(pairs.map((pair) => pair.shop))].reduce((sum, shop) => sum + store.snapshots.flow(shop, 'orders', now - hours(24), hours(24)).reduce((all, row) => all + row.count, 0), 0),
    notJudged: notJudgedOf(store, now),
    people: store.people.people().length,
    roles: store.people.roles().length,
    ownedRules: owners.length,
    notices: settings.notices,
    quiet: settings.quiet,
    channels: store.channels.list().filter((channel) => channel.enabled).map((channel) => channel.label),
    repairs: settings.repairs,
    replays: { total: store.intents.count(), verified: states[0] ?? 0, unclear: states[1] ?? 0 },
    overrides90d: store.duties.overridesSince(now - days(90), overridesMax).length,
    late: store.duties.lateCount(now),
    retentionDays: settings.retentionDays,
    trail: { intact, entries, says },
  }
}

/** A rule may have many reasons. */
function notJudgedOf(store: Rooms['store'], now: Instant): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { rule, count } of store.judgements.notJudged(null, now)) counts.set(rule, (counts.get(rule) ?? 0) + count)
  return counts
}

function asleepIn(pair: Pair): ReadonlySet<string> {
  return new Set([...catalogue.values()].flatMap((rule) => (rule.asleep?.(pair.settings, heldBy(rule, pair, null).params) === true ? [rule.id] : [])))
}

/** By its own weight: what somebody says of it while it is off, it is still that. */
function isGrave(rule: { readonly severity: Severity }, set: RuleSetting | undefined): boolean {
  return rule.severity === 'critical' || set?.severity === 'critical'
}

function pairFacts({ store, zone }: Rooms, pair: Pair, now: Instant): PairFacts {
  const labelOf = (id: string): string => store.connections.get(id)?.label ?? id
  const reads = (connection: string) => new Set(streamNames.filter((stream) => store.streams.coverage(connection, stream).to !== null))
  const states = store.stock.states(pair.id)
  return {
    id: pair.id,
    label: `${labelOf(pair.shop)} with ${labelOf(pair.erp)}`,
    shop: pair.shop,
    erp: pair.erp,
    settings: pair.settings,
    asleep: asleepIn(pair),
    graveOff: [...catalogue.values()].flatMap((rule) => (isGrave(rule, pair.settings.rules[rule.id]) && !isOnThroughout(pair.settings.rules[rule.id]) ? [rule.title] : [])),
    shopReads: reads(pair.shop),
    erpReads: reads(pair.erp),
    days: lastWeek(store, pair, zoneOf(pair, zone), now),
    stock: {
      watched: states.length,
      behind: states.filter((state) => state.behindSince !== null).length,
      p95Ms: stalenessOf(store.stock.recent(pair.id, now - days(1)), now).p95Ms,
    },
  }
}

/** Each currency of a day is signed by itself. */
function lastWeek(store: Rooms['store'], pair: Pair, zone: string, now: Instant): PairFacts['days'] {
  const { signOffFrom } = pair.settings
  if (signOffFrom === null) return { wanted: 0, signed: 0, reopened: 0 }
  const from = dayOf(now - days(7), zone)
  const wanted = store.businessDays.since(pair.id, from > signOffFrom ? from : signOffFrom).flatMap(({ day, figures }) => figures.map(({ currency }) => ({ day, currency })))
  const signed = wanted.flatMap(({ day, currency }) => store.signOffs.get(pair.id, day, currency) ?? [])
  return { wanted: wanted.length, signed: signed.length, reopened: signed.filter((one) => one.reopenedAt !== null).length }
}

function connectionFacts({ store }: Rooms, connection: Connection, now: Instant): ConnectionFacts {
  const { id, label, role } = connection
  const secret = store.connections.secretOf(id)
  const counts = store.calls.since(id, now - hours(24))
  const faults = Object.fromEntries(faultClasses.flatMap((name) => (counts.has(name) ? [[name, counts.get(name) ?? 0]] : [])))
  return {
    id,
    label,
    role,
    state: store.connections.health(id).state,
    transport: isHere(connection) ? 'this computer' : 'tls',
    secret: secret.where,
    secretSetAt: secret.setAt,
    calls24h: [...counts].reduce((sum, [what, count]) => (what === 'time-out' || what === 'again' ? sum : sum + count), 0),
    faults24h: faults,
    again24h: counts.get('again') ?? 0,
    setAside: streamNames.reduce((sum, stream) => sum + store.quarantine.count(id, stream), 0),
  }
}

/** The connectors refuse plain HTTP to any other machine. */
function isHere({ settings }: Connection): boolean {
  const address = settings['baseUrl'] ?? settings['shop']
  if (typeof address !== 'string' || !/^https?:\/\//.test(address)) return false
  try {
    return isLoopback(new URL(address).hostname)
  } catch (error) {
    // An address that is none: the connection's own test says so.
    if (error instanceof TypeError) return false
    throw error
  }
}
