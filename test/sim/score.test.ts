/** The measure itself: what counts as found, late, missed, cried, wrongly closed, and what counts nowhere. */
import { describe, expect, it } from 'vitest'
import { minutes, seconds } from '../../src-main/domain/time.ts'
import { Decimal } from '../../src-main/world/decimal.ts'
import type { Excused, Innocent, Planted } from '../../src-main/world/world.ts'
import { monday } from '../support/clock.ts'
import { type Observed, type Said, score } from './score.ts'
import { sumOf } from './sum.ts'
import { scenariosAsked } from './world-stage.ts'

const rule = 'F02-paid-order-missing'
const grace = minutes(10)
const poll = minutes(1)
const latest = monday + grace + poll + seconds(1)

function aFault(given: Partial<Planted> = {}): Planted {
  return {
    scenario: 'order lost',
    pattern: 'F02',
    rule,
    subject: { kind: 'order', key: '1001' },
    amount: { value: new Decimal('24.00'), currency: 'EUR' },
    cause: null,
    critical: true,
    plantedAt: monday,
    findableAt: monday,
    healedAt: null,
    ...given,
  }
}

function aWord(given: Partial<Said> = {}): Said {
  return { rule, kind: 'order', key: '1001', parts: new Map(), cause: null, amount: { minor: 2400, currency: 'EUR' }, severity: 'critical', says: 'It is missing.', openedAt: latest, closedAt: null, ...given }
}

function scored(given: { planted?: readonly Planted[]; innocents?: readonly Innocent[]; excused?: readonly Excused[]; said?: readonly Said[]; observed?: Partial<Observed>; rules?: readonly string[] }) {
  const truth = { planted: given.planted ?? [aFault()], innocents: given.innocents ?? [], excused: given.excused ?? [], orders: 10, cleanOrders: 9 }
  const observed: Observed = {
    seed: 7,
    startedAt: monday,
    endedAt: monday + minutes(120),
    pollMs: poll,
    paceOf: () => poll,
    streamsOf: () => ['orders'],
    graceOf: () => grace,
    said: given.said ?? [],
    troubles: [],
    slips: [],
    noticesAt: [],
    notJudgedHealthy: [],
    unexplained: [],
    duplicates: 0,
    lostIntents: 0,
    elapsedMs: 0,
    ...given.observed,
  }
  return score(truth, observed, new Set(given.rules ?? [rule]))
}

const countsOf = (run: ReturnType<typeof score>) => {
  const [one] = run.scenarios
  return one === undefined ? null : { found: one.found, late: one.late, missed: one.missed, excused: one.excused }
}
const none = { found: 0, late: 0, missed: 0, excused: 0 }

