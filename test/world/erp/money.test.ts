/** The ERP's money: what lines, taxes and documents must agree on, whichever way the company rounds. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digitsOf, sum } from '../../../src-main/world/decimal.ts'
import type { ErpRounding, Move } from '../../../src-main/world/erp/erp.ts'
import { aScene, decimal, monday, quote, type Scene } from './scene.ts'

const currency = fc.constantFrom('EUR', 'JPY', 'KWD')
const rate = fc.constantFrom('0', '5', '5.5', '7', '19', '20', '21', '25')
const line = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 500_000 }).map((cents) => decimal(cents).dividedBy(1000)))
const lines = fc.array(line, { minLength: 1, maxLength: 12 })
const terms = fc.record({ currency, rate, priceInclude: fc.boolean(), lines })

function invoiced(scene: Scene, saleId: number): Move {
  scene.erp.confirm(saleId, scene.by, monday)
  const { lineIds } = scene.erp.books.sales.must(saleId)
  const move = scene.erp.invoice(lineIds.map((saleLineId) => ({ saleLineId })), scene.by, monday)
  scene.erp.post(move.id, '2026-11-23', scene.by, monday)
  return move
}

describe('amounts', () => {
  it('rounded per line are the sums of their lines', () => {
    fc.assert(fc.property(terms, ({ lines: ordered, ...wish }) => {
      const scene = aScene({ ...wish, rounding: 'round_per_line' })
      const sale = quote(scene, ordered)
      const rows = sale.lineIds.map((id) => scene.erp.books.saleLines.must(id))
      expect(sale.untaxed).toEqual(sum(rows.map((row) => row.subtotal)))
      expect(sale.tax).toEqual(sum(rows.map((row) => row.tax)))
      expect(sale.total).toEqual(sum(rows.map((row) => row.total)))
    }))
  })

  it('rounded globally round each tax once, and stay within half a unit a line of the lines\' own', () => {
    fc.assert(fc.property(terms, ({ lines: ordered, ...wish }) => {
      const scene = aScene({ ...wish, rounding: 'round_globally' })
      const sale = quote(scene, ordered)
      const rows = sale.lineIds.map((id) => scene.erp.books.saleLines.must(id))
      const digits = digitsOf(wish.currency)
      const percent = decimal(wish.rate).dividedBy(100)
      const stated = sum(rows.map((row) => row.quantity.times(row.priceUnit).toDecimalPlaces(digits)))
      const exact = wish.priceInclude ? stated.times(percent).dividedBy(percent.plus(1)) : stated.times(percent)
      expect(sale.tax).toEqual(exact.toDecimalPlaces(digits))
      expect(sale.total).toEqual(sale.untaxed.plus(sale.tax))
      expect(wish.priceInclude ? sale.total : sale.untaxed).toEqual(stated)
      const drift = sum(rows.map((row) => row.tax)).minus(sale.tax).abs()
      expect(drift.lessThanOrEqualTo(decimal(10).pow(-digits).times(rows.length).dividedBy(2))).toBe(true)
    }))
  })

  it('differ between the two ways where many small lines lose their fractions', () => {
    const totals = (['round_per_line', 'round_globally'] satisfies ErpRounding[]).map((rounding) => {
      const sale = quote(aScene({ rounding, rate: 19 }), Array.from({ length: 10 }, () => [1, '0.99'] as const))
      return [sale.tax.toString(), sale.total.toString()]
    })
    expect(totals).toEqual([['1.9', '11.8'], ['1.88', '11.78']])
  })

  it('of an invoice over a whole order are the order\'s', () => {
    fc.assert(fc.property(terms, fc.constantFrom<ErpRounding>('round_per_line', 'round_globally'), ({ lines: ordered, ...wish }, rounding) => {
      const scene = aScene({ ...wish, rounding })
      const sale = quote(scene, ordered)
      const move = invoiced(scene, sale.id)
      expect([move.untaxed, move.tax, move.total]).toEqual([sale.untaxed, sale.tax, sale.total])
      expect(sum(move.taxes.map((tax) => tax.amount))).toEqual(move.tax)
    }), { numRuns: 50 })
  })

  it('of a whole credit are the invoice\'s, even when the rounding has changed since, and nothing stays invoiced', () => {
    fc.assert(fc.property(terms, ({ lines: ordered, ...wish }) => {
      const scene = aScene({ ...wish, rounding: 'round_per_line' })
      const sale = quote(scene, ordered)
      const move = invoiced(scene, sale.id)
      scene.erp.changeRounding('round_globally', monday)
      const note = scene.erp.credit(move.id, { invoiceDate: '2026-11-24' }, scene.by, monday)
      expect([note.untaxed, note.tax, note.total]).toEqual([move.untaxed, move.tax, move.total])
      expect(note.reversedMoveId).toBe(move.id)
      expect(sale.lineIds.map((id) => scene.erp.books.saleLines.must(id).invoiced.toString())).toEqual(sale.lineIds.map(() => '0'))
      expect(move.residual.toString()).toBe('0')
    }), { numRuns: 50 })
  })

  it('of a credited amount come out at that amount, with the taxes of the invoice in it', () => {
    fc.assert(fc.property(terms, fc.integer({ min: 1, max: 100_000 }), ({ lines: ordered, ...wish }, units) => {
      const scene = aScene({ ...wish })
      const move = invoiced(scene, quote(scene, ordered).id)
      const amount = decimal(units).times(decimal(10).pow(-digitsOf(wish.currency)))
      const note = scene.erp.credit(move.id, { amount, invoiceDate: '2026-11-24' }, scene.by, monday)
      expect(note.total).toEqual(amount)
      expect(note.untaxed.plus(note.tax)).toEqual(amount)
      expect(sum(note.lines.map((each) => each.total))).toEqual(amount)
    }), { numRuns: 50 })
  })

  it('take a discount off before anything is rounded', () => {
    const scene = aScene({ rate: 20 })
    const sale = scene.erp.createSale({
      partnerId: scene.partnerId, clientOrderRef: null, dateOrder: monday, currency: 'EUR', warehouseId: scene.warehouseId,
      lines: [{ productId: scene.goods.id, quantity: decimal(3), priceUnit: decimal('9.99'), discount: decimal('12.5') }],
    }, scene.by, monday)
    expect([sale.untaxed, sale.tax, sale.total].map(String)).toEqual(['26.22', '5.24', '31.46'])
  })
})
