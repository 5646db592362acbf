/** Every cent between takings and bookings has one place, or is called unexplained. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GivenBack, type Sale, placeGivenBack, placeSale } from '../../../../src-main/engine/reconcile/close/waterfall.ts'

const day = '2026-11-23'

function aSale(given: Partial<Sale> = {}): Sale {
  return {
    number: '1001',
    orders: ['1001'],
    takenToday: 2400,
    takenOn: day,
    booked: [{ day, minor: 2400 }],
    outstanding: 0,
    giftCardPaid: 0,
    giftCardSold: 0,
    marketplaceTax: 0,
    cashRounding: 0,
    refundedBefore: 0,
    inOtherCurrency: false,
    notDueUntil: null,
    outOfScope: null,
    notJudged: null,
    incidents: [],
    ...given,
  }
}

const missing = { rule: 'F02-paid-order-missing', number: '1001', minor: 2400 }

describe('a sale', () => {
  it('that both sides have for one sum on one day is no step', () => {
    expect(placeSale(aSale(), day)).toEqual([])
  })

  it.each<[string, Partial<Sale>, readonly [string, number][]]>([
    ['that is missing in the ERP is its incident', { booked: [], incidents: [missing] }, [['F02-paid-order-missing', 2400]]],
    ['that is not due yet is timing, with its date', { booked: [], notDueUntil: '2026-12-01' }, [['not-yet-due 2026-12-01', 2400]]],
    ['that was booked the day after is timing', { booked: [{ day: '2026-11-24', minor: 2400 }] }, [['booked-another-day 2026-11-24', 2400]]],
    ['that was taken the day before is timing', { takenToday: null, takenOn: '2026-11-22' }, [['taken-another-day 2026-11-22', -2400]]],
    ['that was booked and never captured is timing', { takenToday: null, takenOn: null }, [['not-captured-yet null', -2400]]],
    ['paid in part by gift card', { takenToday: 1400, giftCardPaid: 1000 }, [['gift-card-paid', -1000]]],
    ['of a gift card that is no revenue', { takenToday: 7400, giftCardSold: 5000 }, [['gift-card-sold', 5000]]],
    ['whose tax a marketplace hands over', { booked: [{ day, minor: 2000 }], marketplaceTax: 400 }, [['marketplace-tax', 400]]],
    ['captured in part', { takenToday: 1000, outstanding: 1400 }, [['not-captured-yet null', -1400]]],
    ['that the ERP has in another currency alone', { booked: [], inOtherCurrency: true, notJudged: 'not yet' }, [['currency', 2400]]],
    ['whose currency an incident names', { takenToday: 1400, giftCardPaid: 1000, booked: [], inOtherCurrency: true, incidents: [{ rule: 'F02-total-differs', number: '1001', minor: 2400 }] }, [['gift-card-paid', -1000], ['F02-total-differs', 2400]]],
    ['that was sold in another currency', { takenToday: null, takenOn: null, inOtherCurrency: true }, [['currency', -2400]]],
    ['of which the ERP books what was handed over in coins', { takenToday: 2402, booked: [{ day, minor: 2400 }], cashRounding: -2 }, [['cash-rounding', 2]]],
    ['whose rounding the ERP leaves out, as the shop does', { booked: [{ day, minor: 2390 }], cashRounding: -2 }, [['unexplained', 10]]],
    ['that is out of scope', { booked: [], outOfScope: 'test order' }, [['test order', 2400]]],
    ['that could not be judged', { booked: [], notJudged: 'the ERP is not read that far' }, [['the ERP is not read that far', 2400]]],
    ['whose difference an incident names', { booked: [{ day, minor: 2000 }], incidents: [{ rule: 'F02-total-differs', number: '1001', minor: 400 }] }, [['F02-total-differs', 400]]],
    ['that was given back before it was booked', { booked: [], refundedBefore: 2400 }, [['refunded-before-booking', 2400]]],
    ['whose difference nobody names', { booked: [{ day, minor: 2399 }] }, [['unexplained', 1]]],
    ['of which an incident names a part', { booked: [{ day, minor: 2000 }], incidents: [{ rule: 'F02-total-differs', number: '1001', minor: 300 }] }, [['F02-total-differs', 300], ['unexplained', 100]]],
    ['booked a day late with another sum', { booked: [{ day: '2026-11-24', minor: 2000 }], incidents: [{ rule: 'F02-total-differs', number: '1001', minor: 400 }] }, [['booked-another-day 2026-11-24', 2000], ['F02-total-differs', 400]]],
  ])('%s', (_what, given, expected) => {
    expect(placeSale(aSale(given), day).map((part) => [inWords(part.place), part.minor])).toEqual(expected)
  })
})

describe('a document over several orders', () => {
  const differs = (number: string, minor: number) => ({ rule: 'F02-total-differs', number, minor })
  const tax = (number: string, minor: number) => ({ rule: 'F05-tax-differs', number, minor })

  it.each<[string, number, Sale['incidents'], readonly [string, number][]]>([
    ['is told by the incidents of all of them, each with its own figure', 1500, [differs('1001', 1000), differs('1002', 500)], [['F02-total-differs', 1500]]],
    ['is told by those of them that come to just what is left', 1500, [differs('1001', 1000), differs('1002', 700), tax('1003', 500)], [['F02-total-differs', 1000], ['F05-tax-differs', 500]]],
    ['leaves what none of its incidents speaks of without a place', 1600, [differs('1001', 1000), differs('1002', 500)], [['F02-total-differs', 1500], ['unexplained', 100]]],
    ['does not choose between sums that come to the same', 1500, [differs('1001', 1000), tax('1001', 900), differs('1002', 700), tax('1002', 800), tax('1003', 500), differs('1004', 600)], [['F02-total-differs', 2300], ['F05-tax-differs', 500], ['unexplained', -1300]]],
    ['never adds the tax of an order to the total that it is in', 1500, [differs('1001', 1000), tax('1001', 500)], [['F02-total-differs', 1000], ['unexplained', 500]]],
  ])('%s', (_what, rest, incidents, expected) => {
    expect(placeSale(aSale({ booked: [{ day, minor: 2400 - rest }], incidents }), day).map((part) => [inWords(part.place), part.minor])).toEqual(expected)
  })
})

describe('what was given back', () => {
  const back = (given: Partial<GivenBack>): GivenBack => ({ number: '1001', orders: ['1001'], refunded: [], credited: [], billedAnew: [], neverReceived: 0, cashRounding: 0, creditDueUntil: null, refundDueUntil: null, inOtherCurrency: false, outOfScope: null, notJudged: null, neverBooked: false, incidents: [], ...given })

  it.each<[string, Partial<GivenBack>, readonly [string, number][]]>([
    ['and credited on one day is no step', { refunded: [{ day, minor: 500 }], credited: [{ day, minor: 500 }] }, []],
    ['and credited the day after is timing', { refunded: [{ day, minor: 500 }], credited: [{ day: '2026-11-24', minor: 500 }] }, [['booked-another-day 2026-11-24', -500]]],
    ['the day before is timing', { refunded: [{ day: '2026-11-22', minor: 500 }], credited: [{ day, minor: 500 }] }, [['taken-another-day 2026-11-22', 500]]],
    ['without a credit note is its incident', { refunded: [{ day, minor: 500 }], incidents: [{ rule: 'F06-refund-without-credit-note', number: '1001', minor: -500 }] }, [['F06-refund-without-credit-note', -500]]],
    ['of an order that the ERP never had', { refunded: [{ day, minor: 500 }], neverBooked: true }, [['refunded-before-booking', -500]]],
    ['a moment ago is not due', { refunded: [{ day, minor: 500 }], creditDueUntil: day }, [[`not-yet-due ${day}`, -500]]],
    ['in the ERP a moment ago is not due', { credited: [{ day, minor: 500 }], refundDueUntil: '2026-11-24', creditDueUntil: day }, [['not-yet-due 2026-11-24', 500]]],
    ['in the ERP alone is its incident', { credited: [{ day, minor: 500 }], incidents: [{ rule: 'F07-refund-not-told', number: '1001', minor: 500 }] }, [['F07-refund-not-told', 500]]],
    ['to be billed anew goes back to nobody', { credited: [], billedAnew: [{ day, minor: 500 }] }, [['billed-anew', 500]]],
    ['to be billed anew takes no refund for its own', { refunded: [{ day, minor: 500 }], billedAnew: [{ day, minor: 500 }], incidents: [{ rule: 'F06-refund-without-credit-note', number: '1001', minor: -500 }] }, []],
    ['of what nobody had paid goes back to nobody', { credited: [{ day, minor: 500 }], neverReceived: 200, incidents: [{ rule: 'F07-refund-not-told', number: '1001', minor: 300 }] }, [['never-received', 200], ['F07-refund-not-told', 300]]],
    ['in coins, as the ERP credits it', { refunded: [{ day, minor: 502 }], credited: [{ day, minor: 500 }], cashRounding: -2 }, [['cash-rounding', -2]]],
    ['in another currency than it was sold in', { credited: [{ day, minor: 500 }], inOtherCurrency: true }, [['currency', 500]]],
    ['beyond what was credited is unexplained', { refunded: [{ day, minor: 500 }], credited: [{ day, minor: 480 }] }, [['unexplained', -20]]],
  ])('%s', (_what, given, expected) => {
    expect(placeGivenBack(back(given), day).map((part) => [inWords(part.place), part.minor])).toEqual(expected)
  })
})

describe('the law of the close', () => {
  const days = fc.constantFrom('2026-11-22', '2026-11-23', '2026-11-24')
  const minor = fc.integer({ min: -5000, max: 900_000 })
  const plus = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9000 }))
  const sums = fc.array(fc.record({ day: days, minor }), { maxLength: 3 })
  const incidents = fc.array(fc.record({ rule: fc.constantFrom('F02-total-differs', 'F05-tax-differs'), number: fc.constantFrom('1001', '1002'), minor }), { maxLength: 4 })
  const words = fc.option(fc.constantFrom('why'), { nil: null })
  const sale = fc.record({
    number: fc.constant('1001'), orders: fc.constant(['1001']), takenToday: fc.option(minor, { nil: null }), takenOn: fc.option(days, { nil: null }), booked: sums,
    outstanding: plus, giftCardPaid: plus, giftCardSold: plus, marketplaceTax: plus, cashRounding: minor, refundedBefore: plus, inOtherCurrency: fc.boolean(),
    notDueUntil: fc.option(days, { nil: null }), outOfScope: words, notJudged: words, incidents,
  })
  const back = fc.record({ number: fc.constant('1001'), orders: fc.constant(['1001']), refunded: sums, credited: sums, billedAnew: sums, neverReceived: plus, cashRounding: minor, creditDueUntil: fc.option(days, { nil: null }), refundDueUntil: fc.option(days, { nil: null }), inOtherCurrency: fc.boolean(), outOfScope: words, notJudged: words, neverBooked: fc.boolean(), incidents })

  it('the places of a sale add up to its difference, whatever is known of it', () => {
    fc.assert(
      fc.property(sale, (one) => {
        const booked = one.booked.filter((document) => document.day === day).reduce((sum, document) => sum + document.minor, 0)
        const parts = placeSale(one, day)
        expect(parts.reduce((sum, part) => sum + part.minor, 0)).toBe((one.takenToday ?? 0) - booked)
        expect(parts.every((part) => part.minor !== 0 || part.place.kind !== 'unexplained')).toBe(true)
      }),
    )
  })

  it('and so do those of what was given back', () => {
    fc.assert(
      fc.property(back, (one) => {
        const on = (list: GivenBack['refunded']): number => list.filter((each) => each.day === day).reduce((sum, each) => sum + each.minor, 0)
        expect(placeGivenBack(one, day).reduce((sum, part) => sum + part.minor, 0)).toBe(on(one.credited) + on(one.billedAnew) - on(one.refunded))
      }),
    )
  })

  it('timing takes nothing away: what one day owes to another, that other owes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (sum) => {
        const late = aSale({ takenToday: sum, booked: [{ day: '2026-11-24', minor: sum }] })
        const then = { ...late, takenToday: null }
        const first = placeSale(late, day).reduce((all, part) => all + part.minor, 0)
        const second = placeSale(then, '2026-11-24').reduce((all, part) => all + part.minor, 0)
        expect(first + second).toBe(0)
      }),
    )
  })
})

function inWords(place: ReturnType<typeof placeSale>[number]['place']): string {
  switch (place.kind) {
    case 'incident':
      return place.rule
    case 'timing':
      return place.what === 'not-captured-yet' || place.on === null ? `${place.what} null` : `${place.what} ${place.on}`
    case 'class':
      return place.what
    case 'out-of-scope':
    case 'not-judged':
      return place.why
    default:
      return place.kind
  }
}
