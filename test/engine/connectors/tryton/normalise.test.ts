import { describe, expect, it } from 'vitest'
import { invoiceOf } from '../../../../src-main/engine/connectors/tryton/normalise-documents.ts'
import { customerOf, productOf, returnOf, shipmentOf, stockOf } from '../../../../src-main/engine/connectors/tryton/normalise.ts'
import { invoiceRow, saleRow } from '../../../../src-main/engine/connectors/tryton/wire-documents.ts'
import { customerRow, productRow, returnRow, shipmentRow, stockRow } from '../../../../src-main/engine/connectors/tryton/wire.ts'
import { type Row, asRead, fixture } from './platform.ts'
import { orderFrom, saleNamed } from './rows.ts'

function lineOf(sale: Row, change: Row = {}): Row {
  const [line] = Array.isArray(sale['lines.']) ? sale['lines.'] : []
  return { ...line, ...change }
}

describe('a sale of Tryton in our words', () => {
  it('keeps every figure as Tryton states it, to the last digit', () => {
    const order = orderFrom(saleNamed('SO-10001'))
    expect(order).toMatchObject({
      kind: 'erp-order',
      id: '1',
      number: '1',
      references: ['SO-10001'],
      state: 'open',
      platformState: 'processing',
      reservesStock: true,
      createdBy: 'admin',
      documentDate: '2026-10-28',
      currency: 'EUR',
      customerId: '18',
      customerEmail: 'c16@example.test',
      totals: { net: '76.99', tax: '15.96', total: '92.95' },
    })
    expect(order.lines[0]).toEqual({
      id: '1',
      sku: 'BOOK-COOK-EN',
      title: 'Cook Book',
      quantity: '1',
      unit: 'u',
      unitPrice: '20.2479',
      net: '20.25',
      taxes: [
        { code: 'TVA 20% FR', ratePercent: '20', amount: null, collectedByMarketplace: false },
      ],
      goods: true,
    })
  })

  it('goes by the logins of who made it and who changed it, and by their numbers where they may not be seen', () => {
    const who = (change: Row) => {
      const { changedBy, createdBy } = orderFrom({ ...saleNamed('SO-10001'), write_uid: 7, ...change })
      return [createdBy, changedBy]
    }
    expect(who({ 'write_uid.': { id: 7, login: 'bea' } })).toEqual(['admin', 'bea'])
    expect(who({ 'create_uid.': null })).toEqual(['1', '7'])
    expect(who({ write_uid: null })).toEqual(['admin', 'admin'])
  })

  it('tells a service such as shipping from goods', () => {
    const { lines } = orderFrom(saleNamed('SO-10001'))
    expect(lines.map(({ goods, sku }) => [sku, goods])).toEqual([
      ['BOOK-COOK-EN', true],
      ['SCARF-BLU', true],
      ['OIL-FRUITY', true],
      ['BOOK-TRAV-FR', true],
      ['SHIPPING', false],
    ])
  })

  it('dates a row that was never written by its making', () => {
    const row = saleNamed('SO-10002')
    expect(row['write_date']).toBeNull()
    const { changedAt, createdAt } = orderFrom(row)
    expect(changedAt).toBe(createdAt)
  })

  it('dates a change of a line alone, which leaves the sale’s own stamp as it was', () => {
    const row = saleNamed('SO-10002')
    const later = { ...Object(row['create_date']), minute: 59 }
    const changed = { ...row, 'lines.': [lineOf(row, { write_date: later })] }
    expect(orderFrom(changed).changedAt).toBeGreaterThan(orderFrom(row).changedAt ?? 0)
  })

  it.each([
    ['draft', 'draft', false],
    ['quotation', 'draft', false],
    ['confirmed', 'open', true],
    ['processing', 'open', true],
    ['done', 'done', true],
    ['cancelled', 'cancelled', false],
    ['a state of a later series', 'unknown', false],
  ])('takes the state %s for %s', (state, ours, reservesStock) => {
    expect(orderFrom({ ...saleNamed('SO-10001'), state })).toMatchObject({
      state: ours,
      platformState: state,
      reservesStock,
    })
  })

  it('reserves nothing while Tryton has made no stock moves for its goods', () => {
    const row = saleNamed('SO-10001')
    const confirmed = { ...row, state: 'confirmed', 'lines.': [lineOf(row, { moves: [] })] }
    expect(orderFrom(confirmed).reservesStock).toBe(false)
  })

  it('leaves titles and comments out, and reads the taxes below a tax that only groups them', () => {
    const row = saleNamed('SO-10001')
    const rate = { __class__: 'Decimal', decimal: '0.05' }
    const groups = [
      {
        id: 9,
        name: 'GST + PST',
        type: 'none',
        rate: null,
        'childs.': [
          { id: 10, name: 'GST', type: 'percentage', rate },
          { id: 11, name: 'PST', type: 'percentage', rate: { ...rate, decimal: '0.0700' } },
        ],
      },
    ]
    const title = { id: 99, type: 'title', description: 'Gifts', quantity: null, unit_price: null }
    const { lines } = orderFrom({ ...row, 'lines.': [title, lineOf(row, { 'taxes.': groups })] })
    expect(lines.map(({ taxes }) => taxes.map((tax) => [tax.code, tax.ratePercent]))).toEqual([
      [
        ['GST', '5'],
        ['PST', '7'],
      ],
    ])
  })

  it('names the field where a row is not what was agreed', () => {
    const broken = saleRow.safeParse(asRead({ ...saleNamed('SO-10001'), total_amount: 92.95 }))
    expect(broken.error?.issues.map(({ path }) => path)).toEqual([['total_amount']])
  })
})

