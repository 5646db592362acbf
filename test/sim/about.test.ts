/** Of which of two faults on the same subject an incident tells: of the one it was opened for, and of the next where it stands for that too. */
import { describe, expect, it } from 'vitest'
import { minutes, seconds } from '../../src-main/domain/time.ts'
import type { Planted } from '../../src-main/world/world.ts'
import { monday } from '../support/clock.ts'
import { tells } from './about.ts'
import type { Observed, Said } from './score.ts'

const rule = 'F05-tax-differs'
const poll = minutes(5)
const mendedAt = monday + minutes(60)
const grace = minutes(15)
/** When the second of the two is to be said. */
const owedAt = mendedAt + grace + poll + seconds(1)

function aFault(given: Partial<Planted>): Planted {
  return { scenario: 'tax', pattern: 'F05', rule, subject: { kind: 'order', key: '1001' }, amount: null, cause: null, critical: false, plantedAt: monday, findableAt: monday, healedAt: null, ...given }
}

const wrongRate = aFault({ cause: 'wrong-rate', healedAt: mendedAt })
/** The document that was made anew is a cent apart. */
const rounded = aFault({ cause: 'rounding', plantedAt: mendedAt, findableAt: mendedAt })

function aWord(given: Partial<Said>): Said {
  return { rule, kind: 'order', key: '1001', parts: new Map(), cause: null, amount: null, severity: 'major', says: 'It differs.', openedAt: monday + minutes(20), closedAt: null, ...given }
}

const observed: Observed = {
  seed: 7, startedAt: monday, endedAt: monday + minutes(120), pollMs: poll, paceOf: () => poll, streamsOf: () => ['orders'], graceOf: () => grace,
  said: [], troubles: [], slips: [], noticesAt: [], notJudgedHealthy: [], unexplained: [], duplicates: 0, lostIntents: 0, elapsedMs: 0,
}

const tellsOf = (planted: Planted, said: Partial<Said>): boolean => tells(aWord(said), planted, [wrongRate, rounded], observed, [])

describe('an incident', () => {
  it('that was closed by when the next fault is to be told by itself tells of its own alone', () => {
    expect([tellsOf(wrongRate, { closedAt: owedAt }), tellsOf(rounded, { closedAt: owedAt })]).toEqual([true, false])
  })

  it('that stood on tells of both: nobody saw one end and the other begin', () => {
    expect([tellsOf(rounded, { closedAt: owedAt + 1 }), tellsOf(rounded, {})]).toEqual([true, true])
  })

  it('that was opened before either tells of neither', () => {
    expect([tellsOf(wrongRate, { openedAt: monday - 1 }), tellsOf(rounded, { openedAt: monday - 1 })]).toEqual([false, false])
  })

  it('is closed for its own fault when the side that shows that answers again', () => {
    const blind = [{ from: mendedAt, to: mendedAt + minutes(20), stream: null, isOurs: false }]
    expect(tells(aWord({ closedAt: owedAt + minutes(1) }), rounded, [wrongRate, rounded], observed, blind)).toBe(false)
  })
})
