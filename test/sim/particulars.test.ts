/** What was told of a fault that was found: its money is the very figure that the world knows, or the telling is wrong. */
import { describe, expect, it } from 'vitest'
import { Decimal } from '../../src-main/world/decimal.ts'
import type { Planted } from '../../src-main/world/world.ts'
import { monday } from '../support/clock.ts'
import { amountTold, amountsInWords } from './particulars.ts'
import type { Said } from './score.ts'

const rule = 'F02-paid-order-missing'

function aFault(value: string | null, currency = 'EUR'): Planted {
  return {
    scenario: 'order lost', pattern: 'F02', rule, subject: { kind: 'order', key: '1001' }, cause: null, critical: true,
    amount: value === null ? null : { value: new Decimal(value), currency }, plantedAt: monday, findableAt: monday, healedAt: null,
  }
}

function aWord(minor: number | null, currency = 'EUR', given: Partial<Said> = {}): Said {
  const amount = minor === null ? null : { minor, currency }
  return { rule, kind: 'order', key: '1001', parts: new Map(), cause: null, amount, severity: 'critical', says: 'It is missing.', openedAt: monday, closedAt: null, ...given }
}

describe('the money of a fault', () => {
  it('is right when it is the very figure, whatever digits its currency has', () => {
    const told = [['24.5', 'EUR', 2450], ['24', 'JPY', 24], ['24.125', 'KWD', 24_125], ['-24.5', 'EUR', -2450]] as const
    expect(told.map(([value, currency, minor]) => amountTold(aFault(value, currency), aWord(minor, currency)))).toEqual(told.map(() => 'right'))
  })

  it('is wrong by a cent, by its sign, in another currency, and when none is told', () => {
    const words = [aWord(2401), aWord(-2400), aWord(2400, 'GBP'), aWord(null)]
    expect(words.map((word) => amountTold(aFault('24'), word))).toEqual(words.map(() => 'wrong'))
  })

  it('is wrong where it is told of a fault that is of no money', () => {
    expect([amountTold(aFault(null), aWord(1)), amountTold(aFault(null), aWord(null))]).toEqual(['wrong', null])
    expect(amountsInWords(aFault(null), aWord(1, 'JPY'))).toBe('was told to be of 1 minor units JPY, and is of no money')
  })

  it('is not asked for where nobody knows it beforehand, where many are told together, and where another rule speaks', () => {
    const grows = { ...aFault(null), unpriced: 'It grows with each order.' }
    expect([amountTold(grows, aWord(1)), amountTold(aFault('24'), aWord(99, 'EUR', { key: 'FR' })), amountTold(aFault('24'), aWord(1, 'EUR', { rule: 'F11-backlog' })), amountTold(aFault('24'), null)]).toEqual([null, null, null, null])
  })
})
