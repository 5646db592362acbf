/** What a supplier sends to the customer itself: a transfer of its own, and never a unit of the house's. */
import { describe, expect, it } from 'vitest'
import { openWorld } from '../../../src-main/world/open-world.ts'
import { addGoods, aScene, decimal, monday, quote } from './scene.ts'

const later = monday + 3_600_000

function mixed() {
  const scene = aScene()
  const chair = addGoods(scene, 'CHAIR', { dropShipped: true })
  const sale = quote(scene, [[2, '9.99']])
  scene.erp.addLine(sale.id, { productId: chair.id, quantity: decimal(3), priceUnit: decimal(249) }, scene.by, monday)
  scene.erp.confirm(sale.id, scene.by, monday)
  const pickings = () => scene.erp.books.find.pickingsOfSale(sale.id)
  const outside = () => Object.fromEntries(scene.erp.books.find.outsideQuantsOfProduct(chair.id).map(({ place, quantity }) => [place, Number(quantity)]))
  return { ...scene, chair, sale, pickings, outside }
}

describe('goods that a supplier sends', () => {
  it('go in a transfer of their own, which waits for no stock of the house', () => {
    const { pickings } = mixed()
    expect(pickings().map(({ name, state, dropShipped, moves }) => ({ name, state, dropShipped, moves: moves.length }))).toEqual([
      { name: 'WH/OUT/00001', state: 'assigned', dropShipped: false, moves: 1 }, { name: 'DS/00001', state: 'assigned', dropShipped: true, moves: 1 },
    ])
  })

  it('leave the supplier for the customer, are counted as delivered, and are on no shelf before or after', () => {
    const { erp, by, chair, sale, pickings, outside } = mixed()
    const [, ofSupplier] = pickings()
    erp.deliver(ofSupplier?.id ?? 0, { carrier: null, tracking: [], quantities: new Map([[ofSupplier?.moves[0]?.id ?? 0, decimal(2)]]) }, by, later)
    expect([outside(), erp.books.find.quantsOfProduct(chair.id)]).toEqual([{ supplier: -2, customer: 2 }, []])
    expect(pickings().map(({ dropShipped, state }) => [dropShipped, state])).toEqual([[false, 'assigned'], [true, 'done'], [true, 'assigned']])
    expect(sale.lineIds.map((id) => Number(erp.books.saleLines.must(id).delivered))).toEqual([0, 2])
  })

  it('go back to the supplier when the customer returns them', () => {
    const { erp, by, chair, pickings, outside } = mixed()
    const [, ofSupplier] = pickings()
    erp.deliver(ofSupplier?.id ?? 0, { carrier: null, tracking: [] }, by, later)
    erp.takeBack(ofSupplier?.id ?? 0, new Map([[ofSupplier?.moves[0]?.id ?? 0, decimal(1)]]), by, later)
    expect([outside(), erp.books.find.quantsOfProduct(chair.id)]).toEqual([{ supplier: -2, customer: 2 }, []])
  })

  it('reach the customers of a whole week without moving a shelf, and the shop is told of each', () => {
    const startAt = Date.parse('2026-11-23T06:00:00.000Z')
    const world = openWorld({ seed: 5, startAt, ordersPerDay: 600, days: 2 })
    world.advance(startAt + 5 * 86_400_000)
    const { books } = world.erp
    const [chair] = books.find.productsByCode('CHAIR-OAK')
    const moves = books.find.stockMovesOfProduct(chair?.id ?? 0).map((move) => ({ move, picking: books.pickings.must(move.pickingId) }))
    const sent = moves.filter(({ move }) => move.state === 'done')
    expect([sent.length > 8, moves.every(({ picking }) => picking.dropShipped), books.find.quantsOfProduct(chair?.id ?? 0)]).toEqual([true, true, []])
    const mixedOnes = sent.filter(({ picking }) => books.find.pickingsOfSale(picking.saleId ?? 0).length > 1)
    expect(mixedOnes.length).toBeGreaterThan(2)
    const chairs = (lines: readonly { readonly sku: string | null; readonly id: number }[]): readonly number[] => lines.filter(({ sku }) => sku === 'CHAIR-OAK').map(({ id }) => id)
    const told = [...world.shop.books.orders.all()].filter(({ test }) => !test).flatMap((order) =>
      order.fulfillments.flatMap((one) => one.lines.filter(({ lineId }) => chairs(order.lines).includes(lineId)).map(({ quantity }) => quantity)))
    expect(told.reduce((all, units) => all + units, 0)).toBe(sent.reduce((all, { move }) => all + Number(move.done), 0))
  })
})
