/** What may be done in the ERP, and which stamps move when it is done. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sum, zero } from '../../../src-main/world/decimal.ts'
import { Rejected } from '../../../src-main/world/erp/erp.ts'
import { addGoods, aScene, decimal, monday, quote, type Scene } from './scene.ts'

const later = monday + 60_000
const dayAfter = monday + 86_400_000

function pickingsOf(scene: Scene, saleId: number) {
  return scene.erp.books.find.pickingsOfSale(saleId)
}

function shelf(scene: Scene): readonly [string, string] {
  const [quant] = scene.erp.books.find.quantsOfProduct(scene.goods.id)
  return [String(quant?.quantity), String(quant?.reserved)]
}

describe('a confirmed order', () => {
  it('gets a delivery that reserves what is there', () => {
    const scene = aScene({ stock: 10 })
    const sale = quote(scene, [[3, '9.99']])
    scene.erp.confirm(sale.id, scene.by, later)
    expect(sale).toMatchObject({ state: 'sale', dateOrder: later, name: 'S00001' })
    expect(pickingsOf(scene, sale.id)).toMatchObject([{ name: 'WH/OUT/00001', state: 'assigned', origin: 'S00001' }])
    expect(shelf(scene)).toEqual(['10', '3'])
  })

  it('waits for what is short, and takes it when it comes in, first come first served', () => {
    const scene = aScene({ stock: 2 })
    const [first, second] = [quote(scene, [[5, 1]]), quote(scene, [[1, 1]])]
    scene.erp.confirm(first.id, scene.by, later)
    scene.erp.confirm(second.id, scene.by, later)
    expect(pickingsOf(scene, first.id)).toMatchObject([{ state: 'assigned', moves: [{ state: 'partially_available' }] }])
    expect(pickingsOf(scene, second.id)).toMatchObject([{ state: 'confirmed', moves: [{ state: 'confirmed' }] }])
    scene.erp.setQuantity(scene.goods.id, scene.warehouseId, decimal(6), dayAfter)
    expect(pickingsOf(scene, first.id)).toMatchObject([{ moves: [{ state: 'assigned' }] }])
    expect(pickingsOf(scene, second.id)).toMatchObject([{ state: 'assigned' }])
    scene.erp.setQuantity(scene.goods.id, scene.warehouseId, decimal(5), dayAfter)
    expect(pickingsOf(scene, second.id)).toMatchObject([{ state: 'confirmed' }])
    expect(shelf(scene)).toEqual(['5', '5'])
  })

  it('sends parts, and what is left becomes a backorder', () => {
    const scene = aScene({ stock: 10 })
    const sale = quote(scene, [[5, 1]])
    scene.erp.confirm(sale.id, scene.by, later)
    const [picking] = pickingsOf(scene, sale.id)
    const [move] = picking?.moves ?? []
    scene.erp.deliver(picking?.id ?? 0, { carrier: 'DHL', tracking: ['1', '2'], quantities: new Map([[move?.id ?? 0, decimal(2)]]) }, scene.by, dayAfter)
    expect(pickingsOf(scene, sale.id)).toMatchObject([
      { state: 'done', doneAt: dayAfter, trackingRef: '1,2', carrier: 'DHL', backorderOf: null },
      { state: 'assigned', doneAt: null, trackingRef: null, backorderOf: picking?.id, moves: [{ quantity: decimal(3) }] },
    ])
    expect(scene.erp.books.saleLines.must(sale.lineIds[0] ?? 0).delivered).toEqual(decimal(2))
    expect(shelf(scene)).toEqual(['8', '3'])
  })

  it('takes goods back in a transfer of their own, on the shelf and to who waits, and never more than it sent', () => {
    const scene = aScene({ stock: 5 })
    const sale = quote(scene, [[5, 1]])
    const waiting = quote(scene, [[1, 1]])
    for (const { id } of [sale, waiting]) scene.erp.confirm(id, scene.by, later)
    const [picking] = pickingsOf(scene, sale.id)
    const [move] = picking?.moves ?? []
    scene.erp.deliver(picking?.id ?? 0, { carrier: null, tracking: [] }, scene.by, later)
    const back = (units: number) => scene.erp.takeBack(picking?.id ?? 0, new Map([[move?.id ?? 0, decimal(units)]]), scene.by, dayAfter)
    expect(back(2)).toMatchObject({
      name: 'WH/IN/00001', state: 'done', doneAt: dayAfter, returnOf: picking?.id, saleId: sale.id, origin: 'Return of WH/OUT/00001',
      moves: [{ returnedFrom: move?.id, saleLineId: sale.lineIds[0], done: decimal(2) }],
    })
    expect(shelf(scene)).toEqual(['2', '1'])
    expect([pickingsOf(scene, sale.id).length, scene.erp.books.find.returnsOfSale(sale.id).length]).toEqual([1, 1])
    expect(() => back(4)).toThrow(Rejected)
    back(3)
    expect(() => back(1)).toThrow(Rejected)
  })

  it('gives its reservations back when it is cancelled, with its draft invoices', () => {
    const scene = aScene({ stock: 10 })
    const sale = quote(scene, [[5, 1]])
    scene.erp.confirm(sale.id, scene.by, later)
    const draft = scene.erp.invoice([{ saleLineId: sale.lineIds[0] ?? 0 }], scene.by, later)
    scene.erp.cancelSale(sale.id, scene.by, dayAfter)
    expect([sale.state, draft.state]).toEqual(['cancel', 'cancel'])
    expect(pickingsOf(scene, sale.id)).toMatchObject([{ state: 'cancel' }])
    expect(shelf(scene)).toEqual(['10', '0'])
  })

  it('has its delivery follow a line that grows or shrinks, down to what has gone', () => {
    const scene = aScene({ stock: 10 })
    const sale = quote(scene, [[5, 1]])
    scene.erp.confirm(sale.id, scene.by, later)
    const [lineId = 0] = sale.lineIds
    scene.erp.changeLine(lineId, { quantity: decimal(7) }, scene.by, later)
    expect(shelf(scene)).toEqual(['10', '7'])
    const [picking] = pickingsOf(scene, sale.id)
    scene.erp.deliver(picking?.id ?? 0, { carrier: null, tracking: [], quantities: new Map([[picking?.moves[0]?.id ?? 0, decimal(4)]]) }, scene.by, later)
    scene.erp.changeLine(lineId, { quantity: decimal(4) }, scene.by, later)
    expect(pickingsOf(scene, sale.id)).toMatchObject([{ state: 'done' }, { state: 'cancel' }])
    expect(shelf(scene)).toEqual(['6', '0'])
    expect(() => scene.erp.changeLine(lineId, { quantity: decimal(3) }, scene.by, later)).toThrow(Rejected)
  })

  it.each([
    ['to be confirmed again', (scene: Scene, id: number) => scene.erp.confirm(id, scene.by, later)],
    ['to be cancelled while it is locked', (scene: Scene, id: number) => {
      scene.erp.changeSale(id, { locked: true }, scene.by, later)
      scene.erp.cancelSale(id, scene.by, later)
    }],
    ['to be cancelled once goods have gone', (scene: Scene, id: number) => {
      scene.erp.deliver(pickingsOf(scene, id)[0]?.id ?? 0, { carrier: null, tracking: [] }, scene.by, later)
      scene.erp.cancelSale(id, scene.by, later)
    }],
    ['to be deleted', (scene: Scene, id: number) => scene.erp.deleteSale(id, later)],
  ])('refuses %s, in Odoo\'s words', (_what, move) => {
    const scene = aScene()
    const sale = quote(scene, [[1, 1]])
    scene.erp.confirm(sale.id, scene.by, later)
    expect(() => move(scene, sale.id)).toThrow(expect.objectContaining({ exception: 'odoo.exceptions.UserError' }))
  })
})

describe('stock', () => {
  it('never appears from nothing: what was counted is what is there and what has gone', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('sell' as const), quantity: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant('send' as const), at: fc.nat(20), quantity: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant('cancel' as const), at: fc.nat(20) }),
      fc.record({ kind: fc.constant('schedule' as const) }),
    )
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const scene = aScene({ stock: 12 })
      const { erp, by } = scene
      for (const each of steps) {
        const pickings = [...erp.books.pickings.all()].filter((picking) => picking.state === 'assigned' || picking.state === 'confirmed')
        if (each.kind === 'sell') erp.confirm(quote(scene, [[each.quantity, 1]]).id, by, later)
        if (each.kind === 'schedule') erp.runScheduler(later)
        if (each.kind === 'send' && pickings.length > 0) {
          const picking = pickings[each.at % pickings.length]
          const move = picking?.moves.find((one) => one.state !== 'done' && one.state !== 'cancel')
          const sent = decimal(Math.min(each.quantity, Number(move?.quantity)))
          erp.deliver(picking?.id ?? 0, { carrier: null, tracking: [], quantities: new Map([[move?.id ?? 0, sent]]) }, by, later)
        }
        const cancellable = [...erp.books.sales.all()].filter((sale) => sale.state === 'sale' && !pickingsOf(scene, sale.id).some((picking) => picking.state === 'done'))
        if (each.kind === 'cancel' && cancellable.length > 0) erp.cancelSale(cancellable[each.at % cancellable.length]?.id ?? 0, by, later)
      }
      const moves = [...erp.books.stockMoves.all()]
      const [quant] = erp.books.find.quantsOfProduct(scene.goods.id)
      const gone = sum(moves.map((move) => move.done))
      expect((quant?.quantity ?? zero).plus(gone)).toEqual(decimal(12))
      expect(quant?.reserved ?? zero).toEqual(sum(moves.map((move) => move.reserved)))
      expect((quant?.reserved ?? zero).greaterThan(0) && quant?.reserved.greaterThan(quant.quantity)).toBe(false)
    }))
  })

  it('leaves no trace of a shelf that is empty once the scheduler has swept', () => {
    const scene = aScene({ stock: 1 })
    const sale = quote(scene, [[1, 1]])
    scene.erp.confirm(sale.id, scene.by, later)
    scene.erp.deliver(pickingsOf(scene, sale.id)[0]?.id ?? 0, { carrier: null, tracking: [] }, scene.by, later)
    expect(shelf(scene)).toEqual(['0', '0'])
    scene.erp.runScheduler(dayAfter)
    expect(scene.erp.books.quants.size).toBe(0)
  })
})

describe('an invoice', () => {
  it('covers lines of many orders, and has no name until it is posted', () => {
    const scene = aScene()
    const sales = [quote(scene, [[1, 10]], monday, '1001'), quote(scene, [[2, 10]], monday, '1002')]
    for (const sale of sales) scene.erp.confirm(sale.id, scene.by, later)
    const move = scene.erp.invoice(sales.flatMap((sale) => sale.lineIds).map((saleLineId) => ({ saleLineId })), scene.by, later)
    expect(move).toMatchObject({ name: '/', state: 'draft', invoiceOrigin: 'S00001, S00002', ref: '1001, 1002', invoiceDate: null })
    scene.erp.post(move.id, '2026-11-24', scene.by, later)
    expect(move).toMatchObject({ name: 'INV/2026/00001', state: 'posted', paymentState: 'not_paid', residual: decimal(36) })
    scene.erp.pay(move.id, scene.by, later, decimal(6))
    expect(move).toMatchObject({ paymentState: 'partial', residual: decimal(30) })
    scene.erp.pay(move.id, scene.by, later)
    expect(move.paymentState).toBe('paid')
    expect(() => scene.erp.pay(move.id, scene.by, later)).toThrow(Rejected)
  })

  it('takes a down payment off again, as a negative line', () => {
    const scene = aScene()
    const sale = quote(scene, [[1, 100]])
    scene.erp.confirm(sale.id, scene.by, later)
    const downPayment = scene.erp.addLine(sale.id, { productId: scene.goods.id, quantity: zero, priceUnit: decimal(30), isDownpayment: true }, scene.by, later)
    const first = scene.erp.invoice([{ saleLineId: downPayment.id }], scene.by, later)
    scene.erp.post(first.id, '2026-11-23', scene.by, later)
    const last = scene.erp.invoice([...sale.lineIds].map((saleLineId) => ({ saleLineId })), scene.by, later)
    expect(first.total).toEqual(decimal(36))
    expect(last.lines.map((line) => line.quantity.toString())).toEqual(['1', '-1'])
    expect(last.total).toEqual(decimal(84))
    expect(() => scene.erp.invoice(sale.lineIds.map((saleLineId) => ({ saleLineId })), scene.by, later)).toThrow('No items are available')
  })

  it('is reversed by a whole credit while it is owed, and stays paid when it was paid', () => {
    const scene = aScene()
    const moves = [quote(scene, [[2, 10]]), quote(scene, [[2, 10]])].map((sale) => {
      scene.erp.confirm(sale.id, scene.by, later)
      const move = scene.erp.invoice([{ saleLineId: sale.lineIds[0] ?? 0 }], scene.by, later)
      scene.erp.post(move.id, '2026-11-23', scene.by, later)
      return move
    })
    const [owed, paid] = moves
    scene.erp.pay(paid?.id ?? 0, scene.by, later)
    const notes = moves.map((move) => scene.erp.credit(move.id, { invoiceDate: '2026-11-24' }, scene.by, later))
    expect([owed?.paymentState, paid?.paymentState]).toEqual(['reversed', 'paid'])
    expect(notes.map((note) => [note.name, note.moveType, note.paymentState])).toEqual([
      ['RINV/2026/00001', 'out_refund', 'paid'], ['RINV/2026/00002', 'out_refund', 'not_paid'],
    ])
  })

  it('credits some units of a line at the line\'s price', () => {
    const scene = aScene()
    const sale = quote(scene, [[3, '9.99']])
    scene.erp.confirm(sale.id, scene.by, later)
    const move = scene.erp.invoice([{ saleLineId: sale.lineIds[0] ?? 0 }], scene.by, later)
    scene.erp.post(move.id, '2026-11-23', scene.by, later)
    const note = scene.erp.credit(move.id, { lines: [{ lineId: move.lines[0]?.id ?? 0, quantity: decimal(1) }], invoiceDate: '2026-11-24' }, scene.by, later)
    expect([note.untaxed, note.tax, note.total].map(String)).toEqual(['9.99', '2', '11.99'])
    expect(scene.erp.books.saleLines.must(sale.lineIds[0] ?? 0).invoiced).toEqual(decimal(2))
  })
})

describe('a stamp', () => {
  it('is the start of its transaction, however late the transaction comes', () => {
    const scene = aScene()
    const early = quote(scene, [[1, 1]], dayAfter)
    const late = quote(scene, [[1, 1]], later)
    expect(late.id).toBeGreaterThan(early.id)
    expect(scene.erp.books.sales.changedSince(0).map((sale) => sale.id)).toEqual([late.id, early.id])
  })

  it.each([
    ['writes' as const, { line: monday, order: monday, invoice: later }],
    ['writes-and-computes' as const, { line: dayAfter, order: dayAfter, invoice: dayAfter }],
  ])('of a parent whose children and figures move, in a world that stamps %s', (stamps, expected) => {
    const scene = aScene({ stamps })
    const sale = quote(scene, [[3, '9.99']])
    sale.state = 'sent'
    scene.erp.confirm(sale.id, scene.by, monday)
    const line = scene.erp.books.saleLines.must(sale.lineIds[0] ?? 0)
    const move = scene.erp.invoice([{ saleLineId: line.id }], scene.by, monday)
    scene.erp.post(move.id, '2026-11-23', scene.by, later)
    scene.erp.deliver(pickingsOf(scene, sale.id)[0]?.id ?? 0, { carrier: null, tracking: [] }, scene.by, dayAfter)
    scene.erp.pay(move.id, scene.by, dayAfter)
    expect({ line: line.changedAt, order: sale.changedAt, invoice: move.changedAt }).toEqual(expected)
    expect(line.delivered).toEqual(decimal(3))
    expect(move.paymentState).toBe('paid')
  })

  it('of an order stands still when only a line is written', () => {
    const scene = aScene()
    const sale = quote(scene, [[3, '9.99']])
    scene.erp.changeLine(sale.lineIds[0] ?? 0, { priceUnit: decimal(20) }, scene.by, later)
    expect(sale).toMatchObject({ total: decimal(72), changedAt: monday })
    expect(scene.erp.books.saleLines.changedSince(later)).toHaveLength(1)
  })
})

describe('a deleted order', () => {
  it('is gone with its lines, and leaves nothing to read', () => {
    const scene = aScene()
    addGoods(scene, 'CUP')
    const sale = quote(scene, [[3, '9.99']])
    scene.erp.books.externalIds.set('__import__.so_1', { model: 'sale.order', id: sale.id })
    scene.erp.deleteSale(sale.id, later)
    expect([scene.erp.books.sales.size, scene.erp.books.saleLines.size, scene.erp.books.externalIds.size]).toEqual([0, 0, 0])
    expect(scene.erp.books.sales.changedSince(0)).toEqual([])
  })
})
