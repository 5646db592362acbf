/** What the store remembers of before: keys and claims that are gone, how far was read, what incidents said. */
import { describe, expect, it } from 'vitest'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import { type Store } from '../../../src-main/engine/store/store.ts'
import { aFinding, anErpOrder, anInvoice } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore, cover, keep } from '../../support/store.ts'

describe('a record', () => {
  it('is found by a key that it had then, and not by one that it has only now', () => {
    const store = aStore()
    keep(store, 'erp', 'invoices', [anInvoice({ orderIds: ['so-1'] })], 100)
    keep(store, 'erp', 'invoices', [anInvoice({ orderIds: ['so-2'] })], 200)
    const found = (id: string, at: number): readonly string[] => store.past.byKey('erp', 'invoices', 'order', id, at).map(({ record }) => record.id)
    expect([found('so-1', 150), found('so-2', 150), found('so-1', 200), found('so-2', 200)]).toEqual([['inv-1001'], [], [], ['inv-1001']])
    expect(store.snapshots.byKey('erp', 'invoices', 'order', 'so-1')).toEqual([])
  })

  it('that was gone for a while was not there meanwhile', () => {
    const store = aStore()
    keep(store, 'erp', 'orders', [anErpOrder()], 100)
    store.transaction((tx) => store.snapshots.markGone(tx, 'erp', 'orders', 200, 200))
    keep(store, 'erp', 'orders', [anErpOrder()], 300)
    const row = store.snapshots.get('erp', 'orders', 'so-1001')?.row ?? 0
    expect([99, 100, 199, 200, 299, 300].map((at) => store.snapshots.asOf(row, at) !== null)).toEqual([false, true, true, false, false, true])
    expect(store.snapshots.toldUntil(row, 300, 9).map(({ from, record }) => [from, record !== null])).toEqual([[300, true], [200, false], [100, true]])
    expect(store.snapshots.versions(row, 9).length).toBe(1)
    // a match of now looks at what is gone, too: then as well
    expect([150, 250, 300].map((at) => store.snapshots.versionAt(row, at)?.goneAt)).toEqual([null, 200, null])
  })
})

describe('what changed lately', () => {
  it('is what was met saying something else since then, and neither what is new nor what says the same', () => {
    const store = aStore()
    const row = (id: string): number => store.snapshots.get('erp', 'orders', id)?.row ?? 0
    keep(store, 'erp', 'orders', [anErpOrder({ id: 'a' }), anErpOrder({ id: 'b' })], 100)
    keep(store, 'erp', 'orders', [anErpOrder({ id: 'a', state: 'cancelled' }), anErpOrder({ id: 'b' }), anErpOrder({ id: 'c' })], 200)
    keep(store, 'erp', 'orders', [anErpOrder({ id: 'a' })], 300)
    const changed = (at: number): readonly number[] => store.past.changedSince('erp', 'orders', at, 9)
    expect([changed(150), changed(250), changed(301), store.past.changedSince('shop', 'orders', 0, 9)]).toEqual([[row('a')], [row('a')], [], []])
  })
})

describe('how far a stream was read', () => {
  it('is told as it was known then', () => {
    const store = aStore()
    cover(store, 'shop', ['orders'], monday)
    cover(store, 'shop', ['orders'], monday + minutes(1))
    store.transaction((tx) => store.streams.uncover(tx, 'shop', 'orders', monday + minutes(2)))
    const to = [-1, 0, 60_000, 119_999, 120_000].map((after) => store.past.coverage('shop', 'orders', monday + after).to)
    expect(to).toEqual([null, monday, monday + minutes(1), monday + minutes(1), null])
  })

  it('is remembered to ten minutes once it is a day old, and within the retention only', () => {
    const store = aStore()
    for (let minute = 0; minute < 60; minute += 1) cover(store, 'shop', ['orders'], monday + minutes(minute))
    const thin = (now: number): number => store.transaction((tx) => store.past.thin(tx, now, 1000))
    expect([thin(monday + hours(12)), thin(monday + days(1) + hours(2)), thin(monday + days(1) + hours(2))]).toEqual([0, 54, 0])
    const known = (minute: number): number | null => store.past.coverage('shop', 'orders', monday + minutes(minute)).to
    expect([known(9), known(19), known(25)]).toEqual([monday + minutes(9), monday + minutes(19), monday + minutes(19)])
    const prune = (before: number): number => store.transaction((tx) => store.past.prune(tx, before, 1000))
    expect(prune(monday + minutes(35))).toBe(2)
    expect([known(35), known(28)]).toEqual([monday + minutes(29), null])
  })
})

describe('an incident', () => {
  const subject = aFinding().subject

  function opened(store: Store): void {
    store.transaction((tx) => store.incidents.apply(tx, 'pair', aFinding(), { id: 'i', market: 'DE', dueAt: 50, parent: null, at: 100 }))
  }

  it('is told as it stood: its figures, its weight and its state', () => {
    const store = aStore()
    opened(store)
    store.transaction((tx) => {
      store.incidents.apply(tx, 'pair', aFinding({ amount: { minor: 999, currency: 'EUR' } }), { id: 'x', market: 'DE', dueAt: 50, parent: null, at: 200 })
      store.duties.weigh(tx, 'i', 'low', 300)
      store.incidents.move(tx, 'i', { state: 'snoozed', until: 999, who: 'Ada', says: 'Later.', at: 400 })
      store.incidents.resolve(tx, 'i', 'Both sides agree.', 500)
      store.incidents.apply(tx, 'pair', aFinding(), { id: 'y', market: 'DE', dueAt: 50, parent: null, at: 600 })
    })
    const then = [99, 100, 200, 300, 400, 500, 600].map((at) => store.past.incidents.about('pair', subject, at).map((one) => `${one.state} ${one.severity} ${one.amount?.minor} ${one.openedAt}`)[0])
    expect(then).toEqual([
      undefined,
      'open critical 2400 100',
      'open critical 999 100',
      'open low 999 100',
      'snoozed low 999 100',
      'resolved low 999 100',
      // what opens again is weighed anew
      'open critical 2400 600',
    ])
    const asking = (at: number): number => store.past.incidents.at(at, { rules: null, pair: 'pair', states: ['open'] }).length
    expect([99, 100, 399, 400, 599, 600].map(asking)).toEqual([0, 1, 1, 0, 0, 1])
  })

  it('that is seen again and again without a change leaves nothing behind', () => {
    const store = aStore()
    opened(store)
    store.transaction((tx) => {
      for (let at = 101; at < 200; at += 1) store.incidents.apply(tx, 'pair', aFinding(), { id: 'x', market: 'DE', dueAt: 50, parent: null, at })
    })
    expect(store.transaction((tx) => store.past.incidents.prune(tx, 1000, 1000))).toBe(0)
  })
})
