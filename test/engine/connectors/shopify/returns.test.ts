/** What of a Shopify order came back, by its refunds and its returns. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Order } from '../../../../src-main/domain/records.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'
import { type OpenShop, askedOf, openShop, ordersIn, pagesOf, recordsIn } from './read.ts'
import { type Row, aLine, aRefund, aReturn, anOrder, bag, gid } from './shop.ts'

const open: OpenShop[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ platform }) => platform.close()))
})

const mugs = aLine(7, { quantity: 3, currentQuantity: 3 })
const units = (quantity: number, restockType: string): Row => ({
  quantity,
  restockType,
  lineItem: mugs,
  totalTaxSet: bag('1.90'),
})

async function returnsOf(order: Row): Promise<readonly [Order['returns'], readonly string[]]> {
  const shop = await openShop({ orders: [anOrder(1001, { lineItems: [mugs], ...order })] })
  open.push(shop)
  const rows = (await pagesOf(shop, 'orders')).flatMap((page) => page.rows)
  return [ordersIn(recordsIn('orders', rows))[0]?.returns ?? null, askedOf(shop.platform)]
}

const at = Date.parse('2026-11-22T08:00:00Z')
const disposedAt = Date.parse('2026-11-23T07:30:00Z')
const back = (id: string, moment: number, quantity: string) => ({
  id,
  at: moment,
  lines: [{ sku: 'MUG-BLK', quantity }],
})

describe.skipIf(shopifySchemaMissing)('what came back to a Shopify shop', () => {
  it.each<[string, Row, Order['returns']]>([
    ['nothing', {}, []],
    ['refunded units that went on the shelf again', { refunds: [aRefund(1, '11.90', [units(1, 'RETURN')])] }, [back(gid('Refund', 1), at, '1')]],
    ['nothing, where units were never sent', { refunds: [aRefund(1, '11.90', [units(1, 'CANCEL')])] }, []],
    ['nothing, where money went back alone', { refunds: [aRefund(1, '11.90', [units(1, 'NO_RESTOCK')])] }, []],
    ['what a return brought, on the shelf or not', { returnStatus: 'RETURNED', returns: [aReturn(5, mugs, [['RESTOCKED', 1], ['NOT_RESTOCKED', 1], ['MISSING', 1]])] }, [{ id: gid('Return', 5), at: disposedAt, lines: [{ sku: 'MUG-BLK', quantity: '1' }, { sku: 'MUG-BLK', quantity: '1' }] }]],
    ['nothing yet of a return that is announced', { returnStatus: 'RETURN_REQUESTED', returns: [aReturn(5, mugs, [], { status: 'REQUESTED' })] }, []],
    ['nothing of one that was called off', { returnStatus: 'RETURNED', returns: [aReturn(5, mugs, [['RESTOCKED', 1]], { status: 'CANCELED' })] }, []],
    ['a return and its own refund, once', { returnStatus: 'RETURNED', returns: [aReturn(5, mugs, [['RESTOCKED', 2]], { refunds: [{ id: gid('Refund', 1) }] })], refunds: [aRefund(1, '11.90', [units(1, 'RETURN')])] }, [back(gid('Return', 5), disposedAt, '2')]],
    ['a return by its refund, where nothing was noted of its units', { returnStatus: 'RETURNED', returns: [aReturn(5, mugs, [], { refunds: [{ id: gid('Refund', 1) }] })], refunds: [aRefund(1, '11.90', [units(1, 'RETURN')])] }, [back(gid('Return', 5), at, '1')]],
    ['a return, and beside it a refund of other units', { returnStatus: 'RETURNED', returns: [aReturn(5, mugs, [['RESTOCKED', 1]])], refunds: [aRefund(1, '11.90', [units(1, 'RETURN')])] }, [back(gid('Refund', 1), at, '1'), back(gid('Return', 5), disposedAt, '1')]],
  ])('is %s', async (_what, order, expected) => {
    expect((await returnsOf(order))[0]).toEqual(expected)
  })

  it('is not stated where an old refund does not say which of its units ever left', async () => {
    expect((await returnsOf({ refunds: [aRefund(1, '11.90', [units(1, 'LEGACY_RESTOCK')])] }))[0]).toBeNull()
  })

  it('is asked for only where the order says that there are returns', async () => {
    const asked = (await returnsOf({}))[1]
    expect(asked).not.toContain('OrderReturns')
    expect((await returnsOf({ returnStatus: 'IN_PROGRESS', returns: [] }))[1]).toContain('OrderReturns')
  })

  it('is not stated where there is more of it than one question brings', async () => {
    const returns = Array.from({ length: 11 }, (_, nth) => aReturn(nth + 1, mugs, [['RESTOCKED', 1]]))
    expect((await returnsOf({ returnStatus: 'RETURNED', returns }))[0]).toBeNull()
  })
})
