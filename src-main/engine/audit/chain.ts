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

/** An entry that was noted elsewhere: what a trail that was cut short after it no longer holds. */
export interface Checkpoint {
  readonly seq: number
  readonly hash: string
}

/** Walks the whole chain of the store. Entries that were cut off its end are missed by the file's own count of them. */
export function verifyTrail(store: Store, checkpoint: Checkpoint | null = null): Verified {
  const walk = walker(checkpoint)
  let seq = 0
  for (let page = store.audit.after(seq, pageSize); page.length > 0; page = store.audit.after(seq, pageSize)) {
    for (const entry of page) {
      const problem = walk.next(entry)
      if (problem !== null) return { intact: false, entries: entry.seq, says: problem }
    }
    seq = page.at(-1)?.seq ?? seq
  }
  const written = store.audit.written()
  const cut = written > seq ? `${written} entries were written, and the trail ends with ${seq}.` : walk.end()
  return cut === null ? whole(seq) : { intact: false, entries: seq, says: cut }
}

/** The same over an export, without any store: for whoever was handed the file. */
export function verifyEntries(entries: readonly AuditEntry[], checkpoint: Checkpoint | null = null): Verified {
  const walk = walker(checkpoint)
  for (const entry of entries) {
    const problem = walk.next(entry)
    if (problem !== null) return { intact: false, entries: entries.length, says: problem }
  }
  const cut = walk.end()
  return cut === null ? whole(entries.length) : { intact: false, entries: entries.length, says: cut }
}

function whole(entries: number): Verified {
  return { intact: true, entries, says: `${entries} entries, each holding the hash of the one before.` }
}

/** What is wrong with the next entry, and at last what is missing; null where nothing is. */
function walker(checkpoint: Checkpoint | null) {
  let hash = beginning
  let seq = 0
  return {
    next(entry: AuditEntry): string | null {
      if (entry.seq !== seq + 1) return `After entry ${seq} comes ${entry.seq}: one is missing or out of order.`
      if (entry.prevHash !== hash) return `Entry ${entry.seq} does not follow from the one before.`
      const { hash: stated, ...rest } = entry
      if (hashOf(rest) !== stated) return `Entry ${entry.seq} was changed after it was written.`
      if (entry.seq === checkpoint?.seq && stated !== checkpoint.hash) return `Entry ${entry.seq} is not the one that was noted elsewhere.`
      hash = stated
      seq = entry.seq
      return null
    },
    end(): string | null {
      if (checkpoint === null || seq >= checkpoint.seq) return null
      return `Entry ${checkpoint.seq} was noted elsewhere, and the trail ends with ${seq}.`
    },
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
