/** What each VAT category asks of the invoice that it stands on. */
import { describe, expect, it } from 'vitest'
import { breachesOf } from '../../src-main/domain/en16931.ts'
import type { VatCategory } from '../../src-main/domain/records.ts'
import { anErpLine, anInvoice, aTax } from '../support/builders.ts'

interface Taxed {
  readonly category?: VatCategory
  readonly ratePercent: string
  readonly base: string
  readonly amount: string
}

const reverse: Taxed = { category: 'AE', ratePercent: '0', base: '100.00', amount: '0.00' }

/** An invoice over those bases, each a line of its own. */
function broken(taxes: readonly Taxed[], given: Parameters<typeof anInvoice>[0] = {}) {
  const sum = (figures: readonly string[]): string => figures.reduce((all, one) => all + Number(one), 0).toFixed(2)
  const [net, tax] = [sum(taxes.map((one) => one.base)), sum(taxes.map((one) => one.amount))]
  const lines = taxes.map(({ base, ratePercent }, nth) => anErpLine({ id: `l${nth}`, net: base, taxes: [aTax({ ratePercent, amount: null })] }))
  const stated = taxes.map((one) => ({ code: null, ...one }))
  return breachesOf(anInvoice({ lines, taxes: stated, totals: { net, tax, total: sum([net, tax]) }, ...given })).map((breach) => breach.rule)
}

describe('an invoice under', () => {
  it.each<[VatCategory, string, string]>([
    ['S', '20', '20.00'], ['Z', '0', '0.00'], ['E', '0', '0.00'], ['AE', '0', '0.00'], ['K', '0', '0.00'], ['G', '0', '0.00'],
    ['O', '0', '0.00'], ['L', '7', '7.00'], ['L', '0', '0.00'], ['M', '0.5', '0.50'],
  ])('category %s at %s %% keeps what its family asks', (category, ratePercent, amount) => {
    expect(broken([{ category, ratePercent, base: '100.00', amount }], { buyerIsRegistered: true })).toEqual([])
  })

  it.each<[string, VatCategory, string, string]>([
    ['BR-S-05', 'S', '0', '0.00'], ['BR-Z-05', 'Z', '20', '20.00'], ['BR-E-05', 'E', '5.5', '5.50'], ['BR-AE-05', 'AE', '20', '20.00'],
    ['BR-IC-05', 'K', '20', '20.00'], ['BR-G-05', 'G', '20', '20.00'], ['BR-O-05', 'O', '20', '20.00'],
    ['BR-E-09', 'E', '0', '0.01'], ['BR-AE-09', 'AE', '0', '0.01'], ['BR-IC-09', 'K', '0', '0.01'], ['BR-G-09', 'G', '0', '0.01'], ['BR-IG-09', 'L', '0', '0.01'],
  ])('breaks %s by category %s at %s %% with %s tax', (rule, category, ratePercent, amount) => {
    expect(broken([{ category, ratePercent, base: '100.00', amount }], { buyerIsRegistered: true })).toContain(rule)
  })

  it('a tax that the buyer owes names the buyer’s number, and is not accused where nobody could ask for it', () => {
    const known = (buyerIsRegistered: boolean | null) => broken([reverse, { ...reverse, base: '50.00' }], { buyerIsRegistered })
    expect([known(true), known(null), known(false)]).toEqual([[], [], ['BR-AE-02']])
    expect(broken([{ ...reverse, category: 'K' }], { buyerIsRegistered: false })).toEqual(['BR-IC-02'])
  })

  it('no tax at all stands alone: nothing outside of its scope is beside what is taxed', () => {
    const outside: Taxed = { category: 'O', ratePercent: '0', base: '10.00', amount: '0.00' }
    expect(broken([outside, { category: 'S', ratePercent: '20', base: '100.00', amount: '20.00' }])).toEqual(['BR-O-11'])
  })

  it('no category is asked nothing of one', () => {
    expect(broken([{ ratePercent: '0', base: '100.00', amount: '0.00' }], { buyerIsRegistered: false })).toEqual([])
  })
})