describe('an invoice of Tryton in our words', () => {
  const bare = { originals: [], taxRounding: 'line' }

  it('is linked to its sale and keeps the taxes of the document', () => {
    const [row] = fixture('account.invoice')
    const invoice = invoiceOf(invoiceRow.parse(asRead({ invoice: row, ...bare })))
    expect(invoice).toMatchObject({
      kind: 'invoice',
      id: '1',
      number: 'F2026-000001',
      orderIds: ['1'],
      state: 'posted',
      issuedOn: '2026-10-28',
      totals: { net: '76.99', tax: '15.96', total: '92.95' },
      taxMethod: 'per-line',
      taxes: [
        { code: 'TVA 20% FR', ratePercent: '20', base: '20.25', amount: '4.05' },
        { code: 'BTW/IVA 21%', ratePercent: '21', base: '56.74', amount: '11.91' },
      ],
    })
  })

  it('says when it was drawn up, what each line bills, and what is still to be paid', () => {
    const [row] = fixture('account.invoice')
    const owed = { ...row, amount_to_pay: { __class__: 'Decimal', decimal: '31.5' } }
    const invoice = invoiceOf(invoiceRow.parse(asRead({ invoice: owed, ...bare })))
    expect([new Date(invoice.createdAt ?? 0).toISOString().slice(0, 16), invoice.open]).toEqual([
      '2026-11-23T09:29',
      '31.5',
    ])
    expect(invoice.lines.map((line) => line.orderLineId)).toEqual(['1', '2', '3', '4', '5'])
    // A role may be kept from reading what is to pay.
    expect(invoiceOf(invoiceRow.parse(asRead({ invoice: row, ...bare }))).open).toBeNull()
  })

  it('says that it does not know how tax is rounded where it may not read it', () => {
    const [row] = fixture('account.invoice')
    const unread = { invoice: row, originals: [], taxRounding: null }
    expect(invoiceOf(invoiceRow.parse(asRead(unread))).taxMethod).toBe('unknown')
  })

  // Made once on a copy of the seeded database, by Tryton's own wizard "Credit".
  it('is a credit note when it takes back: linked to its invoice, and through it to the sale', () => {
    const [row] = fixture('credit-note')
    const credited = {
      invoice: row,
      originals: fixture('account.invoice.line'),
      taxRounding: 'line',
    }
    expect(row?.['sales']).toEqual([])
    expect(invoiceOf(invoiceRow.parse(asRead(credited)))).toMatchObject({
      kind: 'credit-note',
      id: '51',
      number: null,
      orderIds: ['1'],
      creditsInvoiceIds: ['1'],
      state: 'draft',
      totals: { net: '-76.99', tax: '-15.96', total: '-92.95' },
    })
  })
})

describe('a shipment of Tryton in our words', () => {
  it('counts every unit once, though Tryton moves it twice', () => {
    const [row] = fixture('stock.shipment.out')
    expect(shipmentOf(shipmentRow.parse(asRead(row)))).toMatchObject({
      id: '1',
      orderIds: ['1'],
      state: 'shipped',
      location: 'WH-LYON',
      tracking: ['TRK000007919'],
      lines: [
        { sku: 'BOOK-TRAV-FR', quantity: '1', orderId: '1' },
        { sku: 'OIL-FRUITY', quantity: '1' },
        { sku: 'SCARF-BLU', quantity: '1' },
        { sku: 'BOOK-COOK-EN', quantity: '1' },
      ],
    })
  })

  it('left when its moves were stamped, or on the day that was entered by hand', () => {
    const [row = {}] = fixture('stock.shipment.out')
    const shippedAt = (change: Row) =>
      shipmentOf(shipmentRow.parse(asRead({ ...row, ...change }))).shippedAt
    const yesterday = { __class__: 'date', year: 2026, month: 11, day: 22 }
    expect(new Date(shippedAt({}) ?? 0).toISOString().slice(0, 10)).toBe('2026-11-23')
    expect(shippedAt({})).not.toBe(Date.parse('2026-11-23T00:00:00Z'))
    expect(shippedAt({ effective_date: yesterday })).toBe(Date.parse('2026-11-22T00:00:00Z'))
    expect(shippedAt({ state: 'packed' })).toBeNull()
  })
})

