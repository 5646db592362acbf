/** Each kind in its turn: none is left out, and of those that befall a whole side no two stand at a time. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hours, minutes } from '../../src-main/domain/time.ts'
import { calendarOf } from '../../src-main/world/business/calendar.ts'
import { scenarios } from '../../src-main/world/scenarios/registry.ts'
import type { Planted } from '../../src-main/world/world.ts'
import { dice } from './chance.ts'
import { inTurns } from './turns.ts'

const startsAt = Date.parse('2026-11-23T06:00:00.000Z')
const calendar = calendarOf('Europe/Paris')
const together = scenarios.filter((one) => one.kind === 'order' || !one.alone)
const alone = scenarios.flatMap((one) => (one.kind === 'world' && one.alone ? [one] : []))

interface Played {
  readonly at: number
  readonly name: string
  readonly twin: boolean
}

/** A world in which every fault is labelled as it is played, and mended so long after. */
function turning({ seed, turns, mendedAfter, stepMs }: { readonly seed: number; readonly turns: number; readonly mendedAfter: number; readonly stepMs: number }): readonly Played[] {
  const played: Played[] = []
  let now = startsAt
  const world = {
    advance(to: number) {
      if (to < now) throw new Error('The world does not go back in time.')
      now = to
    },
    stage: (name: string, twin = false) => void played.push({ at: now, name, twin }),
    truth: () => ({
      planted: played.map(({ at, name }): Planted => ({
        scenario: name, pattern: 'F01', rule: 'F01-any', subject: { kind: 'order', key: '1' }, plantedAt: at, findableAt: at,
        healedAt: at + mendedAfter <= now ? at + mendedAfter : null, amount: null, cause: null, critical: false,
      })),
      innocents: [], excused: [], orders: 0, cleanOrders: 0,
    }),
  }
  const advance = inTurns({ world, calendar, scenarios, startsAt, turns, fraction: dice(seed, 'turns') })
  for (let at = startsAt; at < startsAt + hours(24 * 8); at += stepMs) advance(at)
  return played
}

const given = fc.record({ seed: fc.nat(), turns: fc.integer({ min: 1, max: 2 }), mendedAfter: fc.integer({ min: minutes(20), max: hours(8) }), stepMs: fc.integer({ min: minutes(1), max: hours(2) }) })

describe('kinds that are played in their turn', () => {
  it('are all played: those that bear company so often as was asked, each with its twin, and every other one once', () => {
    fc.assert(fc.property(given, (how) => {
      const counts = Map.groupBy(turning(how), ({ name, twin }) => `${name}${twin ? ' twin' : ''}`)
      for (const { name } of together) expect([counts.get(name)?.length, counts.get(`${name} twin`)?.length]).toEqual([how.turns, how.turns])
      for (const { name } of alone) expect([counts.get(name)?.length, counts.has(`${name} twin`)]).toEqual([1, false])
    }), { numRuns: 12 })
  })

  it('befall a whole side one after the other, each when the last is over, and in the morning what needs people at work', () => {
    fc.assert(fc.property(given, (how) => {
      const befell = turning(how).filter(({ name }) => alone.some((one) => one.name === name))
      for (const [nth, { at, name }] of befell.entries()) {
        const before = befell[nth - 1]
        const lasts = alone.find((one) => one.name === before?.name)?.lastsMs ?? hours(1)
        if (before !== undefined) expect(at - before.at).toBeGreaterThan(Math.min(lasts, how.mendedAfter))
        if (alone.find((one) => one.name === name)?.atWork === true) expect([calendar.working(at), calendar.local(at).hour < 14]).toEqual([at, true])
      }
    }), { numRuns: 12 })
  })

  it('come at the same moments however the world is advanced', () => {
    const how = { seed: 7, turns: 1, mendedAfter: hours(2) }
    expect(turning({ ...how, stepMs: minutes(1) })).toEqual(turning({ ...how, stepMs: minutes(97) }))
  })
})
