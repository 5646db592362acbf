/** The weather of a simulated seed: its own, always the same, and of every kind among many. */
import { describe, expect, it } from 'vitest'
import { days, minutes } from '../../src-main/domain/time.ts'
import { firstMonday } from './run.ts'
import { skiesOf } from './skies.ts'

const many = Array.from({ length: 200 }, (_, seed) => skiesOf(seed, firstMonday))

describe('the skies over a seed', () => {
  it('are the same whenever they are looked at', () => {
    expect(skiesOf(9003, firstMonday)).toEqual(skiesOf(9003, firstMonday))
  })

  it('are of every kind among many: each plan of a shop, each lag of its lists, a past or none, fair and rough on either side', () => {
    const kinds = (of: (skies: (typeof many)[number]) => unknown): number => new Set(many.map(of)).size
    expect([kinds((one) => one.restoreRate), kinds((one) => one.indexLag), kinds((one) => one.past)]).toEqual([4, 5, 3])
    expect(kinds(({ climate }) => `${climate.shop.odds.limited} ${climate.erp.odds.limited}`)).toBe(9)
    expect(kinds(({ climate }) => `${climate.shop.spells.length > 0} ${climate.erp.spells.length > 0}`)).toBe(4)
  })

  it('keep both clocks well within what anybody would call wrong', () => {
    const offsets = many.flatMap(({ clockOffsetMs: { shop, erp } }) => [shop, erp])
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(minutes(1))
    expect(Math.min(...offsets)).toBeLessThan(0)
  })

  it('have spells of old answers that end, one after the other, and begin only after the first sync', () => {
    for (const { spells } of many.flatMap(({ climate }) => [climate.shop, climate.erp])) {
      let free = firstMonday + minutes(30)
      for (const { from, to } of spells.slice(0, 20)) {
        expect(from).toBeGreaterThanOrEqual(free)
        expect(to).not.toBe(null)
        free = to ?? days(0)
      }
    }
  })

  it('are told in a line', () => {
    expect(skiesOf(9003, firstMonday).says).toMatch(/^shop rough × .*points\/s.*; ERP rough × .*; \d+ days before$/)
  })
})
