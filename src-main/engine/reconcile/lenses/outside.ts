/** Changes of what a pair's owner keeps, by somebody who may not: from what a record said before, and who changed it. */
import { type Doer, type Side, type WatchedDomain, allows } from '../../../domain/ownership.ts'
import { type Pair, actorOf } from '../../../domain/pair.ts'
import type { DomainRecord } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { Snapshot } from '../../store/snapshots.ts'
import type { Store } from '../../store/store.ts'
import { type Speaks, evidence } from '../rule.ts'

export interface OutsideChange {
  readonly domain: WatchedDomain
  readonly owner: Side
  /** Whether somebody did it who may not, or nobody that the pair knows: then nobody can be asked. */
  readonly doer: 'stranger' | 'unknown'
  /** The record, as people know it. */
  readonly what: string
  readonly before: string
  readonly after: string
  /** The platform's id of who did it; null where it does not say. */
  readonly user: string | null
  readonly on: 'shop' | 'erp'
  /** On the platform's own clock. */
  readonly at: Instant | null
}

/** How many earlier versions of a record are looked at. */
const versionsMax = 50

/** A fact of a record that an owner keeps: in words, so that equal words are no change. */
export interface Kept<R extends DomainRecord> {
  readonly domain: WatchedDomain
  readonly what: string
  wordsOf(record: R): string | null
}

/**
 * The last change of each fact, where it was made by somebody who may not make it, or by a user that the pair knows
 * nothing of, and still stands. Whoever acts for the integration acts for the other side; a person acts for the side whose
 * desk it is. `agreed`: words that the other side says too are no deed of this one.
 */
export function outsideChanges<R extends DomainRecord>(
  store: Store,
  pair: Pair,
  snapshot: Snapshot<R>,
  facts: readonly (Kept<R> & { readonly agreed?: ReadonlySet<string> })[],
): readonly OutsideChange[] {
  const { owners } = pair.settings
  const asked = facts.filter((fact) => owners[fact.domain] !== undefined)
  if (asked.length === 0) return []
  const on = snapshot.connection === pair.erp ? 'erp' : 'shop'
  const { kind } = snapshot.record
  const earlier = store.snapshots.versions(snapshot.row, versionsMax).filter((one): one is R => one.kind === kind)
  return asked.flatMap((fact) => {
    const change = lastChange([snapshot.record, ...earlier], fact)
    const owner = owners[fact.domain]?.owner
    if (change === null || owner === undefined || fact.agreed?.has(change.after) === true) return []
    const { before, after, by } = change
    const allowed = allows(owners, fact.domain, doerOf(pair, on, by.changedBy, fact.agreed !== undefined))
    const isUnknown = allowed === null && actorOf(by.changedBy, pair.settings) === 'unknown'
    if (allowed !== false && !isUnknown) return []
    const doer = isUnknown ? 'unknown' : 'stranger'
    return [{ domain: fact.domain, owner, doer, what: fact.what, before, after, user: by.changedBy, on, at: by.changedAt }]
  })
}

interface LastChange<R> {
  readonly before: string
  readonly after: string
  /** The first version that said so. */
  readonly by: R
}

/** Newest first; null where it was never other, or has come back to what it was before. */
function lastChange<R extends DomainRecord>(versions: readonly R[], fact: Kept<R>): LastChange<R> | null {
  const [now] = versions
  if (now === undefined) return null
  const after = fact.wordsOf(now)
  if (after === null) return null
  let by = now
  for (const version of versions.slice(1)) {
    const before = fact.wordsOf(version)
    if (before === null) return null
    if (before !== after) return { before, after, by }
    by = version
  }
  return null
}

/** `byFigures`: where a platform names nobody, what the other side never said is its own side's doing. */
function doerOf(pair: Pair, on: 'shop' | 'erp', user: string | null, byFigures: boolean): Doer {
  const other = on === 'erp' ? 'shop' : 'erp'
  switch (actorOf(user, pair.settings)) {
    case 'person':
      return { side: on, user }
    case 'integration':
      return { side: other, user }
    case 'unknown':
      return { side: null, user }
    case null:
      return { side: byFigures ? on : null, user }
  }
}

const ownerWords: Readonly<Record<Side, string>> = {
  shop: 'the shop',
  erp: 'the ERP',
  payments: 'payments',
  middleware: 'the middleware',
  warehouse: 'the warehouse',
  pim: 'the PIM',
  crm: 'the CRM',
  tax: 'the tax service',
  carrier: 'the carrier',
}

interface OutsideSeen {
  readonly subject: { readonly connection: string }
  readonly shopLabel?: string
  readonly erpLabel: string
  readonly outside: readonly OutsideChange[]
}

/** What was changed outside, as a rule says it. */
export function changesInWords({ subject, shopLabel, erpLabel, outside }: OutsideSeen): Speaks | null {
  const changes = outside.filter(({ doer }) => doer === 'stranger')
  const [first] = changes
  if (first === undefined) return null
  const by = first.user === null ? '' : ` by user ${first.user}`
  const where = first.on === 'erp' ? erpLabel : (shopLabel ?? subject.connection)
  return {
    kind: 'speaks',
    says: `${first.what} was changed in ${where}${by} from ${first.before} to ${first.after}, and ${ownerWords[first.owner]} owns it.`,
    evidence: changes.slice(0, 30).map(inEvidence),
  }
}

/** What was changed by a user that the pair's settings do not name, as a rule says it. */
export function unknownChangesInWords({ subject, shopLabel, erpLabel, outside }: OutsideSeen): Speaks | null {
  const changes = outside.filter(({ doer }) => doer === 'unknown')
  const [first] = changes
  if (first === undefined) return null
  const where = first.on === 'erp' ? erpLabel : (shopLabel ?? subject.connection)
  return {
    kind: 'speaks',
    says: `${first.what} was changed in ${where} from ${first.before} to ${first.after} by user ${first.user ?? ''}, who is neither the integration nor a person that the pair knows.`,
    evidence: changes.slice(0, 30).map(inEvidence),
  }
}

function inEvidence({ what, before, after, on, user }: OutsideChange): Speaks['evidence'][number] {
  const words = `${before} → ${after}${user === null ? '' : `, user ${user}`}`
  return evidence(what, on === 'shop' ? words : null, on === 'erp' ? words : null, true)
}
