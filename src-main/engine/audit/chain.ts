/** The audit trail: each entry holds the hash of the one before, so that nothing can be changed or dropped unseen (DESIGN §10). */
import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Instant } from '../../domain/time.ts'
import type { AuditEntry } from '../store/audit.ts'
import type { Tx } from '../store/database.ts'
import type { Store } from '../store/store.ts'

/** What an entry says. Ids and salted hashes only, never a customer's data or a secret. */
export interface AuditFact {
  readonly at: Instant
  readonly who: string
  /** A verb and its object: "replay confirmed", "credential set". */
  readonly what: string
  /** What it is about, by id: "intent 01J…", "connection shop". */
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
  readonly why: string | null
  readonly trace: string | null
}

/** The hash before the first entry. */
const beginning = '0'.repeat(64)

/** Entries read at once by the verifier. */
const pageSize = 1000

export function appendAudit(tx: Tx, store: Store, fact: AuditFact): void {
  const last = store.audit.last()
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at: fact.at,
    who: fact.who,
    what: fact.what,
    subject: fact.subject,
    before: canonical(fact.before),
    after: canonical(fact.after),
    why: fact.why,
    trace: fact.trace,
    prevHash: last?.hash ?? beginning,
  }
  store.audit.append(tx, { ...entry, hash: hashOf(entry) })
}

export interface Verified {
  readonly intact: boolean
  readonly entries: number
  readonly says: string
}

/** Walks the whole chain of the store. */
export function verifyTrail(store: Store): Verified {
  const walk = walker()
  let seq = 0
  for (let page = store.audit.after(seq, pageSize); page.length > 0; page = store.audit.after(seq, pageSize)) {
    for (const entry of page) {
      const problem = walk(entry)
      if (problem !== null) return { intact: false, entries: entry.seq, says: problem }
    }
    seq = page.at(-1)?.seq ?? seq
  }
  return { intact: true, entries: seq, says: `${seq} entries, each holding the hash of the one before.` }
}

/** The same over an export, without any store: for whoever was handed the file. */
export function verifyEntries(entries: readonly AuditEntry[]): Verified {
  const walk = walker()
  for (const entry of entries) {
    const problem = walk(entry)
    if (problem !== null) return { intact: false, entries: entries.length, says: problem }
  }
  return { intact: true, entries: entries.length, says: `${entries.length} entries, each holding the hash of the one before.` }
}

function walker(): (entry: AuditEntry) => string | null {
  let hash = beginning
  let seq = 0
  return (entry) => {
    if (entry.seq !== seq + 1) return `After entry ${seq} comes ${entry.seq}: one is missing or out of order.`
    if (entry.prevHash !== hash) return `Entry ${entry.seq} does not follow from the one before.`
    const { hash: stated, ...rest } = entry
    if (hashOf(rest) !== stated) return `Entry ${entry.seq} was changed after it was written.`
    hash = stated
    seq = entry.seq
    return null
  }
}

function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonical(entry)).digest('hex')
}

function canonical(value: unknown): string {
  return canonicalize(value) ?? 'null'
}

/** A stand-in for personal data: equal texts look equal within one salt, and tell nothing else. */
export function salted(text: string, salt: string): string {
  return createHash('sha256').update(`${salt}\n${text}`).digest('hex').slice(0, 32)
}
