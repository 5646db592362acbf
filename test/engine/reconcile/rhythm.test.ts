/** A batch is found by its even lumps, at any pace and size; what comes at chance or at once has none. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minutes, seconds } from '../../../src-main/domain/time.ts'
import { rhythmOf } from '../../../src-main/engine/reconcile/rhythm.ts'
import { monday } from '../../support/clock.ts'

describe('a rhythm', () => {
  it('is found at any pace and size of lumps, in whatever order the arrivals are told', () => {
    const batches = fc.record({ period: fc.integer({ min: 30, max: 720 }), sizes: fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 3, maxLength: 8 }) })
    fc.assert(
      fc.property(batches, ({ period, sizes }) => {
        const arrivals = sizes.flatMap((size, lump) => Array.from({ length: size }, (_, nth) => monday + lump * minutes(period) + nth * seconds(2)))
        const found = rhythmOf(arrivals.toReversed())
        expect(Math.abs((found?.periodMs ?? 0) - minutes(period))).toBeLessThan(minutes(2))
        expect(found?.lumps).toHaveLength(sizes.length - 1)
      }),
    )
  })

  it('is not broken by one that comes by another way between two lumps', () => {
    const at = [0, 0, 0, 60, 60, 60, 85, 120, 120, 120, 131]
    expect(rhythmOf(at.map((minute, nth) => monday + minutes(minute) + nth * 1000))?.lumps).toHaveLength(2)
  })

  const lump = (minute: number, size: number): readonly number[] => Array.from({ length: size }, () => minute)
  const inMinutes = (all: readonly number[]) => rhythmOf(all.map((minute, nth) => monday + minutes(minute) + nth * 1000))

  it('is not broken by a few that come by other ways, for large lumps, between them and since', () => {
    const batches = [...lump(0, 15), 21, 40, ...lump(60, 15), 80, 81, ...lump(120, 15)]
    expect([inMinutes(batches)?.lumps.length, inMinutes([...batches, 140, 150, 160])?.lumps.length]).toEqual([2, 2])
    expect(inMinutes([...batches, 140, 150, 160, 170])).toBeNull()
  })

  it('begins after the last one of an ordinary flow, though that one came alone', () => {
    const flowed = [0, 3, 7, 11, 14, 24]
    const found = inMinutes([...flowed, ...lump(85, 20), ...lump(145, 20)])
    expect(found?.lumps.map((one) => Math.round((one.after - monday) / minutes(1)))).toEqual([24, 85])
  })

  it('is not found where nothing has been silent for five minutes', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 299 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(gaps, (all) => {
        let at = monday
        expect(rhythmOf(all.map((gap) => (at += seconds(gap))))).toBeNull()
      }),
    )
  })

  it.each([
    ['there are no arrivals', []],
    ['each comes alone', [0, 60, 120, 180, 240, 300, 360]],
    ['lumps come at uneven times', [0, 0, 0, 60, 60, 60, 200, 200, 200]],
    ['single ones come after the last lump', [0, 0, 0, 60, 60, 60, 120, 120, 120, 150, 160]],
  ])('is not found when %s', (_why, at) => {
    expect(rhythmOf(at.map((minute, nth) => monday + minutes(minute) + nth * 1000))).toBeNull()
  })
})
