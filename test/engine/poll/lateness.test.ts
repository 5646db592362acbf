/** How far a stream is read whose lists show late what changed: measured by what came late, and never taken back. */
import { describe, expect, it } from 'vitest'
import { minutes, seconds } from '../../../src-main/domain/time.ts'
import { latenessIn, shownTo, withLateness } from '../../../src-main/engine/poll/lateness.ts'
import { anOrder } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aPolling, covered } from '../../support/polling.ts'

const lists = { streams: [{ name: 'orders' as const, showsLate: true }] }

/** Two readings, five minutes apart; at the second an order is met that had changed before the first. */
async function meetingLate(lateMs: number, streams: typeof lists | { readonly streams: readonly [{ readonly name: 'orders' }] } = lists) {
  const polling = aPolling(streams)
  const { clock, platform, api, store } = polling
  const pass = () => polling.pass('orders', { api: { ...api, clockOffsetMs: () => 0 } })
  platform.put('orders', anOrder({ number: '1' }), { stamp: monday - minutes(30) })
  await pass()
  await clock.advance(minutes(5))
  await pass()
  platform.put('orders', anOrder({ number: '2' }), { stamp: monday + minutes(5) - lateMs })
  await clock.advance(minutes(5))
  await pass()
  return { ...polling, pass, to: covered(store, 'orders')[1] }
}

describe('a stream whose lists show late', () => {
  it('is read up to where its lists show all, as what came late has it', async () => {
    const { to } = await meetingLate(minutes(4))
    expect(to).toBe(monday + minutes(10) - minutes(4))
  })

  it('is read up to the moment at which its reading began while nothing comes late', async () => {
    const { to } = await meetingLate(seconds(2))
    expect(to).toBe(monday + minutes(10))
  })

  it('stays known to be late while nothing new says otherwise', async () => {
    const { clock, pass, store } = await meetingLate(minutes(4))
    await clock.advance(minutes(5))
    await pass()
    expect(covered(store, 'orders')[1]).toBe(monday + minutes(15) - minutes(4))
  })

  it('takes nothing back that was said to be read', async () => {
    const { clock, platform, pass, store, to } = await meetingLate(minutes(1))
    await clock.advance(minutes(1))
    platform.put('orders', anOrder({ number: '3' }), { stamp: monday + minutes(6) })
    await pass()
    expect([to, covered(store, 'orders')[1]]).toEqual([monday + minutes(9), monday + minutes(9)])
  })

  it('that never says to show late is taken by its word', async () => {
    const { to } = await meetingLate(minutes(4), { streams: [{ name: 'orders' }] })
    expect(to).toBe(monday + minutes(10))
  })
})

describe('how late lists are', () => {
  const { order, store } = aPolling(lists)
  const asked = order('orders')
  const row = { stream: 'orders' as const, record: anOrder({ number: '9', changedAt: monday - minutes(4) }) }

  it('is told by no clock that was moved in between, nor by one that nobody knows', () => {
    const before = { startedAt: monday, clockOffsetMs: 0 }
    expect(latenessIn(asked, [row], before, 0)).toBe(minutes(4))
    expect(latenessIn(asked, [row], before, minutes(2))).toBe(null)
    expect(latenessIn(asked, [row], before, null)).toBe(null)
    expect(latenessIn(asked, [row], null, 0)).toBe(null)
  })

  it('is not told by what was known already', () => {
    store.transaction((tx) => store.snapshots.save(tx, 'shop', 'orders', row.record, monday))
    expect(latenessIn(asked, [row], { startedAt: monday, clockOffsetMs: 0 }, 0)).toBe(null)
  })

  it('is the most of the last readings that brought something, and no more than is read again', () => {
    const kept = Array.from({ length: 12 }, () => 0).reduce<readonly number[]>((all, one) => withLateness(all, one), withLateness([], minutes(4)))
    expect([kept.length, Math.max(...kept)]).toEqual([12, 0])
    expect(withLateness([minutes(4)], null)).toEqual([minutes(4)])
    expect(shownTo(monday, [0, minutes(4), 0], asked.stream)).toBe(monday - minutes(4))
    expect(shownTo(monday, [minutes(40)], asked.stream)).toBe(monday - asked.stream.overlapMs)
  })
})
