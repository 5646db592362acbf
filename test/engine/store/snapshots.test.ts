/** Records as last seen, what they said before, and what of them is to be judged again. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DomainRecord } from '../../../src-main/domain/records.ts'
import { days } from '../../../src-main/domain/time.ts'
import { checkRecord } from '../../../src-main/engine/store/snapshots.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { aConnection, anErpConnection, anErpOrder, anOrder, aPair, aStockLevel } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore, keep } from '../../support/store.ts'

function save(store: Store, record: DomainRecord, at: number): string {
  return store.transaction((tx) => store.snapshots.save(tx, 'shop', 'orders', record, at))
}

function rowOf(store: Store): number {
  return store.snapshots.get('shop', 'orders', 'order_1001')?.row ?? -1
}

function cleaned(store: Store): Store {
  store.transaction((tx) => store.snapshots.clean(tx, 'pair', store.snapshots.dirty('pair', 999).map((one) => one.row)))
  return store
}

describe('a snapshot', () => {
  it('is new, the same, or changed; and only the first and the last are judged again', () => {
    const store = aStore()
    expect(save(store, anOrder(), monday)).toBe('new')
    cleaned(store)
    expect([save(store, anOrder(), monday + 10), store.snapshots.backlog()]).toEqual(['same', 0])
    expect([save(store, anOrder({ channel: 'phone' }), monday + 20), store.snapshots.backlog()]).toEqual(['changed', 1])
    expect(store.snapshots.get('shop', 'orders', 'order_1001')).toMatchObject({
      record: { channel: 'phone' },
      firstSeenAt: monday,
      lastSeenAt: monday + 20,
      goneAt: null,
    })
  })

  it('is found by its keys as they are now, not as they were', () => {
    const store = aStore()
    const erp = anErpOrder({ id: 'so-1', references: ['1001', '1002'], customerEmail: 'Ann@Example.com ' })
    keep(store, 'erp', 'orders', [erp])
    keep(store, 'erp', 'orders', [{ ...erp, references: ['1002', '1003'] }], monday + 1)
    const by = (value: string): number => store.snapshots.byKey('erp', 'orders', 'reference', value).length
    expect([by('1001'), by('1002'), by('1003')]).toEqual([0, 1, 1])
    expect(store.snapshots.byKey('erp', 'orders', 'email', 'ann@example.com')).toHaveLength(1)
  })

  it('of one connection is no snapshot of another with the same id', () => {
    const store = aStore()
    keep(store, 'shop', 'orders', [anOrder()])
    keep(store, 'erp', 'orders', [anErpOrder({ id: 'order_1001' })])
    expect(store.snapshots.get('shop', 'orders', 'order_1001')?.record.kind).toBe('order')
    expect(store.snapshots.get('erp', 'orders', 'order_1001')?.record.kind).toBe('erp-order')
  })

  it('is counted in the whole hour in which it happened', () => {
    const store = aStore()
    const hour = 3_600_000
    const nine = Math.ceil(monday / hour) * hour
    const placed = [nine, nine + 1, nine + hour - 1, nine + hour + 5].map((placedAt, index) => anOrder({ id: `order_${index}`, number: String(index), placedAt }))
    keep(store, 'shop', 'orders', placed)
    expect(store.snapshots.flow('shop', 'orders', nine, hour)).toEqual([
      { at: nine, count: 3 },
      { at: nine + hour, count: 1 },
    ])
  })

  it('is judged again for every pair of its connection, and for no other', () => {
    const third = aConnection({ id: 'third' })
    const store = aStore({
      connections: [aConnection(), anErpConnection(), third],
      pairs: [aPair(), aPair({ id: 'second' }), aPair({ id: 'other', shop: 'third' })],
    })
    save(store, anOrder(), monday)
    const waiting = ['pair', 'second', 'other'].map((pair) => store.snapshots.dirty(pair, 9).length)
    expect(waiting).toEqual([1, 1, 0])
  })

  it('is read through in the order in which it was first met', () => {
    const store = aStore()
    for (const number of ['3', '1', '2']) save(store, anOrder({ number }), monday)
    save(store, anOrder({ number: '3', channel: 'x' }), monday + 1)
    const first = store.snapshots.page('shop', 'orders', 0, 2)
    const rest = store.snapshots.page('shop', 'orders', first.at(-1)?.row ?? 0, 2)
    expect([...first, ...rest].map((one) => one.record.id)).toEqual(['order_3', 'order_1', 'order_2'])
    expect(store.snapshots.newest('shop', 'orders', 2).map((one) => one.record.id)).toEqual(['order_2', 'order_1'])
  })

  it('that is gone is counted no more, is judged again, and may come back', () => {
    const store = aStore()
    keep(store, 'shop', 'stock', ['A', 'B', 'C'].map((sku) => aStockLevel({ sku })), monday)
    keep(store, 'shop', 'stock', [aStockLevel({ sku: 'A' })], monday + 10)
    cleaned(store)
    const gone = store.transaction((tx) => store.snapshots.markGone(tx, 'shop', 'stock', monday + 10, monday + 11))
    expect([gone, store.streams.recordsHeld('shop', 'stock'), store.snapshots.backlog()]).toEqual([2, 1, 2])
    const again = store.transaction((tx) => store.snapshots.markGone(tx, 'shop', 'stock', monday + 10, monday + 12))
    expect(again).toBe(0)
    keep(store, 'shop', 'stock', [aStockLevel({ sku: 'B' })], monday + 20)
    expect([store.streams.recordsHeld('shop', 'stock'), store.snapshots.get('shop', 'stock', 'B@WH')?.goneAt]).toEqual([2, null])
  })

  it('that was placed before a reading began is not called gone by it', () => {
    const store = aStore()
    keep(store, 'shop', 'orders', [anOrder({ number: '1', placedAt: monday - days(9) }), anOrder({ number: '2', placedAt: monday - days(1) })])
    const gone = store.transaction((tx) => store.snapshots.markGone(tx, 'shop', 'orders', monday + 1, monday + 1, monday - days(3)))
    expect([gone, store.snapshots.get('shop', 'orders', 'order_1')?.goneAt]).toEqual([1, null])
  })
})

describe('what a record said before', () => {
  it('is told for every moment since it was first met', () => {
    const store = aStore()
    const says = (channel: string, at: number): string => save(store, anOrder({ channel }), at)
    says('a', 100)
    says('b', 200)
    says('b', 250)
    says('c', 300)
    const told = [99, 100, 199, 200, 299, 300, 999].map((at) => store.snapshots.asOf(rowOf(store), at))
    expect(told.map((record) => (record?.kind === 'order' ? record.channel : null))).toEqual([null, 'a', 'a', 'b', 'b', 'c', 'c'])
  })

  it('is not overwritten by what was said for no time at all', () => {
    const store = aStore()
    for (const [channel, at] of [['a', 100], ['b', 200], ['c', 200], ['d', 150]] as const) save(store, anOrder({ channel }), at)
    const told = [150, 199, 200].map((at) => store.snapshots.asOf(rowOf(store), at))
    expect(told.map((record) => (record?.kind === 'order' ? record.channel : null))).toEqual(['a', 'a', 'd'])
  })

  it('equals a replay of every version, at every moment', () => {
    const versions = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('web', 'phone', 'shop')), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(versions, fc.integer({ min: 0, max: 160 }), (steps, moment) => {
        const store = aStore()
        let at = 0
        let expected: string | null = null
        for (const [wait, channel] of steps) {
          at += wait
          save(store, anOrder({ channel }), at)
          if (at <= moment) expected = channel
        }
        const told = store.snapshots.asOf(rowOf(store), moment)
        store.close()
        expect(told?.kind === 'order' ? told.channel : null).toBe(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('is forgotten beyond the retention, a bounded number of rows at a time, and stays true within it', () => {
    const store = aStore()
    for (let version = 0; version < 10; version += 1) save(store, anOrder({ channel: `v${version}` }), version * 10)
    const prune = (before: number, limit: number): number => store.transaction((tx) => store.snapshots.pruneHistory(tx, before, limit))
    expect([prune(50, 3), prune(50, 3), prune(50, 3)]).toEqual([3, 1, 0])
    const told = [55, 69, 90].map((at) => store.snapshots.asOf(rowOf(store), at))
    expect(told.map((record) => (record?.kind === 'order' ? record.channel : null))).toEqual(['v5', 'v6', 'v9'])
  })
})

describe('the number of records held', () => {
  it('is what a count would say, whatever came and went', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('save', 'gone'), fc.constantFrom('A', 'B', 'C', 'D')), { maxLength: 40 })
    fc.assert(
      fc.property(steps, (moves) => {
        const store = aStore()
        moves.forEach(([move, sku], index) => {
          if (move === 'save') keep(store, 'shop', 'stock', [aStockLevel({ sku, onHand: String(index % 3) })], index)
          else store.transaction((tx) => store.snapshots.markGone(tx, 'shop', 'stock', index - 1, index))
        })
        const counted = store.snapshots.page('shop', 'stock', 0, 99).filter((one) => one.goneAt === null).length
        const held = store.streams.recordsHeld('shop', 'stock')
        store.close()
        expect(held).toBe(counted)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a record on its way into the store', () => {
  it('is checked, and the place that does not fit is named without what was there', () => {
    const checked = checkRecord({ ...anOrder(), totals: { ...anOrder().totals, tax: 'Ann Smith' } })
    expect(checked).toEqual({ path: 'totals.tax' })
    expect(checkRecord(anOrder())).toEqual({ record: anOrder() })
  })
})
