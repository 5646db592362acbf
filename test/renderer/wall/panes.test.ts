import { describe, expect, it } from 'vitest'
import type { OverviewView } from '../../../src-main/contract/views.ts'
import { isNight, panesOf, shiftAt, weakestStream } from '../../../src-renderer/screens/wall/panes.ts'
import { leftOf } from '../../../src-renderer/screens/wall/wall-age.tsx'
import { sampleOverview } from '../../support/sample/overview.ts'
import type { Mood } from '../../support/sample/scene.ts'
import { someMorning as now } from '../fake-clock.ts'

const overview = (mood: Mood): OverviewView => sampleOverview({ mood, now, poll: 0 })
const pane = (of: OverviewView, id: string) => panesOf(of).find((each) => each.id === id)

describe('a pane says all well', () => {
  it('only when everything was judged', () => {
    const calm = overview('calm')
    expect(pane(calm, 'unmatched')).toMatchObject({ figure: '0', standing: 'good', verdict: 'Every paid order is in the ERP' })
    expect(pane({ ...calm, unmatched: { ...calm.unmatched, notJudged: 312 } }, 'unmatched')).toMatchObject({
      standing: 'partly',
      verdict: 'None among those judged',
      notJudged: 312,
    })
  })

  it('never while a side does not answer', () => {
    expect(pane(overview('blind'), 'connections')).toMatchObject({ figure: '3/4', standing: 'critical', verdict: 'A side does not answer' })
  })
})

it('never adds up two currencies', () => {
  const sums = pane(overview('busy'), 'tax')?.sums.map((sum) => sum.value.replaceAll(/\s/g, ' '))
  expect(sums).toEqual(['+2 085.74 EUR', '+48 200 JPY', '−18.250 KWD'])
})

it('names the stream that has used up most of its promise', () => {
  const east = overview('busy').connections.find((connection) => connection.state === 'partial')
  expect(east === undefined ? null : weakestStream(east)?.stream).toBe('stock')
})

it('draws what is left of a promise, from full to gone', () => {
  const asOf = { at: now, staleAfterMs: 60_000 }
  expect([0, 15_000, 59_000, 60_000, 90_000].map((age) => leftOf(asOf, now + age))).toEqual([100, 75, 2, 0, 0])
  expect(leftOf({ ...asOf, at: null }, now)).toBe(0)
  expect(leftOf(asOf, now - 5_000)).toBe(100)
})

it('is dark from nine in the evening to six in the morning', () => {
  expect(Array.from({ length: 24 }, (_, hour) => hour).filter(isNight)).toEqual([0, 1, 2, 3, 4, 5, 21, 22, 23])
})

it('moves by the minute and comes back, so that no pixel is lit for weeks', () => {
  const places = Array.from({ length: 8 }, (_, minute) => shiftAt(minute))
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBeGreaterThan(4)
  for (const { x, y } of places) expect(Math.abs(x) <= 8 && Math.abs(y) <= 8).toBe(true)
  expect(shiftAt(8)).toEqual(shiftAt(0))
})