describe('a planted fault', () => {
  it('is found when it is said within grace, poll interval and a second, and late a moment after', () => {
    expect(countsOf(scored({ said: [aWord()] }))).toEqual({ ...none, found: 1 })
    const late = scored({ said: [aWord({ openedAt: latest + 1 })] })
    expect([countsOf(late), late.failing.map((one) => one.what)]).toEqual([{ ...none, late: 1 }, ['late']])
  })

  it('that could be found before anybody was to blame is found when it was said then', () => {
    const planted = [aFault({ plantedAt: latest + minutes(20) })]
    expect(countsOf(scored({ planted, said: [aWord()] }))).toEqual({ ...none, found: 1 })
    expect(countsOf(scored({ planted, said: [aWord({ openedAt: monday - 1 })] }))).toEqual({ ...none, missed: 1 })
  })

  it('that was mended before anybody had to say it is not found late by what is said of the next one on the same subject', () => {
    const again = monday + minutes(60)
    const planted = [aFault({ healedAt: monday + minutes(5) }), aFault({ plantedAt: again, findableAt: again })]
    expect(countsOf(scored({ planted, said: [aWord({ openedAt: again + grace })] }))).toEqual({ ...none, found: 1, excused: 1 })
  })

  it('is missed when nothing is said, or only of another subject or by another rule', () => {
    for (const said of [[], [aWord({ key: '1002' })], [aWord({ rule: 'F02-total-differs' })]]) {
      expect(countsOf(scored({ said }))).toEqual({ ...none, missed: 1 })
    }
  })

  it('is found where one incident speaks of many parts', () => {
    expect(countsOf(scored({ said: [aWord({ kind: 'stream', key: 'rounding in FR', parts: new Map([['1000', [monday]], ['1001', [latest]]]) })] }))).toEqual({ ...none, found: 1 })
  })

  it('is found when it joins a whole in time, however long that stands, and late when it joins late', () => {
    const whole = (...at: readonly number[]) => [aWord({ kind: 'stream', key: 'rounding in FR', openedAt: monday - minutes(60), parts: new Map([['1000', [monday - minutes(60)]], ['1001', at]]) })]
    expect(countsOf(scored({ said: whole(latest) }))).toEqual({ ...none, found: 1 })
    expect(countsOf(scored({ said: whole(latest + 1) }))).toEqual({ ...none, late: 1 })
    // it had been a part before, left, and joined again once it was at fault anew
    expect(countsOf(scored({ said: whole(monday - minutes(50), latest) }))).toEqual({ ...none, found: 1 })
    expect(countsOf(scored({ said: whole(monday - minutes(50), latest + 1) }))).toEqual({ ...none, late: 1 })
  })

  it('is waited for as long as its own rule’s streams go unread, and no longer', () => {
    const slow = { observed: { paceOf: (of: string) => (of === rule ? minutes(60) : poll) } }
    expect(countsOf(scored({ said: [aWord({ openedAt: monday + grace + minutes(60) })], ...slow }))).toEqual({ ...none, found: 1 })
    expect(countsOf(scored({ said: [aWord({ openedAt: monday + grace + minutes(61) })], ...slow }))).toEqual({ ...none, late: 1 })
  })

  it.each<[string, Said['cause'], object]>([
    ['right', 'wrong-rate', { causeRight: 1, causeOpen: 0, causeWrong: 0 }],
    ['open between several', 'ambiguous', { causeRight: 0, causeOpen: 1, causeWrong: 0 }],
    ['another one', 'discount', { causeRight: 0, causeOpen: 0, causeWrong: 1 }],
  ])('has a cause that is told: %s', (_how, cause, counts) => {
    const run = scored({ planted: [aFault({ cause: 'wrong-rate' })], said: [aWord({ cause })] })
    expect(run.scenarios[0]).toMatchObject(counts)
    expect(scored({ said: [aWord({ cause })] }).scenarios[0]).toMatchObject({ causeRight: 0, causeOpen: 0, causeWrong: 0 })
  })

  it.each([
    ['healed before anybody had to say it', { healedAt: latest }, {}],
    ['findable too shortly before the end', {}, { endedAt: latest - 1 }],
  ])('is owed by nobody when it was %s', (_what, planted, observed) => {
    expect(countsOf(scored({ planted: [aFault(planted)], observed }))).toEqual({ ...none, excused: 1 })
  })

  it('has money that is told: the very figure, or it did not hold', () => {
    const right = scored({ said: [aWord()] })
    const wrong = scored({ said: [aWord({ amount: { minor: 2300, currency: 'EUR' } })] })
    expect([right, wrong].map((run) => run.scenarios[0])).toMatchObject([{ amountRight: 1, amountWrong: 0 }, { amountRight: 0, amountWrong: 1 }])
    expect(wrong.failing).toMatchObject([{ what: 'wrong-amount', says: 'F02-paid-order-missing of order 1001 was told to be of 2300 minor units EUR, and is of 2400 minor units EUR' }])
    expect(sumOf([right, wrong])).toMatchObject({ amountRight: 0.5, amountWrong: 1 })
  })

  it('that nobody could see, because a side answered nobody, is owed when it could be seen again', () => {
    const outage = aFault({ scenario: 'outage', pattern: 'F12', rule: 'F12-connection-blind', subject: { kind: 'connection', key: 'erp' }, healedAt: monday + minutes(30) })
    const back = monday + minutes(30) + minutes(5) + poll + seconds(1)
    const outcome = (openedAt: number) => {
      const run = scored({ planted: [outage, aFault()], said: [aWord({ openedAt })] })
      return run.scenarios.find((one) => one.name === 'order lost')
    }
    expect([outcome(back)?.found, outcome(back + 1)?.late]).toEqual([1, 1])
  })

  it('of a rule that is not there yet is pending, and counts in no recall', () => {
    const run = scored({ rules: [] })
    expect([run.scenarios[0]?.status, run.failing, sumOf([run]).recall]).toEqual(['pending', [], null])
  })

  it('that was said before it was planted was not found by it', () => {
    expect(countsOf(scored({ said: [aWord({ openedAt: monday - 1, closedAt: null })] }))).toEqual({ ...none, missed: 1 })
  })
})

describe('a fault that comes back before anybody can see that it was over', () => {
  it('is found by what was told of it before, and still stands', () => {
    const again = aFault({ plantedAt: monday + minutes(40), findableAt: monday + minutes(40) })
    const planted = [aFault({ healedAt: monday + minutes(30) }), again]
    const found = (given: Partial<Observed>, closedAt: number | null) => countsOf(scored({ planted, said: [aWord({ closedAt })], observed: given }))?.found
    const slow = { paceOf: () => minutes(30) }
    expect([found(slow, null), found({}, null), found(slow, monday + minutes(35))]).toEqual([2, 1, 1])
  })
})

