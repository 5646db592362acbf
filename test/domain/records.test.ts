/** The normalised words: under which keys a record is found, when it happened, and what no record may look like. */
import { describe, expect, it } from 'vitest'
import { type DomainRecord, keysOf, momentOf, recordSchema } from '../../src-main/domain/records.ts'
import {
  aCreditNote,
  aCustomer,
  aPayment,
  aProduct,
  aRefund,
  aReturn,
  aShipment,
  aStockLevel,
  anErpOrder,
  anInvoice,
  anOrder,
  placedAt,
} from '../support/builders.ts'

const named = (record: DomainRecord): readonly string[] => keysOf(record).map((key) => `${key.name} ${key.value}`)

describe('a record', () => {
  it.each<[string, DomainRecord, readonly string[]]>([
    ['a shop order', anOrder(), ['number 1001']],
    [
      'an ERP order with several references',
      anErpOrder({ number: 'SO1001', references: [' 1001 ', '', '1002'], customerEmail: ' Ann@Example.COM' }),
      ['number SO1001', 'email ann@example.com', 'reference 1001', 'reference 1002'],
    ],
    ['an ERP draft without a number', anErpOrder({ number: null, customerEmail: null, references: [] }), []],
    ['an invoice over two orders', anInvoice({ orderIds: ['1', '2'] }), ['number INV1001', 'order 1', 'order 2', 'customer party-1']],
    ['a credit note', aCreditNote(), ['number CRN1001', 'order so-1001']],
    ['a shipment', aShipment(), ['number SHP1001', 'order so-1001']],
    ['a return', aReturn(), ['number RET1001', 'order so-1001']],
    ['a payment', aPayment(), ['order order_1001']],
    ['a payment of no order', aPayment({ orderId: null }), []],
    ['a refund', aRefund(), ['order order_1001']],
    ['a stock level', aStockLevel(), ['sku MUG']],
    ['a product', aProduct({ barcode: '4006381333931' }), ['sku MUG', 'barcode 4006381333931']],
    ['a customer', aCustomer({ email: ' ANN@example.com', vatId: 'DE123' }), ['email ann@example.com', 'vat DE123', 'number 1']],
  ])('%s is found by its keys', (_what, record, keys) => {
    expect(named(record)).toEqual(keys)
  })

  it.each<[DomainRecord, number | null]>([
    [anOrder(), placedAt],
    [anErpOrder({ createdAt: 5 }), 5],
    [anInvoice({ issuedOn: '2026-11-23' }), Date.UTC(2026, 10, 23)],
    [anInvoice({ issuedOn: null }), null],
    [aShipment({ shippedAt: null }), null],
    [aReturn({ receivedAt: 6 }), 6],
    [aPayment({ captures: [], authorisedAt: 7 }), 7],
    [aRefund({ at: 9 }), 9],
    [aStockLevel(), null],
  ])('$kind has its own moment', (record, moment) => {
    expect(momentOf(record)).toBe(moment)
  })

  it.each<[string, unknown]>([
    ['a float for an amount', { ...aPayment(), amount: 24.5 }],
    ['a number where an exact figure belongs', { ...aStockLevel(), onHand: 10 }],
    ['an exponent in a figure', { ...aStockLevel(), onHand: '1e3' }],
    ['a currency in small letters', anOrder({ currency: 'eur' })],
    ['a country by name', anOrder({ market: { country: 'Germany' } })],
    ['a time as text', { ...anOrder(), placedAt: '2026-11-23' }],
    ['an empty id', anOrder({ id: '' })],
    ['absence that is not null', { ...anOrder(), store: undefined }],
    ['a kind that nobody knows', { ...anOrder(), kind: 'basket' }],
    ['a date with a time', anInvoice({ issuedOn: '2026-11-23T00:00:00Z' })],
  ])('with %s is none', (_what, record) => {
    expect(recordSchema.safeParse(record).success).toBe(false)
  })

  it('keeps nothing that no rule asks for', () => {
    const chatty = { ...anOrder(), customer: { ...anOrder().customer, phone: '+49 1', card: '4111111111111111' }, address: 'Main St 1' }
    expect(recordSchema.parse(chatty)).toEqual(anOrder())
  })
})
