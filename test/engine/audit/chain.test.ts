/** The audit trail: append-only, and no change to it goes unseen. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendAudit, salted, verifyEntries, verifyTrail } from '../../../src-main/engine/audit/chain.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { monday } from '../../support/clock.ts'
import { aStore } from '../../support/store.ts'

function written(count: number): Store {
  const store = aStore()
  for (let nth = 0; nth < count; nth += 1) {
    store.transaction((tx) =>
      appendAudit(tx, store, { at: monday + nth, who: 'you', what: 'settings changed', subject: 'settings', before: { nth }, after: { nth: nth + 1 }, why: null, trace: null }),
    )
  }
  return store
}

describe('the audit trail', () => {
  it('holds in each entry the hash of the one before', () => {
    const entries = written(5).audit.after(0, 10)
    expect(entries.slice(1).map((entry) => entry.prevHash)).toEqual(entries.slice(0, -1).map((entry) => entry.hash))
    expect(verifyTrail(written(5))).toMatchObject({ intact: true, entries: 5 })
  })

  it('is intact when nothing happened yet', () => {
    expect(verifyTrail(aStore()).intact).toBe(true)
  })

  it('notices any single entry that was changed, dropped or moved', () => {
    const entries = written(8).audit.after(0, 10)
    const fields = ['at', 'who', 'what', 'subject', 'before', 'after', 'why'] as const
    fc.assert(
      fc.property(fc.nat(7), fc.constantFrom(...fields, 'drop', 'swap'), (at, how) => {
        const tampered = entries.map((entry) => ({ ...entry }))
        const entry = tampered[at]
        if (entry === undefined) return
        if (how === 'drop') tampered.splice(at, 1)
        else if (how === 'swap') tampered.splice(at, 2, ...tampered.slice(at, at + 2).toReversed())
        else if (how === 'at') tampered[at] = { ...entry, at: entry.at + 1 }
        else tampered[at] = { ...entry, [how]: `${entry[how] ?? ''}!` }
        // the last one alone can be cut off or be swapped with nothing: only a later checkpoint would tell
        if (at === 7 && (how === 'drop' || how === 'swap')) return
        expect(verifyEntries(tampered).intact).toBe(false)
      }),
    )
  })

  it('keeps personal data out: what is salted tells nothing and still compares', () => {
    expect(salted('ann@example.com', 'a')).toBe(salted('ann@example.com', 'a'))
    expect(salted('ann@example.com', 'a')).not.toBe(salted('ann@example.com', 'b'))
    expect(salted('ann@example.com', 'a')).not.toContain('ann')
  })
})
