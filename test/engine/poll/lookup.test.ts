/** Before an absence is believed, the key is asked for live; and what is found is kept. */
import { describe, expect, it } from 'vitest'
import { seconds } from '../../../src-main/domain/time.ts'
import { keysMax, newLookUp } from '../../../src-main/engine/poll/lookup.ts'
import { anErpOrder } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { type Scheduling, aScheduling } from '../../support/scheduling.ts'
import { aFault } from '../../support/scripted-connector.ts'

function world(): Scheduling & { lookUp: ReturnType<typeof newLookUp> } {
  const scheduling = aScheduling()
  return { ...scheduling, lookUp: newLookUp(scheduling) }
}

describe('a live look-up', () => {
  it('finds by reference what no pass has met yet, keeps it, and has it judged again', async () => {
    const { lookUp, platforms, store } = world()
    platforms['erp']?.put('orders', anErpOrder({ references: ['1001'] }))
    const found = await lookUp('erp', 'orders', { by: 'reference', values: ['1001', '1002'] })
    expect(found).toEqual({ ok: true, value: { found: 1, complete: true } })
    expect(store.snapshots.byKey('erp', 'orders', 'reference', '1001')).toHaveLength(1)
    expect(store.snapshots.dirty('pair', 9).map((one) => one.record.id)).toEqual(['so-1001'])
  })

  it('brings back what was called gone', async () => {
    const { lookUp, platforms, store } = world()
    platforms['erp']?.put('orders', anErpOrder())
    await lookUp('erp', 'orders', { by: 'reference', values: ['1001'] })
    store.transaction((tx) => store.snapshots.markGone(tx, 'erp', 'orders', monday + 1, monday + 1))
    await lookUp('erp', 'orders', { by: 'reference', values: ['1001'] })
    expect(store.snapshots.get('erp', 'orders', 'so-1001')?.goneAt).toBeNull()
  })

  it('keeps what is known to be newer, where a copy that lags behind the lists answers', async () => {
    const { lookUp, platforms, store } = world()
    const stateOf = () => {
      const record = store.snapshots.get('erp', 'orders', 'so-1001')?.record
      return record?.kind === 'erp-order' ? record.state : null
    }
    const answering = async (state: 'draft' | 'open', stamp: number) => {
      platforms['erp']?.put('orders', anErpOrder({ state }), { stamp })
      await lookUp('erp', 'orders', { by: 'id', values: ['so-1001'] })
      return stateOf()
    }
    expect(await answering('open', monday + seconds(60))).toBe('open')
    expect(await answering('draft', monday)).toBe('open')
    expect(await answering('draft', monday + seconds(60))).toBe('draft')
  })

  it('by id finds out what was deleted, which no pass would tell', async () => {
    const { lookUp, platforms, store } = world()
    platforms['erp']?.put('orders', anErpOrder())
    platforms['erp']?.put('orders', anErpOrder({ id: 'so-draft' }))
    await lookUp('erp', 'orders', { by: 'id', values: ['so-1001', 'so-draft'] })
    platforms['erp']?.remove('orders', 'so-draft')
    await lookUp('erp', 'orders', { by: 'reference', values: ['1001'] })
    expect(store.snapshots.get('erp', 'orders', 'so-draft')?.goneAt).toBeNull()
    await lookUp('erp', 'orders', { by: 'id', values: ['so-1001', 'so-draft'] })
    expect(['so-1001', 'so-draft'].map((id) => store.snapshots.get('erp', 'orders', id)?.goneAt ?? null)).toEqual([null, expect.any(Number)])
  })

  it('proves nothing when the row is there and cannot be read', async () => {
    const { lookUp, platforms, store } = world()
    platforms['erp']?.putRaw('orders', 'so-1001', { id: 'so-1001', odd: true })
    const found = await lookUp('erp', 'orders', { by: 'reference', values: ['1001'] })
    expect(found).toEqual({ ok: true, value: { found: 1, complete: false } })
    expect(store.quarantine.count('erp', 'orders')).toBe(1)
  })

  it('asks in batches and each key once', async () => {
    const { lookUp, platforms } = world()
    const values = Array.from({ length: 250 }, (_, index) => String(index % 240))
    expect(await lookUp('erp', 'orders', { by: 'reference', values })).toEqual({ ok: true, value: { found: 0, complete: true } })
    expect(platforms['erp']?.asked.map((one) => one.keys.length)).toEqual([100, 100, 40])
  })

  it('asks for no more than its share, and calls the rest unproven', async () => {
    const { lookUp, platforms } = world()
    const values = Array.from({ length: keysMax + 50 }, (_, index) => String(index))
    const found = await lookUp('erp', 'orders', { by: 'reference', values })
    expect(found).toEqual({ ok: true, value: { found: 0, complete: false } })
    expect(platforms['erp']?.asked.flatMap((one) => one.keys)).toHaveLength(keysMax)
  })

  it('gives back the fault of a platform that does not answer', async () => {
    const { lookUp, platforms } = world()
    platforms['erp']?.meet(() => aFault('unreachable'))
    const found = await lookUp('erp', 'orders', { by: 'reference', values: ['1001'] })
    expect(found.ok ? null : found.fault.class).toBe('unreachable')
  })

  it('proves nothing of a stream that the connector cannot look up', async () => {
    const { lookUp } = world()
    expect(await lookUp('erp', 'invoices', { by: 'id', values: ['1'] })).toEqual({ ok: true, value: { found: 0, complete: false } })
  })

  it('through a door that is closed meanwhile proves nothing', async () => {
    const { clock, doors, lookUp, platforms } = world()
    const door = await doors.open('erp')
    if (!door.ok) throw new Error(door.fault.says)
    platforms['erp']?.meet(() => clock.sleep(seconds(30), door.value.api.signal).then(() => null))
    const asking = lookUp('erp', 'orders', { by: 'reference', values: ['1001'] })
    await clock.advance(seconds(1))
    doors.close('erp')
    expect(await asking).toEqual({ ok: true, value: { found: 0, complete: false } })
  })

  it('of a connection that was removed is a fault in words', async () => {
    const { lookUp } = world()
    const found = await lookUp('nobody', 'orders', { by: 'id', values: ['1'] })
    expect(found.ok ? null : found.fault.class).toBe('not-found')
  })
})
