/** The audit trail: append-only, and no change to it goes unseen (DESIGN §10). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AuditFact, appendAudit, salted, verifyEntries, verifyTrail } from '../../../src-main/engine/audit/chain.ts'
import type { AuditEntry } from '../../../src-main/engine/store/audit.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { monday } from '../../support/clock.ts'
import { aStore } from '../../support/store.ts'

function aFact(nth: number): AuditFact {
  return { at: monday + nth, who: 'you', what: 'settings changed', subject: 'settings', before: { nth }, after: { nth: nth + 1 }, why: null, trace: null }
}

function append(store: Store, ...facts: readonly AuditFact[]): Store {
  for (const fact of facts) store.transaction((tx) => appendAudit(tx, store, fact))
  return store
}

function written(count: number, path = ':memory:'): Store {
  return append(aStore({ path }), ...Array.from({ length: count }, (_, nth) => aFact(nth)))
}

describe('the audit trail', () => {
  it('holds in each entry the hash of the one before', () => {
    const entries = written(5).audit.after(0, 10)
    expect(entries.slice(1).map((entry) => entry.prevHash)).toEqual(entries.slice(0, -1).map((entry) => entry.hash))
    expect(verifyTrail(written(5))).toEqual({ intact: true, entries: 5, says: '5 entries, each holding the hash of the one before.' })
  })

  it('is intact when nothing happened yet', () => {
    expect(verifyTrail(aStore()).intact).toBe(true)
  })

  it('is walked over its pages to the very end', () => {
    const store = aStore()
    store.transaction((tx) => {
      for (let nth = 0; nth < 2100; nth += 1) appendAudit(tx, store, aFact(nth))
    })
    expect(verifyTrail(store)).toMatchObject({ intact: true, entries: 2100 })
  })

  it('keeps nothing of a transaction that did not come about, and goes on without a gap', () => {
    const store = written(2)
    expect(() =>
      store.transaction((tx) => {
        appendAudit(tx, store, aFact(2))
        throw new Error('the disk is full')
      }),
    ).toThrow('the disk is full')
    expect(verifyTrail(append(store, aFact(3)))).toMatchObject({ intact: true, entries: 3 })
  })

  it('keeps personal data out: what is salted tells nothing and still compares', () => {
    expect(salted('ann@example.com', 'a')).toBe(salted('ann@example.com', 'a'))
    expect(salted('ann@example.com', 'a')).not.toBe(salted('ann@example.com', 'b'))
    expect(salted('ann@example.com', 'a')).not.toContain('ann')
  })
})

describe('in the file itself', () => {
  let folder = ''
  let path = ''
  let store: Store
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-audit-'))
    path = join(folder, 'plumbline.sqlite')
    store = written(4, path)
  })
  afterEach(() => {
    store.close()
    rmSync(folder, { recursive: true })
  })

  /** As somebody with the file in hand does it, not through the store. */
  function tamper(...statements: readonly string[]): void {
    const other = new Sqlite(path)
    for (const statement of statements) other.exec(statement)
    other.close()
  }
  const unguarded = ['DROP TRIGGER audit_never_changes', 'DROP TRIGGER audit_never_shrinks']

  it.each([
    ['changed', `UPDATE audit SET why = 'because' WHERE seq = 2`],
    ['changed by being written anew', `INSERT OR REPLACE INTO audit SELECT seq, at, 'me', what, subject, before_json, after_json, why, trace, prev_hash, hash FROM audit WHERE seq = 2`],
    ['dropped', 'DELETE FROM audit WHERE seq = 2'],
    ['emptied', 'DELETE FROM audit'],
  ])('no entry can be %s', (_how, statement) => {
    expect(() => tamper(statement)).toThrow('the audit trail is append-only')
    expect(verifyTrail(store)).toMatchObject({ intact: true, entries: 4 })
  })

  it.each([
    ['changed', `UPDATE audit SET who = 'somebody' WHERE seq = 2`, 'Entry 2 was changed after it was written.'],
    ['dropped from the middle', 'DELETE FROM audit WHERE seq = 2', 'After entry 1 comes 3: one is missing or out of order.'],
    ['cut off the end', 'DELETE FROM audit WHERE seq > 2', '4 entries were written, and the trail ends with 2.'],
    ['cut off the beginning', 'DELETE FROM audit WHERE seq < 3', 'After entry 0 comes 3: one is missing or out of order.'],
    ['put in another’s place', `UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 3) WHERE seq = 2`, 'Entry 2 was changed after it was written.'],
  ])('what was %s behind the triggers is found', (_how, statement, says) => {
    tamper(...unguarded, statement)
    expect(verifyTrail(store)).toMatchObject({ intact: false, says })
  })

  it('a tail that was cut off with its count is found against what was noted elsewhere', () => {
    const noted = store.audit.last()
    tamper(...unguarded, 'DELETE FROM audit WHERE seq > 2', `UPDATE sqlite_sequence SET seq = 2 WHERE name = 'audit'`)
    expect(verifyTrail(store).intact).toBe(true)
    expect(verifyTrail(store, noted)).toMatchObject({ intact: false, says: 'Entry 4 was noted elsewhere, and the trail ends with 2.' })
  })

  it('a chain that was rewritten from an entry on is found against what was noted elsewhere', () => {
    const noted = store.audit.last()
    tamper(...unguarded, 'DELETE FROM audit WHERE seq > 2')
    append(store, { ...aFact(2), why: 'nothing to see' }, aFact(3))
    expect(verifyTrail(store).intact).toBe(true)
    expect(verifyTrail(store, noted)).toMatchObject({ intact: false, says: 'Entry 4 is not the one that was noted elsewhere.' })
  })
})

