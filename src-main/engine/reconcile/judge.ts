/** Judges one subject: gathers it through its lens, asks every rule, and says what follows. Reads the store, writes nothing. */
import type { Finding, NotJudged, Severity, Subject } from '../../domain/incident.ts'
import type { Connection } from '../../domain/connection.ts'
import type { FaultClass } from '../../domain/fault.ts'
import { type Instant, iso } from '../../domain/time.ts'
import type { IncidentHead } from '../store/heads.ts'
import type { StockState, Waiting } from '../store/stock.ts'
import type { Store } from '../store/store.ts'
import { type Pair, isOffThroughout } from '../../domain/pair.ts'
import type { TaxFacets } from '../../domain/tax-facets.ts'
import { waitingUnits } from './in-flight.ts'
import type { Kind } from './kinds.ts'
import { seeChain } from './lenses/chain.ts'
import { seeConnection } from './lenses/connection.ts'
import { seeDay } from './lenses/day.ts'
import { seeIncident } from './lenses/incident.ts'
import { type OrderSeen, orderSubject, seeOrder } from './lenses/order.ts'
import { type StockSeen, seeStock, stockSubject } from './lenses/stock.ts'
import { type StaleAfter, seeStreams } from './lenses/stream.ts'
import { seeWatch } from './lenses/watch.ts'
import { heldBy, holderOf } from './rule-settings.ts'
import { rules } from './registry.ts'
import type { Lenses, Rereads, Rule, Speaks } from './rule.ts'
import type { PairSight } from './sight.ts'
import type { Followed } from './staleness.ts'

/** What one rule found, with what only the reconciler and roll-ups need. */
export interface Found {
  readonly finding: Finding
  readonly absentOn: 'shop' | 'erp' | null
  /** What it speaks of is read again live before it is believed. */
  readonly rereads: Rereads | null
  readonly dueAt: Instant | null
  readonly market: string | null
  readonly partOf: string | null
  readonly facets: TaxFacets | null
  readonly faultClass: FaultClass | null
}

export interface Judgement {
  readonly subject: Subject
  readonly found: readonly Found[]
  readonly notJudged: readonly NotJudged[]
  /** Rules that wait for something else than what they spoke of before: that is over. */
  readonly settled: readonly string[]
  /** Rules that are switched off here: what they had opened ends, and no evidence is claimed for it. */
  readonly off: readonly string[]
  readonly outOfScope: string | null
  /** What closes an incident of this subject that no rule speaks for any more. */
  readonly closing: string
  /** Units sold that the ERP's stock does not know of; only for orders. */
  readonly waiting: readonly Waiting[]
  /** What following the stock figure brought; left: there is nothing to follow any more. Only for SKUs. */
  readonly stock: { readonly followed: Followed; readonly state: StockState } | 'left' | null
}

/** Whether it is asked live before it is believed. */
export function isDoubtful({ absentOn, rereads }: Found): boolean {
  return absentOn !== null || rereads !== null
}

/** Of which nothing is said. */
export const silent = { found: [], notJudged: [], settled: [], off: [], outOfScope: null, waiting: [], stock: null } as const

/** Of a subject that our own code could not judge: nothing opens, nothing closes, and it is counted. */
export function unjudged(store: Store, pair: string, subject: Subject): Judgement {
  return {
    ...silent,
    subject,
    ...allWait(rulesOf(subject.kind), store.pairs.get(pair), subject, 'Plumbline itself failed on it; its log says where'),
    closing: '',
    waiting: subject.kind === 'order' ? store.stock.waitingOf(pair, subject.key) : [],
  }
}

/** Of a subject that cannot be looked at just now: every rule waits that is on. */
export function allWait(asked: readonly Pick<Rule, 'id'>[], pair: Pair | null, subject: Subject, why: string): Pick<Judgement, 'notJudged' | 'off'> {
  const isOff = ({ id }: Pick<Rule, 'id'>): boolean => isOffThroughout(pair?.settings.rules[id])
  return {
    notJudged: asked.filter((rule) => !isOff(rule)).map((rule) => ({ pair: pair?.id ?? '', rule: rule.id, subject, why, until: null })),
    off: asked.filter(isOff).map((rule) => rule.id),
  }
}