describe('a word', () => {
  it('of a subject on which nothing was planted is a false alarm', () => {
    const run = scored({ said: [aWord(), aWord({ key: '1002' })] })
    expect([run.falseAlarms, run.failing.map((one) => one.what)]).toEqual([1, ['false-alarm']])
  })

  it('of an innocent is a false alarm of the scenario whose twin it is', () => {
    const innocents: Innocent[] = [{ scenario: 'order lost', subject: { kind: 'order', key: '1002' }, because: 'It is late, within the grace.' }]
    expect(scored({ innocents, said: [aWord(), aWord({ key: '1002' })] }).scenarios[0]?.falseAlarms).toBe(1)
    const excused: Excused[] = [{ subject: { kind: 'order', key: '1002' }, rule: null, from: monday, to: null, because: 'The flow of orders stood still.' }]
    expect(scored({ innocents, excused, said: [aWord(), aWord({ key: '1002' })] }).falseAlarms).toBe(0)
  })

  it('of a subject that was innocent once stands beside the fault that it has now', () => {
    const innocents: Innocent[] = [{ scenario: 'order late', subject: { kind: 'order', key: '1001' }, because: 'It was late, and came.' }]
    expect(scored({ innocents, said: [aWord({ rule: 'F02-total-differs' })] }).falseAlarms).toBe(0)
  })

  it('that may be said in the place of another is right, and the other one counts where both are said in time', () => {
    const planted = [aFault({ instead: 'F02-suspect-match' })]
    const other = aWord({ rule: 'F02-suspect-match', openedAt: monday, closedAt: monday + minutes(1) })
    expect(countsOf(scored({ planted, said: [aWord({ rule: 'F02-suspect-match' })] }))).toEqual({ ...none, found: 1 })
    expect([scored({ planted, said: [other, aWord()] }), scored({ planted, said: [other] })].map((run) => [run.falseAlarms, run.wrongClosures])).toEqual([[0, 0], [0, 1]])
  })

  it('of a subject with another fault stands beside: neither found nor cried', () => {
    const run = scored({ said: [aWord(), aWord({ rule: 'F02-total-differs' })] })
    expect([run.falseAlarms, run.besides]).toEqual([0, 1])
  })

  it('of a fault that was healed long ago is a false alarm', () => {
    const run = scored({ planted: [aFault({ healedAt: monday + minutes(5) })], said: [aWord({ openedAt: monday + minutes(60) })] })
    expect(run.falseAlarms).toBe(1)
  })

  it('of what nobody is bound to name is neither right nor false, from its beginning on', () => {
    const excused: Excused[] = [{ subject: { kind: 'order', key: '1003' }, rule: null, from: monday, to: null, because: 'Its customer was merged.' }]
    const alarms = (openedAt: number) => scored({ planted: [], excused, said: [aWord({ key: '1003', openedAt })] }).falseAlarms
    expect([alarms(monday), alarms(monday - 1)]).toEqual([0, 1])
  })

  it('is no excuse any more once it has ended, and everybody could see that', () => {
    const excused: Excused[] = [{ subject: { kind: 'order', key: '1003' }, rule: null, from: monday, to: monday + minutes(5), because: 'The flow of orders stood still.' }]
    const alarms = (openedAt: number) => scored({ planted: [], excused, said: [aWord({ key: '1003', openedAt })] }).falseAlarms
    expect([alarms(monday + minutes(5)), alarms(monday + minutes(60))]).toEqual([0, 1])
  })

  it('of a connection that the simulation itself troubled is right', () => {
    const said = [aWord({ rule: 'F12-connection-blind', kind: 'connection', key: 'erp', openedAt: monday + 5 })]
    const troubles = [{ connection: 'erp', from: monday, to: monday + minutes(3) }]
    expect([scored({ planted: [], said, observed: { troubles } }).falseAlarms, scored({ planted: [], said }).falseAlarms]).toEqual([0, 1])
  })
})

describe('a closing', () => {
  it('is wrong while the fault still stands, and right after it was healed', () => {
    const closed = monday + minutes(60)
    const wrong = (healedAt: number | null) => scored({ planted: [aFault({ healedAt })], said: [aWord({ closedAt: closed })] }).wrongClosures
    expect([wrong(null), wrong(closed + 1), wrong(closed)]).toEqual([1, 1, 0])
  })
})

