/** What an order's tax variance is counted under: its market, what was sold, how it was sent, and why it might be untaxed. */
import { describe, expect, it } from 'vitest'
import { shippingKey } from '../../src-main/domain/comparison.ts'
import type { Order } from '../../src-main/domain/records.ts'
import { taxFacetsOf } from '../../src-main/domain/tax-facets.ts'
import { aTax, anOrder, anOrderLine } from '../support/builders.ts'

const book = anOrderLine({ id: 'b', sku: 'BOOK', taxes: [aTax({ code: null, ratePercent: '5.50' })] })
const untaxed = [aTax({ code: null, ratePercent: '0', amount: '0' })]
const shipped = { method: 'DHL Paket', price: '5.00', taxes: [aTax()] }

describe('what was sold', () => {
  it.each([
    ['the rate and code of the line that differs', anOrder({ lines: [anOrderLine(), book] }), 'MUG', '20 % VAT20'],
    ['its rate alone, where it has no code', anOrder({ lines: [anOrderLine(), book] }), 'BOOK', '5.5 %'],
    ['all kinds together, where no one line differs', anOrder({ lines: [anOrderLine(), book] }), null, '20 % VAT20 + 5.5 %'],
    ['shipping', anOrder({ shipping: [shipped] }), shippingKey, 'Shipping'],
    ['a gift card', anOrder({ lines: [anOrderLine({ giftCard: true })] }), null, 'Gift card'],
    ['a part of a bundle', anOrder({ lines: [anOrderLine({ bundleOf: 'SET' })] }), 'MUG', 'Bundle'],
    ['something untaxed', anOrder({ lines: [anOrderLine({ taxes: untaxed })] }), null, 'Untaxed'],
  ])('is %s', (_what, order, key, productType) => {
    expect(taxFacetsOf(order, key).productType).toBe(productType)
  })
})

describe('an exemption', () => {
  const untaxedOrder = (customer: Partial<Order['customer']>) => anOrder({ lines: [anOrderLine({ taxes: untaxed })], customer })
  it.each([
    ['of a customer', untaxedOrder({ taxExempt: true }), 'customer'],
    ['by reverse charge, where the buyer names a VAT id and is not taxed', untaxedOrder({ vatId: 'DE123456789' }), 'reverse-charge'],
    ['by zero rates', untaxedOrder({}), 'zero-rated'],
    ['by a marketplace that collects the tax itself', anOrder({ lines: [anOrderLine({ taxes: [aTax({ collectedByMarketplace: true })] })] }), 'marketplace'],
    ['of nothing', anOrder({ customer: { vatId: 'DE123456789' } }), 'none'],
  ])('%s', (_what, order, exemption) => {
    expect(taxFacetsOf(order, null).exemption).toBe(exemption)
  })
})

it('tells where it goes and how it is sent', () => {
  const order = anOrder({ market: { country: 'FR' }, shipping: [shipped, { ...shipped, method: 'Pick-up' }] })
  expect(taxFacetsOf(order, null)).toMatchObject({ market: 'FR', shipping: 'DHL Paket + Pick-up' })
  expect(taxFacetsOf(anOrder({ market: { country: null } }), null)).toMatchObject({ market: '', shipping: '' })
})