describe('a return of Tryton in our words', () => {
  const returnFrom = (nth: number, change: Row = {}) =>
    returnOf(returnRow.parse(asRead({ ...fixture('stock.shipment.out.return')[nth], ...change })))

  it('says what of which sale is back, at the door or on the shelf', () => {
    const back = {
      kind: 'return',
      orderIds: ['1'],
      state: 'received',
      receivedAt: Date.parse('2026-11-23T09:20:05.100Z'),
      location: 'WH-LYON',
      lines: [{ sku: 'BOOK-TRAV-FR', quantity: '1', orderId: '1' }],
    }
    expect(returnFrom(0)).toMatchObject(back)
    expect(returnFrom(0, { state: 'received', effective_date: null })).toMatchObject(back)
  })

  it('that is only announced has brought nothing yet', () => {
    expect(returnFrom(1)).toMatchObject({ state: 'open', receivedAt: null })
    expect(returnFrom(1, { state: 'cancelled' })).toMatchObject({ state: 'cancelled' })
  })
})

describe('stock of Tryton in our words', () => {
  const row = (change: Row = {}) => ({
    product: { ...fixture('stock-lyon')[0], ...change },
    late: '0',
    location: 'WH-LYON',
    changed: '2026-11-23 09:30:10.941953',
  })

  it('has on hand what lies there, and available what is not promised yet', () => {
    const product = fixture('stock-lyon')[0] ?? {}
    const [level] = stockOf(stockRow.parse(asRead(row({ quantity: 20, forecast_quantity: -1.5 }))))
    expect(level).toMatchObject({
      id: `${String(product['code'])}@WH-LYON`,
      onHand: '20',
      reserved: '21.5',
      available: '-1.5',
      changedAt: Date.parse('2026-11-23T09:30:10.941Z'),
      tracked: true,
    })
  })

  it('says nothing of a product without a code, and tracks no consumables', () => {
    expect(stockOf(stockRow.parse(asRead(row({ code: null }))))).toEqual([])
    const consumable = row({ 'template.': { id: 1, consumable: true } })
    expect(stockOf(stockRow.parse(asRead(consumable)))[0]?.tracked).toBe(false)
  })
})

describe('products and customers of Tryton in our words', () => {
  const product = (change: Row) => {
    const found = fixture('product.product').find((row) => row['code'] === 'SHIRT-S') ?? {}
    return productOf(productRow.parse(asRead({ ...found, ...change })))[0]
  }

  it('names a product by its code, with the tax of its category', () => {
    const barcode = [{ id: 1, type: 'ean', code: '4006381333931' }]
    expect(product({ 'identifiers.': barcode })).toMatchObject({
      sku: 'SHIRT-S',
      barcode: '4006381333931',
      title: 'Linen Shirt',
      unit: 'u',
      taxCode: 'TVA 20% FR',
      taxes: [{ code: 'TVA 20% FR', ratePercent: '20' }],
      active: true,
      tracked: true,
    })
    expect(product({ code: ' ' })).toBeUndefined()
    expect(product({ active: false })?.active).toBe(false)
  })

  it('takes a product’s taxes out of their groups, and says no rate where one of them is an amount by the piece', () => {
    const taxed = (...taxes: readonly Row[]) => product({ 'template.': { ...(fixture('product.product')[0]?.['template.'] as Row), 'account_category.': { id: 1, 'customer_taxes.': taxes } } })?.taxes
    const rate = (name: string, decimal: string): Row => ({ id: 1, name, type: 'percentage', rate: { __class__: 'Decimal', decimal }, 'childs.': [] })
    const group = { id: 9, name: 'QC', type: 'none', rate: null, 'childs.': [rate('GST', '0.05'), rate('QST', '0.09975')] }
    expect(taxed(group)).toEqual([{ code: 'GST', ratePercent: '5' }, { code: 'QST', ratePercent: '9.975' }])
    expect(taxed(rate('TVA', '0.2'), { id: 3, name: 'Eco', type: 'fixed', rate: null, 'childs.': [] })).toBeNull()
    expect(taxed()).toEqual([])
  })

  it('takes of a customer the code, the e-mail address and the tax number, and no name', () => {
    const row = fixture('party.party').find((party) => party['code'] === 'C00001') ?? {}
    const registered = {
      ...row,
      name: 'Ana García',
      'tax_identifier.': { id: 1, code: 'FR40303265045' },
    }
    const customer = customerOf(customerRow.parse(asRead(registered)))
    expect(customer).toMatchObject({
      code: 'C00001',
      email: 'c1@example.test',
      vatId: 'FR40303265045',
    })
    expect(JSON.stringify(customer)).not.toContain('Ana')
    expect(customerOf(customerRow.parse(asRead({ ...row, email: '' }))).email).toBeNull()
  })
})
