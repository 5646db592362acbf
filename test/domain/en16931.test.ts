/** The sums that an invoice must keep, each by its own name and with its own tolerance. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breachesOf } from '../../src-main/domain/en16931.ts'
import { toMajor, toMinor } from '../../src-main/domain/money.ts'
import { aCreditNote, anErpLine, anInvoice, aTax } from '../support/builders.ts'

const rate = (ratePercent: string, base: string, amount: string) => ({ code: null, ratePercent, base, amount })

/** 10.00 and 20.00 at 20 %, taxed in one sum. */
function whole(given: Parameters<typeof anInvoice>[0] = {}) {
  const lines = ['10.00', '20.00'].map((net, nth) => anErpLine({ id: `l${nth}`, net, taxes: [aTax({ ratePercent: '20.0', amount: null })] }))
  return anInvoice({ lines, taxes: [rate('20', '30.00', '6.00')], totals: { net: '30.00', tax: '6.00', total: '36.00' }, ...given })
}

function broken(given: Parameters<typeof anInvoice>[0]) {
  return breachesOf(whole(given)).map((breach) => breach.rule)
}

describe('an invoice', () => {
  it('that adds up breaks nothing', () => {
    expect(breachesOf(whole())).toEqual([])
  })

  it.each<[string, string, Parameters<typeof anInvoice>[0]]>([
    ['BR-CO-10', 'its net is not the sum of its lines', { totals: { net: '30.02', tax: '6.00', total: '36.02' } }],
    ['BR-CO-10', 'its net is a cent more than its lines, and the ERP rounds each line', { taxMethod: 'per-line', totals: { net: '30.01', tax: '6.00', total: '36.01' } }],
    ['BR-DEC-18', 'what is due has more digits than the currency', { open: '12.005' }],
    ['BR-CO-14', 'its tax is not the sum of its breakdown', { totals: { net: '30.00', tax: '6.01', total: '36.01' } }],
    ['BR-CO-15', 'its total is not net plus tax', { totals: { net: '30.00', tax: '6.00', total: '36.01' } }],
    ['BR-CO-18', 'it states tax and no breakdown', { taxes: [] }],
    ['BR-CO-16', 'it is paid and something is due', { state: 'paid', open: '0.01' }],
    ['BR-CO-16', 'more is due than its total', { open: '36.01' }],
    ['BR-DEC-23', 'a line has more digits than the currency', { lines: [anErpLine({ net: '10.005', taxes: [] })], totals: { net: '10.00', tax: '6.00', total: '16.00' } }],
    ['BR-DEC-14', 'its total has more digits than the currency', { totals: { net: '30.00', tax: '6.00', total: '36.001' } }],
  ])('breaks %s when %s', (rule, _why, given) => {
    expect(broken(given)).toContain(rule)
  })

  it('may be off by less than one whole unit where tax is base × rate, and no more', () => {
    const taxed = (amount: string) => ({ taxes: [rate('20', '30.00', amount)], totals: { net: '30.00', tax: amount, total: toMajor(3000 + toMinor(amount, 'EUR'), 'EUR') } })
    expect(broken(taxed('6.99'))).toEqual([])
    expect(broken(taxed('7.00'))).toEqual(['BR-CO-17'])
  })

  it('may show lines that are each rounded alone where it rounds over the document: half a smallest unit a line, and no more', () => {
    // 100.5 + 100.5 yen: 201, of lines that show 101 each
    const yen = (nets: readonly string[], net: string, tax: string) =>
      anInvoice({
        currency: 'JPY', lines: nets.map((one, nth) => anErpLine({ id: `l${nth}`, net: one, taxes: [aTax({ ratePercent: '10', amount: null })] })),
        taxes: [rate('10', net, tax)], totals: { net, tax, total: String(Number(net) + Number(tax)) },
      })
    const rules = (invoice: ReturnType<typeof yen>) => breachesOf(invoice).map((one) => one.rule)
    expect([rules(yen(['101', '101'], '201', '20')), rules(yen(['101', '101'], '200', '20')), rules(yen(['101'], '100', '10'))]).toEqual([[], ['BR-CO-10'], ['BR-CO-10']])
  })

  it('of a currency without cents may be off by less than a hundred of its units: each line was rounded to one', () => {
    const yen = (amount: string, total: string) =>
      whole({ currency: 'JPY', lines: [], taxes: [rate('10', '30000', amount)], totals: { net: '30000', tax: amount, total } })
    expect([breachesOf(yen('3004', '33004')), breachesOf(yen('3100', '33100')).map((one) => one.rule)]).toEqual([[], ['BR-CO-17']])
  })

  it('has a line that two authorities tax at one rate in that rate’s base twice', () => {
    const lines = [anErpLine({ net: '30.00', taxes: [aTax({ ratePercent: '4', amount: null }), aTax({ ratePercent: '4', amount: null })] })]
    const stated = { lines, totals: { net: '30.00', tax: '2.40', total: '32.40' } }
    expect([broken({ ...stated, taxes: [rate('4', '30.00', '1.20'), rate('4', '30.00', '1.20')] }), broken({ ...stated, taxes: [rate('4', '30.00', '2.40')] })]).toEqual([[], ['BR-CO-17', 'BR-S-08']])
  })

  it('asks each rate’s base to be what its lines cost, 20.0 and 20 being one rate', () => {
    const base = (of: string) => ({ taxes: [rate('20', of, '6.00')] })
    expect(broken(base('30.99'))).toEqual([])
    expect(broken(base('31.00'))).toContain('BR-S-08')
  })

  it('has no tax where it has no rate', () => {
    const taxes = [rate('20', '30.00', '6.00'), rate('0', '0.00', '0.01')]
    expect(broken({ taxes, totals: { net: '30.00', tax: '6.01', total: '36.01' } })).toContain('BR-Z-09')
  })

  it('of which part is paid may have the rest due', () => {
    expect(['36.00', '35.99', '0.00'].map((open) => broken({ open }))).toEqual([[], [], []])
  })

  it('is judged in the digits of its currency', () => {
    const yen = whole({ currency: 'JPY', lines: [anErpLine({ net: '333', taxes: [aTax({ ratePercent: '10', amount: null })] })], taxes: [rate('10', '333', '33')], totals: { net: '333', tax: '33', total: '366' } })
    expect(breachesOf(yen)).toEqual([])
    expect(breachesOf({ ...yen, totals: { ...yen.totals, tax: '33.3', total: '366.3' } }).map((one) => one.rule)).toContain('BR-DEC-13')
  })

  it('is judged the same with every sign turned: a credit note', () => {
    const lines = [anErpLine({ quantity: '-1', net: '-10.00', taxes: [aTax({ ratePercent: '20', amount: null })] })]
    const note = aCreditNote({ lines, taxes: [rate('20', '-10.00', '-2.00')], totals: { net: '-10.00', tax: '-2.00', total: '-12.00' } })
    expect(breachesOf(note)).toEqual([])
    expect(breachesOf({ ...note, totals: { ...note.totals, total: '-11.99' } }).map((one) => one.rule)).toEqual(['BR-CO-15'])
  })

  it('computed per line or per rate keeps them all, whatever its lines', () => {
    const nets = fc.array(fc.tuple(fc.integer({ min: -50_000, max: 500_000 }), fc.constantFrom('5.5', '20')), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(nets, (drawn) => {
        const lines = drawn.map(([minor, ratePercent], nth) => anErpLine({ id: `l${nth}`, net: toMajor(minor, 'EUR'), taxes: [aTax({ ratePercent, amount: null })] }))
        const rates = [...new Set(drawn.map(([, percent]) => percent))]
        const taxes = rates.map((percent) => {
          const base = drawn.reduce((sum, [minor, one]) => sum + (one === percent ? minor : 0), 0)
          return rate(percent, toMajor(base, 'EUR'), toMajor(Math.sign(base) * Math.round((Math.abs(base) * Number(percent) * 10) / 1000), 'EUR'))
        })
        const net = drawn.reduce((sum, [minor]) => sum + minor, 0)
        const tax = taxes.reduce((sum, one) => sum + toMinor(one.amount, 'EUR'), 0)
        const totals = { net: toMajor(net, 'EUR'), tax: toMajor(tax, 'EUR'), total: toMajor(net + tax, 'EUR') }
        expect(breachesOf(anInvoice({ lines, taxes, totals }))).toEqual([])
      }),
    )
  })
})