function rulesOf(kind: Subject['kind']): readonly Pick<Rule, 'id'>[] {
  switch (kind) {
    case 'order':
      return [...rules.order, ...rules.chain]
    case 'sku':
      return rules.stock
    case 'invoice':
    case 'product':
    case 'customer':
    case 'stream':
    case 'connection':
    case 'incident':
    case 'day':
      return rules[kind]
    default:
      return kind satisfies never
  }
}

/** Whether any rule of a lens speaks of what a side lacks. */
export function claimsAbsence(over: keyof Lenses): boolean {
  return rules[over].some((rule: Pick<Rule, 'absentOn'>) => rule.absentOn !== null)
}

export function judgeOrder(store: Store, sight: PairSight, number: string): Judgement {
  const subject = orderSubject(sight.pair, number)
  const seen = seeOrder(store, sight, number)
  if (seen === null) return { ...silent, subject, closing: 'Neither side has the order any more.' }
  const waiting = waitingUnits(sight, seen)
  if (seen.outOfScope !== null) {
    const closing = `Out of scope: ${seen.outOfScope}.`
    return { ...silent, subject, outOfScope: seen.outOfScope, closing, waiting }
  }
  const market = seen.shop?.market.country ?? null
  const own = ask(rules.order, seen, sight.pair, market)
  const following = rules.chain.length === 0 ? null : ask(rules.chain, seeChain(store, sight, seen), sight.pair, market)
  return {
    ...silent,
    subject,
    found: [...own.found, ...(following?.found ?? [])],
    notJudged: [...own.notJudged, ...(following?.notJudged ?? [])],
    off: [...own.off, ...(following?.off ?? [])],
    settled: [...own.settled, ...(following?.settled ?? [])],
    closing: orderClosing(seen),
    waiting,
  }
}

export function judgeStock(store: Store, sight: PairSight, sku: string, location: string): Judgement {
  const subject = stockSubject(sight.pair, sku, location)
  const seen = seeStock(store, sight, sku, location)
  switch (seen.kind) {
    case 'nothing':
      return { ...silent, subject, closing: 'The shop does not keep count of it here any more.', stock: 'left' }
    case 'blind':
      return { ...silent, subject, ...allWait(rules.stock, sight.pair, subject, seen.why), closing: '' }
    case 'seen':
      return {
        ...silent,
        subject,
        ...ask(rules.stock, seen.seen, sight.pair, null),
        closing: `${sight.shopLabel} shows ${seen.seen.shop}, as ${sight.erpLabel} has it.`,
        stock: { followed: seen.seen.followed, state: stateOf(seen.seen) },
      }
    default:
      return seen satisfies never
  }
}

export function judgeConnection(store: Store, connection: Connection, now: Instant): Judgement {
  const seen = seeConnection(store, connection, now)
  const closing = `${connection.label} was read again.`
  return { ...silent, subject: seen.subject, ...ask(rules.connection, seen, null, null, holdersOf(store, connection)), closing }
}

/** A subject of any kind beside orders and stock. */
export function judgeKind<Over extends keyof Lenses>(
  store: Store,
  sight: PairSight,
  kind: Kind<Over>,
  key: string,
): Judgement {
  const subject = { kind: kind.subjectKind, connection: sight.pair.shop, key }
  const seen = kind.see(store, sight, key)
  if (seen === null) return { ...silent, subject, closing: 'Nobody has it any more.' }
  return { ...silent, subject, ...ask<Over>(rules[kind.over], seen, sight.pair, null), closing: kind.closing(seen) }
}

/** Every stream of a connection, as it stands now. */
export function judgeStreams(store: Store, connection: Connection, staleAfter: StaleAfter, now: Instant): readonly Judgement[] {
  const holders = holdersOf(store, connection)
  return seeStreams(store, connection, staleAfter, now).map((seen) => ({
    ...silent,
    subject: seen.subject,
    ...ask(rules.stream, seen, null, null, holders),
    closing: `${connection.label}: ${seen.stream} are read as they should be.`,
  }))
}

export function judgeWatch(store: Store, now: Instant): Judgement {
  const seen = seeWatch(store, now)
  return { ...silent, subject: seen.subject, ...ask(rules.watch, seen, null, null), closing: 'Plumbline watches again.' }
}

