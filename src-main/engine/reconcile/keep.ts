/** Keeps incidents true to what was judged: opens, follows, reopens and closes them, in the caller's transaction. */
import type { Chance } from '../../domain/clock.ts'
import type { Finding, Severity } from '../../domain/incident.ts'
import { settingIn, unset } from '../../domain/pair.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Store } from '../store/store.ts'
import { saidAlready, sayingFirst } from './families.ts'
import type { Found, Judgement } from './judge.ts'
import { partsOfKey } from './lenses/stock.ts'
import { type PartKind, wholes } from './registry.ts'

/** What became of an incident; told to notices and to whoever watches. */
export interface Change {
  readonly incident: string
  readonly rule: string
  readonly severity: Severity
  readonly what: 'opened' | 'reopened' | 'resolved'
}

export interface Keeping {
  readonly tx: Tx
  readonly store: Store
  readonly chance: Chance
  readonly now: Instant
  /** Null for what belongs to a connection. */
  readonly pair: string | null
  /** The incident that explains this one; null where none does. */
  readonly parentOf: (rule: string, dueAt: Instant | null) => string | null
  /** Filled as incidents change. */
  readonly changes: Change[]
}

/** Whose findings are rolled up. */
const taxRule = 'F05-tax-differs'

/** Writes one judgement down. An incident is closed only when its rule could judge and did not speak, or is switched off. */
export function keep(keeping: Keeping, judgement: Judgement): void {
  const { tx, store, pair } = keeping
  for (const found of sayingFirst(judgement.found)) {
    keepPart(keeping, judgement, found.finding.rule, found)
    if (found.partOf === null) open(keeping, found.finding, found)
  }
  const speaking = new Set(judgement.found.filter((one) => one.partOf === null).map((one) => one.finding.rule))
  const unsure = new Set(judgement.notJudged.flatMap(({ rule }) => (judgement.settled.includes(rule) ? [] : [rule])))
  for (const incident of store.incidents.liveOf(pair, judgement.subject)) {
    if (speaking.has(incident.rule) || unsure.has(incident.rule)) continue
    if (judgement.off.includes(incident.rule)) dismiss(keeping, incident)
    else close(keeping, incident, judgement.closing)
  }
  const parts = new Set(judgement.found.filter((one) => one.partOf !== null).map((one) => one.finding.rule))
  const { kind } = judgement.subject
  if (pair !== null && (kind === 'order' || kind === 'invoice')) leaveParts(keeping, judgement, { kind, stays: parts, unsure })
  if (pair === null) return
  store.judgements.replace(tx, pair, judgement.subject, judgement)
  if (judgement.subject.kind === 'order') {
    store.stock.replaceWaiting(tx, pair, judgement.subject.key, judgement.waiting)
    keepVariance(keeping, pair, judgement, unsure)
  }
  if (judgement.stock !== null) keepStock(keeping, pair, judgement.subject.key, judgement.stock)
}

function open(keeping: Keeping, finding: Finding, more: Pick<Found, 'market' | 'dueAt'> & Partial<Pick<Found, 'faultClass'>>): void {
  const { tx, store, pair, now, chance, changes } = keeping
  const kept = store.incidents.apply(tx, pair, finding, {
    id: chance.id(),
    market: more.market,
    dueAt: more.dueAt,
    faultClass: more.faultClass ?? null,
    parent: keeping.parentOf(finding.rule, more.dueAt) ?? saidAlready(store, pair, finding.rule, finding.subject),
    at: now,
  })
  if (kept.change === 'seen') return
  changes.push({ incident: kept.id, rule: finding.rule, severity: finding.severity, what: kept.change })
}

type Closed = Pick<IncidentRecord, 'id' | 'rule' | 'severity' | 'market'>

function close({ tx, store, now, changes }: Keeping, { id, rule, severity }: Closed, by: string): void {
  store.incidents.resolve(tx, id, by, now)
  changes.push({ incident: id, rule, severity, what: 'resolved' })
}

/** What was switched off by a person was closed there, with who and why; this is what only now comes to be judged by a rule that is off. */
function dismiss({ tx, store, now, changes }: Keeping, { id, rule, severity, market }: Closed): void {
  const by = market === null ? 'Its rule is switched off.' : `Its rule is switched off in ${market}.`
  store.incidents.resolve(tx, id, by, now, { as: 'rule-off', who: 'Plumbline' })
  changes.push({ incident: id, rule, severity, what: 'resolved' })
}

