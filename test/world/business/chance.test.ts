/** Chance and time in the world: the same again from the same seed, and in order. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openAgenda } from '../../../src-main/world/business/agenda.ts'
import { diceOf } from '../../../src-main/world/business/dice.ts'

describe('dice', () => {
  it('fall alike for one seed and purpose, whatever else was thrown', () => {
    fc.assert(fc.property(fc.integer(), fc.string(), (seed, purpose) => {
      const throws = (): number[] => {
        const dice = diceOf(seed, purpose)
        diceOf(seed, `${purpose}!`).int(0, 9)
        return Array.from({ length: 20 }, () => dice.int(0, 1_000_000))
      }
      expect(throws()).toEqual(throws())
    }))
  })

  it('pick by weight, and never what weighs nothing', () => {
    fc.assert(fc.property(fc.integer(), fc.array(fc.nat(5), { minLength: 1 }), (seed, weights) => {
      fc.pre(weights.some((weight) => weight > 0))
      const dice = diceOf(seed)
      expect(dice.weighted(weights.map((weight) => ({ weight }))).weight).toBeGreaterThan(0)
    }))
  })

  it('say so when there is nothing to pick from', () => {
    expect(() => diceOf(1).pick([])).toThrow()
    expect(() => diceOf(1).weighted([])).toThrow()
  })
})

describe('an agenda', () => {
  it('lets things happen in order of time, and of planning within a moment', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), (moments) => {
      const agenda = openAgenda(0)
      const happened: (readonly [at: number, turn: number])[] = []
      for (const [turn, at] of moments.entries()) agenda.at(at, () => happened.push([agenda.now(), turn]))
      agenda.advance(50)
      expect(happened).toEqual(moments.map((at, turn) => [at, turn] as const).toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))
      expect(agenda.nextAt()).toBeNull()
    }))
  })

  it('lets what comes of it happen in the same stretch, and never in the past', () => {
    const agenda = openAgenda(100)
    const seen: number[] = []
    agenda.at(20, () => {
      seen.push(agenda.now())
      agenda.after(5, () => seen.push(agenda.now()))
    })
    agenda.advance(200)
    expect(seen).toEqual([100, 105])
    expect(agenda.now()).toBe(200)
  })
})
