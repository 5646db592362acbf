/** Since when a shop is behind: by the figures that both sides were read to have, and those that lay between two readings. */
import { describe, expect, it } from 'vitest'
import { minutes } from '../../../src-main/domain/time.ts'
import { follow } from '../../../src-main/engine/reconcile/staleness.ts'
import { monday } from '../../support/clock.ts'

const at = (minute: number): number => monday + minutes(minute)

/** Expected figures, newest first, each with the minute it was first read. */
function since(shop: string, ...changes: readonly (readonly [string, number])[]): number | null {
  const [latest] = changes
  if (latest === undefined) throw new Error('no change')
  const known = changes.map(([expected, minute]) => ({ at: at(minute), expected, settledAt: null, observed: true, resolutionMs: minutes(5) }))
  const reading = { expected: latest[0], erpChangedAt: at(latest[1]), erpReadAt: at(latest[1]), erpReadBefore: at(latest[1] - 5), shop, shopBefore: null, shopChangedAt: null, shopReadAt: at(latest[1]) }
  const { behindSince } = follow(known, reading)
  return behindSince === null ? null : (behindSince - monday) / minutes(1)
}

describe('since when a shop is behind', () => {
  it.each<[string, number | null, string, readonly (readonly [string, number])[]]>([
    ['not at all, when it shows what it should', null, '40', [['40', 30], ['50', 0]]],
    ['since the figure that it shows was overtaken', 20, '50', [['30', 30], ['40', 20], ['50', 0]]],
    ['since the last reading, when it shows a figure that was passed in between', 30, '33', [['30', 30], ['40', 20], ['50', 0]]],
    ['since an earlier one, when it stays at such a figure', 20, '45', [['30', 30], ['40', 20], ['50', 0]]],
    ['whichever way the figure goes', 30, '33', [['40', 30], ['30', 20], ['20', 0]]],
    ['since the first that is open, when it shows what never was', 0, '60', [['30', 30], ['40', 20], ['50', 0]]],
  ])('%s', (_what, expected, shop, changes) => {
    expect(since(shop, ...changes)).toBe(expected)
  })
})
