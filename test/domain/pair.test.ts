/** A pair's settings: how an ERP reference names a shop order, and when the ERP should have it. */
import { describe, expect, it } from 'vitest'
import { actorOf, dueBasisFor, numberIn, pairSettingsSchema, referenceProblem } from '../../src-main/domain/pair.ts'

const settings = (given: Parameters<typeof pairSettingsSchema.parse>[0] = {}): ReturnType<typeof pairSettingsSchema.parse> =>
  pairSettingsSchema.parse(given)

describe('a reference', () => {
  it.each([
    ['1001', '1001'],
    ['  1001 ', '1001'],
    ['', null],
    ['   ', null],
  ])('without a pattern: %j names %j', (text, number) => {
    expect(numberIn(text, settings(), 'shop')).toBe(number)
  })

  const plain = settings({ reference: String.raw`^(?:SO-)?(?<number>\d+)$` })
  const stores = settings({ reference: String.raw`^(?<store>[A-Z]+)-(?<number>\d+)$`, store: 'DE' })

  it.each([
    ['a prefix that the pattern leaves out', 'SO-1001', plain, '1001'],
    ['another text', 'telephone, Mr. Smith', plain, null],
    ['its own store', 'DE-7', stores, '7'],
    ['its own store in small letters', 'de-7', settings({ ...stores, reference: '^(?<store>[a-z]+)-(?<number>.+)$' }), '7'],
    ['another store with the same number', 'FR-7', stores, null],
    ['an empty number', 'x', settings({ reference: 'x(?<number>.*)' }), null],
    ['letters of any script', 'заказ 42', settings({ reference: String.raw`^\p{L}+ (?<number>\d+)$` }), '42'],
  ])('with %s', (_what, text, given, number) => {
    expect(numberIn(text, given, 'shop')).toBe(number)
  })

  it('of a pair that names no store must carry the shop’s own id', () => {
    const given = settings({ reference: '^(?<store>[a-z]+)/(?<number>.+)$' })
    expect([numberIn('shop/1', given, 'shop'), numberIn('other/1', given, 'shop')]).toEqual(['1', null])
  })

  it.each([
    ['(?<number>[0-9', /not a regular expression/],
    [String.raw`SO-(\d+)`, /group named number/],
    [String.raw`(?<nummer>\d+)`, /group named number/],
    ['(?<number>a)(?<number>b)', /not a regular expression/],
  ])('pattern %j cannot be used, in words', (pattern, words) => {
    expect(referenceProblem(pattern)).toMatch(words)
    expect(pairSettingsSchema.safeParse({ reference: pattern }).success).toBe(false)
  })

  it('pattern that can be used has no problem', () => {
    expect(referenceProblem(String.raw`(?<number>SO-\d+)`)).toBeNull()
  })
})

describe('when the ERP should have an order', () => {
  const due = settings({ due: { invoice: 'placed', '*': 'authorised' } })

  it.each([
    ['invoice', due, 'placed'],
    ['card', due, 'authorised'],
    [null, due, 'authorised'],
    ['card', settings(), 'captured'],
    ['toString', settings(), 'captured'],
  ] as const)('paid by %j', (method, given, basis) => {
    expect(dueBasisFor(method, given)).toBe(basis)
  })
})

describe('the settings of a pair', () => {
  it('have defaults for everything', () => {
    expect(settings()).toMatchObject({ since: null, reference: null, graceMinutes: 15, stockBuffer: 0, channels: [] })
  })

  it.each([
    ['a setting nobody knows', { gracePeriod: 1 }],
    ['a time without a zone', { since: '2026-11-23T09:00:00' }],
    ['a grace of a month', { graceMinutes: 43_200 }],
    ['a negative buffer', { stockBuffer: -1 }],
    ['an empty test mark, which every order carries', { testMarks: [''] }],
    ['a user who is both the integration and a person', { actors: { integration: ['2'], people: ['7', '2'] } }],
  ])('refuse %s', (_what, given) => {
    expect(pairSettingsSchema.safeParse(given).success).toBe(false)
  })
})

describe('who made a document', () => {
  const named = settings({ actors: { integration: ['2'], people: ['7'] } })
  it.each([
    ['2', named, 'integration'],
    ['7', named, 'person'],
    ['9', named, 'unknown'],
    [null, named, null],
    ['7', settings(), null],
  ] as const)('is, for user %j, told by the settings alone', (user, given, actor) => {
    expect(actorOf(user, given)).toBe(actor)
  })
})
