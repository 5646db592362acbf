/** Since when a shop is behind, and which of the ERP's changes it has shown: by until when both were seen to agree. */
import { describe, expect, it } from 'vitest'
import { minutes } from '../../../src-main/domain/time.ts'
import { type StockReading, follow } from '../../../src-main/engine/reconcile/staleness.ts'
import type { StockChange } from '../../../src-main/engine/store/stock.ts'
import { monday } from '../../support/clock.ts'

const at = (minute: number): number => monday + minutes(minute)

/** Read at minute 40; the ERP moved at minute 31, the shop at minute 20. */
function aReading(given: Partial<StockReading> = {}): StockReading {
  return {
    expected: '30',
    erpMoved: true,
    erpChangedAt: at(31),
    erpReadAt: at(40),
    shop: '50',
    shopChangedAt: at(20),
    shopReadAt: at(40),
    before: { shop: '50', behindSince: null, judgedAt: at(35) },
    agreement: null,
    isComparable: true,
    ...given,
  }
}

function aChange(expected: string, minute: number, given: Partial<StockChange> = {}): StockChange {
  return { at: at(minute), expected, observed: true, settledAt: null, resolutionMs: minutes(5), ...given }
}

const behind = (since: number | null) => ({ shop: '50', behindSince: since === null ? null : at(since), judgedAt: at(35) })
const agreed = (minute: number, isNow = false) => ({ to: at(minute), isNow })

describe('since when a shop is behind', () => {
  it.each<[string, number | null, Partial<StockReading>]>([
    ['not at all, when it shows what it should', null, { agreement: agreed(40, true), before: behind(10) }],
    ['since both agreed last', 31, { agreement: agreed(31) }],
    ['since before, when they have not agreed since', 10, { before: behind(10) }],
    ['since they agreed in between', 31, { before: behind(10), agreement: agreed(31) }],
    ['since before, when what agrees is older still', 20, { before: behind(20), agreement: agreed(10) }],
    ['since the later of both figures, when neither was ever known to agree', 31, { before: null }],
    ['since the shop moved by itself after that', 33, { before: null, shopChangedAt: at(33) }],
    ['since this reading, when the ERP does not say since when', 40, { before: null, erpChangedAt: null }],
    ['not known to be, when a figure is later than the orders and it was not behind before', null, { isComparable: false, agreement: agreed(31) }],
    ['still, when a figure is later than the orders and nothing agrees', 10, { isComparable: false, before: behind(10) }],
    ['not known to be any more, when a figure is later than the orders and they have agreed meanwhile', null, { isComparable: false, before: behind(10), agreement: agreed(31) }],
  ])('%s', (_what, since, given) => {
    const { behindSince } = follow([], aReading(given))
    expect(behindSince === null ? null : (behindSince - monday) / minutes(1)).toBe(since)
  })

  it('takes two readings where nothing says when the ERP moved', () => {
    expect([{ before: null }, {}].map((given) => follow([], aReading({ erpChangedAt: null, ...given })).needsTwoReads)).toEqual([true, false])
  })
})

describe('what a shop has shown', () => {
  it('settles every change up to the one that it agrees with', () => {
    const { settle } = follow([aChange('30', 31), aChange('40', 20), aChange('50', 0)], aReading({ agreement: agreed(31) }))
    expect(settle?.upTo).toBe(at(20))
  })

  it.each<[string, boolean, Partial<StockReading>]>([
    ['the ERP’s figure moved there', true, {}],
    ['only sales moved both', false, { erpMoved: false }],
    ['the shop’s own figure stands where it stood', false, { before: { shop: '30', behindSince: null, judgedAt: at(35) } }],
  ])('is a change that it followed only when %s', (_what, moved, given) => {
    const { add, settle } = follow([aChange('50', 0, { settledAt: at(5) })], aReading({ shop: '30', shopChangedAt: at(33), agreement: agreed(40, true), ...given }))
    expect([add?.at, settle?.moved]).toEqual([given.erpMoved === false ? at(40) : at(31), moved])
  })

  it('is not noted while a figure is later than the orders', () => {
    expect(follow([aChange('50', 0)], aReading({ isComparable: false })).add).toBeNull()
  })
})