function keepPart(keeping: Keeping, judgement: Judgement, rule: string, found: Found): void {
  const { tx, store, pair } = keeping
  const { amount } = found.finding
  if (found.partOf === null || pair === null || amount === null) return
  const { key } = judgement.subject
  const before = store.judgements.partOf(pair, rule, key)
  store.judgements.savePart(tx, pair, rule, key, { whole: found.partOf, ...amount })
  if (before !== null && before !== found.partOf) keepWhole(keeping, pair, judgement, rule, before, found)
  keepWhole(keeping, pair, judgement, rule, found.partOf, found)
}

/** Of wholes that are made of its kind: an invoice may bear the number of an order. */
function leaveParts(
  keeping: Keeping,
  judgement: Judgement,
  { kind, stays, unsure }: { readonly kind: PartKind; readonly stays: ReadonlySet<string>; readonly unsure: ReadonlySet<string> },
): void {
  const { tx, store, pair } = keeping
  if (pair === null) return
  for (const [rule, { of }] of wholes) {
    if (of !== kind || stays.has(rule) || unsure.has(rule)) continue
    const before = store.judgements.partOf(pair, rule, judgement.subject.key)
    if (before === null) continue
    store.judgements.savePart(tx, pair, rule, judgement.subject.key, null)
    keepWhole(keeping, pair, judgement, rule, before, null)
  }
}

/** One incident for all parts, with count and sum; closed with its last part. */
function keepWhole(
  keeping: Keeping,
  pair: string,
  judgement: Judgement,
  rule: string,
  whole: string,
  found: Found | null,
): void {
  const { store } = keeping
  const subject = { kind: 'stream', connection: judgement.subject.connection, key: whole } as const
  const known = store.incidents.find(pair, rule, subject)
  const sum = store.judgements.sumOfParts(pair, rule, whole)[0]
  const told = wholes.get(rule)
  if (told === undefined) throw new TypeError(`${rule} does not say how its parts are told together`)
  const market = found?.market ?? known?.market ?? null
  const set = settingIn(store.pairs.get(pair)?.settings.rules[rule] ?? unset, market)
  if (!set.on) {
    // what leaves a whole that nobody looks at any more says nothing of what is left
    if (known !== null && known.state !== 'resolved') dismiss(keeping, known)
    return
  }
  if (sum === undefined) {
    if (known !== null && known.state !== 'resolved') {
      close(keeping, known, `No ${told.of} is part of it any more.`)
    }
    return
  }
  const finding: Finding = {
    rule,
    severity: set.severity ?? told.severity,
    subject,
    amount: { minor: sum.minor, currency: sum.currency },
    cause: found?.finding.cause ?? known?.cause ?? null,
    says: told.says(sum.count, whole),
    evidence: [{ label: told.of === 'invoice' ? 'Invoices' : 'Orders', shop: String(sum.count), erp: null, differs: false }],
  }
  open(keeping, finding, { market, dueAt: null })
}

/** What an order's tax differs by, for as long as it does; as it was while nobody can say. */
function keepVariance({ tx, store }: Keeping, pair: string, judgement: Judgement, unsure: ReadonlySet<string>): void {
  const number = judgement.subject.key
  const found = judgement.found.find((one) => one.finding.rule === taxRule)
  if (found !== undefined && found.facets !== null && found.finding.amount !== null) {
    store.taxVariance.save(tx, pair, { number, ...found.finding.amount, cause: found.finding.cause ?? 'unexplained', ...found.facets })
  } else if (!unsure.has(taxRule)) store.taxVariance.drop(tx, pair, number)
}

function keepStock({ tx, store, now }: Keeping, pair: string, key: string, stock: NonNullable<Judgement['stock']>): void {
  if (stock === 'left') {
    const { sku, location } = partsOfKey(key)
    store.stock.leave(tx, pair, sku, location)
    return
  }
  const { followed, state } = stock
  if (followed.add !== null) store.stock.addChange(tx, pair, state.sku, state.location, followed.add)
  if (followed.settle !== null) store.stock.settle(tx, pair, state.sku, state.location, followed.settle)
  store.stock.saveState(tx, pair, { ...state, judgedAt: Math.min(state.judgedAt, now) })
}