describe('any single change to an export', () => {
  const facts = fc.array(
    fc.record({
      at: fc.integer(),
      who: fc.constantFrom('you', 'Plumbline'),
      what: fc.string(),
      subject: fc.string(),
      before: fc.jsonValue(),
      after: fc.jsonValue(),
      why: fc.option(fc.string()),
      trace: fc.option(fc.string()),
    }),
    { minLength: 1, maxLength: 8 },
  )
  const changed: readonly (keyof AuditEntry)[] = ['seq', 'at', 'who', 'what', 'subject', 'before', 'after', 'why', 'trace', 'prevHash', 'hash']

  function exported(given: readonly AuditFact[]): readonly AuditEntry[] {
    const store = append(aStore(), ...given)
    const entries = store.audit.after(0, 100)
    store.close()
    return entries
  }

  it('to any field of any entry is detected', () => {
    fc.assert(
      fc.property(facts, fc.nat(), fc.constantFrom(...changed), (given, nth, field) => {
        const entries = exported(given)
        expect(verifyEntries(entries).intact).toBe(true)
        const at = nth % entries.length
        const tampered = entries.map((entry, index) => {
          if (index !== at) return entry
          const value = entry[field]
          return { ...entry, [field]: typeof value === 'number' ? value + 1 : `${value ?? ''}!` }
        })
        expect(verifyEntries(tampered).intact).toBe(false)
      }),
    )
  })

  it('that drops, doubles or moves an entry is detected; off the end, against the last one noted', () => {
    fc.assert(
      fc.property(facts, fc.nat(), fc.nat(), fc.constantFrom('drop', 'double', 'move'), (given, one, other, how) => {
        const entries = exported(given)
        const last = entries.at(-1)
        const [from, to] = [one % entries.length, other % entries.length]
        const entry = entries[from]
        if (entry === undefined || last === undefined) throw new Error('there is at least one entry')
        const tampered = entries.toSpliced(from, how === 'double' ? 0 : 1)
        if (how !== 'drop') tampered.splice(to, 0, entry)
        fc.pre(how !== 'move' || from !== to)
        expect(verifyEntries(tampered, last).intact).toBe(false)
        expect(verifyEntries(entries, last).intact).toBe(true)
      }),
    )
  })
})
