/** Incidents: one row per rule and subject, reopened in place; filters, sums, and the trail that never changes. */
import Sqlite from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src-main/domain/incident.ts'
import type { AuditEntry } from '../../../src-main/engine/store/audit.ts'
import type { IncidentFilter } from '../../../src-main/engine/store/incident-filter.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { aFinding } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore } from '../../support/store.ts'

let ids = 0
function apply(store: Store, finding: Finding, at = monday, pair: string | null = 'pair'): { id: string; change: string } {
  ids += 1
  const more = { id: `incident-${ids}`, market: 'DE', dueAt: at - 5, parent: null, at }
  return store.transaction((tx) => store.incidents.apply(tx, pair, finding, more))
}

const everything: IncidentFilter = { states: null, severities: null, rule: null, search: null }
const about = (key: string, more: Partial<Finding> = {}): Finding =>
  aFinding({ subject: { kind: 'order', connection: 'shop', key }, says: `Order ${key} is missing.`, ...more })

describe('an incident', () => {
  it('is one, however often the finding repeats', () => {
    const store = aStore()
    const first = apply(store, about('1'))
    const second = apply(store, about('1', { amount: { minor: 100, currency: 'EUR' } }), monday + 9)
    expect([first.change, second]).toEqual(['opened', { id: first.id, change: 'seen' }])
    expect(store.incidents.get(first.id)).toMatchObject({ state: 'open', openedAt: monday, seenAt: monday + 9, amount: { minor: 100 } })
    expect(store.incidents.timeline(first.id).map((one) => one.what)).toEqual(['opened'])
  })

  it('is reopened in place and counted', () => {
    const store = aStore()
    const { id } = apply(store, about('1'))
    store.transaction((tx) => store.incidents.resolve(tx, id, 'The ERP has it now.', monday + 1))
    expect(store.incidents.get(id)).toMatchObject({ state: 'resolved', resolvedAt: monday + 1, resolvedBy: 'The ERP has it now.' })
    expect(apply(store, about('1'), monday + 2)).toEqual({ id, change: 'reopened' })
    expect(store.incidents.get(id)).toMatchObject({ state: 'open', openedAt: monday + 2, resolvedAt: null, resolvedBy: null, reopenedCount: 1 })
    expect(store.incidents.timeline(id).map((one) => one.what)).toEqual(['reopened', 'resolved', 'opened'])
  })

  it('that a person ignored stays ignored while its figures follow', () => {
    const store = aStore()
    const { id } = apply(store, about('1'))
    store.transaction((tx) => store.incidents.move(tx, id, { state: 'ignored', until: null, who: 'Ann', says: 'test order', at: monday }))
    apply(store, about('1', { amount: { minor: 7, currency: 'EUR' } }))
    expect(store.incidents.get(id)).toMatchObject({ state: 'ignored', amount: { minor: 7 } })
  })

  it('of another rule, pair or subject is another', () => {
    const store = aStore()
    const opened = [
      apply(store, about('1')),
      apply(store, about('2')),
      apply(store, about('1', { rule: 'F02-total-differs' })),
      apply(store, about('1'), monday, null),
      apply(store, aFinding({ subject: { kind: 'sku', connection: 'shop', key: '1' } })),
    ]
    expect(new Set(opened.map((one) => one.id)).size).toBe(5)
  })

  it('that sleeps is woken when its time has come', () => {
    const store = aStore()
    const { id } = apply(store, about('1'))
    store.transaction((tx) => store.incidents.move(tx, id, { state: 'snoozed', until: monday + 10, who: 'Ann', says: 'later', at: monday }))
    expect([store.incidents.awake(monday + 9), store.incidents.awake(monday + 10).map((one) => one.id)]).toEqual([[], [id]])
  })
})