/** An incident by its own life. `head` is null when it asks for nothing any more. */
export function judgeIncident(
  store: Store,
  of: { readonly subject: Subject; readonly head: IncidentHead | null; readonly pair: Pair | null },
  now: Instant,
): Judgement {
  const { subject, head, pair } = of
  if (head === null) return { ...silent, subject, closing: 'What it speaks of asks for nothing any more.' }
  const seen = seeIncident(store, head, pair, now)
  return { ...silent, subject, ...ask(rules.incident, seen, pair, null), closing: 'Somebody has taken it up.' }
}

/** A business day as it was last looked at, by who has signed it and when somebody should have. */
export function judgeDay(store: Store, pair: Pair, subject: Subject, zone: string, now: Instant): Judgement {
  const seen = seeDay(store, pair, subject, zone, now)
  return { ...silent, subject, ...ask(rules.day, seen, pair, null), closing: dayClosing(seen) }
}

function dayClosing({ signOff, isWanted, figures }: ReturnType<typeof seeDay>): string {
  if (signOff !== null) return `Signed off by ${signOff.signedBy} at ${iso(signOff.signedAt)}; it says what was signed.`
  if (figures === null) return 'Nothing happens in this currency on the day any more.'
  return isWanted ? 'It is not due yet.' : 'This day is not to be signed any more.'
}

function holdersOf(store: Store, connection: Connection): (rule: string) => Pair | null {
  const pairs = store.pairs.list()
  return (rule) => holderOf(pairs, connection.id, rule)
}

/** Every rule of a lens over what it shows. `holder`: whose settings hold for a rule of what belongs to no pair. */
export function ask<Over extends keyof Lenses>(
  asked: readonly Rule<Over>[],
  seen: Lenses[Over] & { readonly subject: Subject },
  pair: Pair | null,
  market: string | null,
  holder: (rule: string) => Pair | null = () => pair,
): Pick<Judgement, 'found' | 'notJudged' | 'off' | 'settled'> {
  const found: Found[] = []
  const settled: string[] = []
  const off: string[] = []
  const notJudged: NotJudged[] = []
  for (const rule of asked) {
    const { on, severity, params } = heldBy(rule, holder(rule.id), market)
    if (!on) {
      off.push(rule.id)
      continue
    }
    const verdict = rule.detect(seen, { params })
    if (verdict === null) continue
    const open = verdict.kind === 'not-judged' ? verdict : verdict.again
    if (open !== undefined) notJudged.push({ pair: pair?.id ?? '', rule: rule.id, subject: seen.subject, why: open.why, until: open.until })
    if (verdict.kind === 'not-judged' && verdict.settles === true) settled.push(rule.id)
    if (verdict.kind === 'speaks') {
      found.push({
        finding: findingOf(rule, seen.subject, verdict, severity),
        absentOn: rule.absentOn,
        rereads: rule.rereads ?? null,
        dueAt: verdict.dueAt ?? null,
        market,
        partOf: verdict.partOf ?? null,
        facets: verdict.facets ?? null,
        faultClass: verdict.faultClass ?? null,
      })
    }
  }
  return { found, notJudged, off, settled }
}

function findingOf<Over extends keyof Lenses>(
  rule: Rule<Over>,
  subject: Subject,
  verdict: Speaks,
  wanted: Severity | null,
): Finding {
  return {
    rule: rule.id,
    severity: wanted ?? verdict.severity ?? rule.severity,
    subject,
    amount: verdict.amount ?? null,
    cause: verdict.cause ?? null,
    says: verdict.says.slice(0, 500),
    evidence: [...verdict.evidence].slice(0, 60),
  }
}

function orderClosing(seen: OrderSeen): string {
  const shop = seen.shop === null ? 'not there' : seen.shop.cancelledAt === null ? seen.shop.payment.state : 'cancelled'
  const documents = [...seen.live, ...seen.cancelled].map((order) => `${order.number ?? order.id} ${order.platformState}`)
  const erp = documents.length === 0 ? 'not there' : documents.slice(0, 5).join(', ')
  const asOf = seen.covered.to === null ? '' : `, both read up to ${iso(seen.covered.to)}`
  return `${seen.shopLabel}: ${shop}; ${seen.erpLabel}: ${erp}${asOf}.`
}

function stateOf(seen: StockSeen): StockState {
  return {
    sku: seen.sku,
    location: seen.location,
    shop: seen.judged.shop,
    expected: seen.judged.expected,
    behindSince: seen.followed.behindSince,
    resolutionMs: seen.followed.resolutionMs,
    judgedAt: seen.judgedAt,
  }
}