describe('the sum of many runs', () => {
  it('counts late as missed, adds scenarios by name, and takes the worst days', () => {
    const found = scored({ said: [aWord()], observed: { noticesAt: [monday] } })
    const late = scored({ said: [aWord({ openedAt: latest + 1 })] })
    expect(sumOf([found, late])).toMatchObject({
      seeds: 2,
      scenarios: [{ name: 'order lost', planted: 2, found: 1, late: 1, missed: 0 }],
      kindsOwed: 1, kindsFound: 0,
      recall: 0.5,
      recallCritical: 0.5,
      lateFound: 1,
      noticesPerDayP99: 1,
      cleanOrders: 18,
    })
  })
})

describe('a scenario that no run met', () => {
  it('is listed with nothing planted, and weighs nothing', () => {
    const unmet = scenariosAsked('F02-order-lost-authorised,F05')
    expect(unmet.map(({ pattern }) => pattern)).toEqual(expect.arrayContaining(['F02', 'F05']))
    const sum = sumOf([scored({ said: [aWord()] })], unmet)
    expect(sum.scenarios).toHaveLength(unmet.length + 1)
    expect(sum).toMatchObject({ kindsOwed: 1, kindsFound: 1, recall: 1, scenarios: expect.arrayContaining([expect.objectContaining({ name: 'F02-order-lost-authorised', status: 'live', planted: 0 })]) })
  })
})

describe('what a day’s close leaves without a place', () => {
  const left = { day: '2026-11-23', from: monday, to: monday + minutes(60), currency: 'EUR', minor: -120, orders: ['1001 (-120)'] }

  it('counts, whichever side it is on', () => {
    const run = scored({ planted: [], observed: { unexplained: [left, { ...left, currency: 'JPY', minor: 7 }] } })
    expect([run.unexplainedMinor, run.failing.map((one) => one.what)]).toEqual([127, ['unexplained', 'unexplained']])
  })

  it('counts nowhere on a day with a fault of money that no rule is for yet', () => {
    const of = (given: Partial<Planted>) => scored({ planted: [aFault(given)], rules: [], observed: { unexplained: [left] } }).unexplainedMinor
    expect([of({}), of({ amount: null }), of({ plantedAt: monday + minutes(60), findableAt: monday + minutes(60) }), of({ healedAt: monday })]).toEqual([0, 120, 120, 120])
  })
})

describe('what was mended', () => {
  const mendedAt = monday + minutes(40)
  const planted = [aFault({ healedAt: mendedAt })]
  const seenAt = mendedAt + poll + seconds(1)
  const of = (said: readonly Said[], also: Partial<Parameters<typeof scored>[0]> = {}) => {
    const run = scored({ planted, said, ...also })
    return { mended: run.mended, closed: run.mendedClosed, failing: run.failing.map((one) => one.what) }
  }

  it('is closed by evidence within a poll interval and a second, and is left open a moment after', () => {
    expect(of([aWord({ closedAt: seenAt })])).toEqual({ mended: 1, closed: 1, failing: [] })
    expect(of([aWord({ closedAt: seenAt + 1 })])).toEqual({ mended: 1, closed: 0, failing: ['left-open'] })
    expect(of([aWord()])).toEqual({ mended: 1, closed: 0, failing: ['left-open'] })
  })

  it('is not closed while it is opened again and stands', () => {
    expect(of([aWord({ closedAt: mendedAt }), aWord({ openedAt: seenAt })])).toMatchObject({ closed: 0, failing: ['left-open'] })
  })

  it('is not held to be closed where the run ends before that can be seen, nor while the next of its kind stands', () => {
    expect(of([aWord()], { observed: { endedAt: seenAt } })).toEqual({ mended: 0, closed: 0, failing: [] })
    const next = aFault({ plantedAt: mendedAt + poll, findableAt: mendedAt + poll })
    expect(of([aWord()], { planted: [...planted, next] })).toEqual({ mended: 0, closed: 0, failing: [] })
  })

  it('is seen when the side that shows it answers again', () => {
    const troubles = [{ connection: 'erp', from: mendedAt, to: mendedAt + minutes(20) }]
    expect(of([aWord({ closedAt: mendedAt + minutes(25) })], { observed: { troubles } })).toEqual({ mended: 1, closed: 1, failing: [] })
  })

  it('is told as a share of what was mended, beside the share of all that was said', () => {
    const closed = scored({ planted, said: [aWord({ closedAt: seenAt })] })
    const never = scored({ said: [aWord()] })
    expect(sumOf([closed, never])).toMatchObject({ selfHealedShare: 0.5, mendedClosedShare: 1 })
    expect(sumOf([never])).toMatchObject({ selfHealedShare: 0, mendedClosedShare: null })
  })
})