describe('the queue', () => {
  function queue(): Store {
    const store = aStore()
    apply(store, about('1001', { severity: 'low' }), monday)
    apply(store, about('1002', { severity: 'critical' }), monday + 1)
    apply(store, about('1003', { severity: 'critical', rule: 'F02-total-differs', says: '100% of it_s total differs' }), monday + 2)
    const { id } = apply(store, about('1004', { severity: 'high' }), monday + 3)
    store.transaction((tx) => store.incidents.resolve(tx, id, 'seen', monday + 4))
    return store
  }
  const keys = (store: Store, filter: Partial<IncidentFilter>): readonly string[] =>
    store.incidents.list({ ...everything, ...filter }, 10, 0).map((one) => one.subject.key)

  it('has the gravest first, and of these the newest', () => {
    expect(keys(queue(), {})).toEqual(['1003', '1002', '1004', '1001'])
  })

  it.each<[string, Partial<IncidentFilter>, readonly string[]]>([
    ['states', { states: ['open'] }, ['1003', '1002', '1001']],
    ['several states', { states: ['open', 'resolved'] }, ['1003', '1002', '1004', '1001']],
    ['no state at all', { states: [] }, []],
    ['severities', { severities: ['high', 'low'] }, ['1004', '1001']],
    ['a rule', { rule: 'F02-total-differs' }, ['1003']],
    ['a number', { search: '100' }, ['1003', '1002', '1004', '1001']],
    ['words', { search: 'IS MISSING' }, ['1002', '1004', '1001']],
    ['a percent sign as itself', { search: '0%' }, ['1003']],
    ['an underscore as itself', { search: 't_s' }, ['1003']],
    ['a pair, with what is said of its connections', { pair: 'pair' }, ['1003', '1002', '1004', '1001']],
    ['another pair', { pair: 'other' }, []],
    ['the one they are a part of', { parent: 'incident-0' }, []],
    ['a currency', { currency: 'JPY' }, []],
    ['a market', { market: 'DE' }, ['1003', '1002', '1004', '1001']],
    ['no market', { market: '' }, []],
    ['a cause', { cause: 'rounding' }, []],
    ['all of it together', { states: ['open'], severities: ['critical'], rule: 'F02-total-differs', search: '1003' }, ['1003']],
  ])('is filtered by %s', (_what, filter, expected) => {
    const store = queue()
    expect(keys(store, filter)).toEqual(expected)
    expect(store.incidents.count({ ...everything, ...filter })).toBe(expected.length)
  })

  it('adds up open money by currency, cause and market, and leaves the ignored out', () => {
    const store = aStore()
    apply(store, about('1', { amount: { minor: 100, currency: 'EUR' } }))
    apply(store, about('2', { amount: { minor: 50, currency: 'EUR' } }), monday - 100)
    apply(store, about('3', { amount: { minor: 7, currency: 'USD' } }))
    const { id } = apply(store, about('4', { amount: { minor: 9000, currency: 'EUR' } }))
    store.transaction((tx) => store.incidents.move(tx, id, { state: 'ignored', until: null, who: 'Ann', says: 'x', at: monday }))
    const sums = store.incidents.sums(['F02-paid-order-missing'], 'pair')
    expect(sums.map((one) => [one.currency, one.minor, one.count, one.oldestAt])).toEqual([
      ['EUR', 150, 2, monday - 105],
      ['USD', 7, 1, monday - 5],
    ])
    expect([store.incidents.sums(['another'], null), store.incidents.sums(['F02-paid-order-missing'], 'other')]).toEqual([[], []])
  })
})

describe('the audit trail', () => {
  const entry = (seq: number): AuditEntry => ({
    seq,
    at: monday,
    who: 'Ann',
    what: 'connection.saved',
    subject: 'shop',
    before: 'null',
    after: '{}',
    why: null,
    trace: null,
    prevHash: '',
    hash: `h${seq}`,
  })

  it('is read from both ends', () => {
    const store = aStore()
    store.transaction((tx) => [1, 2, 3].forEach((seq) => store.audit.append(tx, entry(seq))))
    expect([store.audit.page(null, 2).map((one) => one.seq), store.audit.page(2, 9).map((one) => one.seq)]).toEqual([[3, 2], [1]])
    expect([store.audit.after(1, 9).map((one) => one.seq), store.audit.last(), store.audit.count()]).toEqual([[2, 3], entry(3), 3])
  })

  it('refuses to be changed or shortened, even from outside the engine', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-audit-'))
    const path = join(folder, 'audit.db')
    const store = aStore({ path })
    store.transaction((tx) => store.audit.append(tx, entry(1)))
    store.close()
    const outside = new Sqlite(path)
    for (const sql of [`UPDATE audit SET who = 'Bob'`, `DELETE FROM audit`, `DELETE FROM audit WHERE seq = 1`]) {
      expect(() => outside.exec(sql)).toThrow('the audit trail is append-only')
    }
    expect(() => outside.exec(`INSERT OR REPLACE INTO audit SELECT seq, at, 'Bob', what, subject, before_json, after_json, why, trace, prev_hash, hash FROM audit`)).toThrow(
      'the audit trail is append-only',
    )
    outside.close()
    rmSync(folder, { recursive: true })
  })
})
