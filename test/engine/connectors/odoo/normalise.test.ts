import { afterEach, describe, expect, it } from 'vitest'
import type {
  CreditNote,
  ErpOrder,
  GoodsReturn,
  Invoice,
  Shipment,
} from '../../../../src-main/domain/records.ts'
import type { StreamName } from '../../../../src-main/domain/records.ts'
import { odoo } from '../../../../src-main/engine/connectors/odoo/index.ts'
import { closeAll, connect, ordersBy, value } from './connection.ts'
import {
  type Row,
  type Tables,
  type Version,
  invoice,
  invoiceLines,
  move,
  order,
  orderLine,
  tablesOf,
} from './tables.ts'

afterEach(closeAll)

async function orderWith(
  more: Row,
  lines: readonly Row[],
  given: { version?: Version; tables?: Tables } = {},
): Promise<ErpOrder> {
  const version = given.version ?? 17
  const tables = {
    ...tablesOf(version),
    'stock.move': [],
    ...given.tables,
    'sale.order': [order(version, 1, more)],
    'sale.order.line': lines,
  }
  const [found] = await ordersBy(await connect({ version, tables }), '1')
  if (found === undefined) throw new Error('no order')
  return found
}

async function read(
  stream: StreamName,
  tables: Tables,
  id: string,
  refused: readonly string[] = [],
): Promise<unknown> {
  const { api, settings } = await connect({ tables: { ...tablesOf(17), ...tables }, refused })
  const definition = odoo.streams.find(({ name }) => name === stream)
  const found = await definition?.lookup?.(api, { by: 'id', values: [id] }, settings)
  if (definition === undefined || found === undefined) throw new Error(`no ${stream}`)
  return value(found).rows.flatMap((row) =>
    definition.normalise(definition.raw.parse(row), settings),
  )[0]
}

const line = (given: Partial<Parameters<typeof orderLine>[1]> = {}, version: Version = 17): Row =>
  orderLine(version, { id: 11, of: 1, product: 5, ...given })

describe('an order of Odoo in our words', () => {
  it.each<[Version]>([[16], [17], [18], [19]])(
    'is the same order in %i, whatever the fields are called',
    async (version) => {
      const found = await orderWith(
        {},
        [line({}, version), orderLine(version, { id: 12, of: 1, product: 9, price: 4.9 })],
        { version },
      )
      expect(found).toEqual({
        kind: 'erp-order',
        id: '1',
        version: '2026-10-01 08:00:00',
        changedAt: Date.parse('2026-10-01T08:00:00Z'),
        changedBy: 'connector',
        trace: null,
        number: 'S00001',
        references: ['SO-10001'],
        state: 'open',
        platformState: 'sale',
        reservesStock: false,
        reservesSome: false,
        createdBy: 'connector',
        createdAt: Date.parse('2026-10-01T08:00:00Z'),
        documentDate: '2026-10-01',
        currency: 'EUR',
        customerId: '17',
        customerEmail: 'C1@example.test',
        lines: [
          {
            id: '11',
            sku: 'DESK',
            title: 'Line 11',
            quantity: '1',
            unit: 'Units',
            unitPrice: '100',
            net: '100',
            taxes: [
              { code: '19%', ratePercent: '19', amount: '19', collectedByMarketplace: false },
            ],
            goods: true,
          },
          {
            id: '12',
            sku: 'SHIP',
            title: 'Line 12',
            quantity: '1',
            unit: 'Units',
            unitPrice: '4.9',
            net: '4.9',
            taxes: [
              { code: '19%', ratePercent: '19', amount: '0.93', collectedByMarketplace: false },
            ],
            goods: false,
          },
        ],
        totals: { net: '100', tax: '19', total: '119' },
      })
    },
  )

  it('was changed last by whoever wrote its newest part, by login', async () => {
    const later = { write_date: '2026-10-02 09:00:00', write_uid: [7, 'Plumbline'] }
    const byLine = await orderWith({}, [line({ more: later })])
    const bySelf = await orderWith({ ...later, origin: 'shop 8001' }, [line()])
    const byNobodyShown = await orderWith({}, [line({ more: { ...later, write_uid: [99, 'Gone'] } })])
    expect([byLine.changedBy, bySelf.changedBy, bySelf.trace, byNobodyShown.changedBy]).toEqual(['plumbline', 'plumbline', 'shop 8001', '6'])
  })

  it.each<[string, Row, ErpOrder['state']]>([
    ['a quotation', { state: 'draft' }, 'draft'],
    ['a quotation that was sent', { state: 'sent' }, 'draft'],
    ['a confirmed order', {}, 'open'],
    ['an order that is locked and not delivered', { locked: true }, 'open'],
    ['an order locked as 16 does it', { state: 'done' }, 'open'],
    [
      'an order that is invoiced and not delivered',
      { invoice_status: 'invoiced', delivery_status: 'partial' },
      'open',
    ],
    [
      'an order that is delivered and invoiced',
      { invoice_status: 'invoiced', delivery_status: 'full' },
      'done',
    ],
    [
      'an order of services that is invoiced',
      { invoice_status: 'invoiced', delivery_status: false },
      'done',
    ],
    ['a cancelled order', { state: 'cancel' }, 'cancelled'],
    ['a state of a module', { state: 'waiting_approval' }, 'unknown'],
  ])('takes %s for what it is', async (_what, more, state) => {
    expect((await orderWith(more, [line()])).state).toBe(state)
  })

  it('keeps every text that may name the shop order, once', async () => {
    const found = await orderWith(
      { client_order_ref: ' SO-7 ', origin: 'Shop SO-7', reference: 'SO-7' },
      [line()],
    )
    expect(found.references).toEqual(['SO-7', 'Shop SO-7'])
  })

  it('leaves out what nobody ordered: sections, notes, and down payments', async () => {
    const nothing = { product_id: false, price_subtotal: 0.0, price_total: 0.0 }
    const found = await orderWith({}, [
      line(),
      line({ id: 12, more: { ...nothing, display_type: 'line_section' } }),
      line({ id: 13, more: { ...nothing, display_type: 'line_note' } }),
      line({ id: 14, product: 9, quantity: 0, more: { is_downpayment: true } }),
    ])
    expect(found.lines.map(({ id }) => id)).toEqual(['11'])
  })

  it('tells a price that holds its tax without it, and a discount inside the price', async () => {
    const found = await orderWith({}, [
      line({ price: 119, taxes: [3], more: { price_subtotal: 100.0, price_total: 119.0 } }),
      line({
        id: 12,
        quantity: 2,
        price: 50,
        more: { discount: 10.0, price_subtotal: 90.0, price_total: 107.1 },
      }),
    ])
    expect(found.lines.map(({ net, unitPrice }) => [unitPrice, net])).toEqual([
      ['100', '100'],
      ['45', '90'],
    ])
  })

  it('opens a group of taxes to those in it, and splits no amount among them', async () => {
    const found = await orderWith({}, [line({ taxes: [4] })])
    expect(found.lines[0]?.taxes).toEqual([
      { code: 'GST 5%', ratePercent: '5', amount: null, collectedByMarketplace: false },
      { code: 'QST 9.975%', ratePercent: '9.975', amount: null, collectedByMarketplace: false },
    ])
  })

  it('states no tax of a line where the company rounds the document', async () => {
    const [company] = tablesOf(17)['res.company'] ?? []
    const tables = {
      'res.company': [{ ...company, tax_calculation_rounding_method: 'round_globally' }],
    }
    expect((await orderWith({}, [line()], { tables })).lines[0]?.taxes[0]?.amount).toBeNull()
  })

  it('gives booked amounts the digits of their currency and leaves every other figure as it came', async () => {
    const noisy = {
      price_subtotal: 0.30000000000000004,
      price_total: 0.35700000000000004,
      product_uom_qty: 0.35,
      price_unit: 0.857143,
    }
    const euros = await orderWith({ amount_total: 0.35700000000000004, amount_tax: 0.057 }, [
      line({ more: noisy }),
    ])
    expect([
      euros.lines[0]?.net,
      euros.lines[0]?.unitPrice,
      euros.totals.total,
      euros.totals.tax,
    ]).toEqual(['0.3', '0.857143', '0.36', '0.06'])
    const dinars = await orderWith({ currency_id: [3, 'KWD'], amount_total: 1.2345 }, [line()])
    expect([dinars.currency, dinars.totals.total]).toEqual(['KWD', '1.235'])
    const yen = await orderWith({ currency_id: [2, 'JPY'], amount_total: 119.0 }, [line()])
    expect([yen.currency, yen.totals.total]).toEqual(['JPY', '119'])
  })

  it.each<[string, readonly string[], boolean]>([
    ['reserved', ['assigned'], true],
    ['gone', ['done'], true],
    ['gone in part, the rest reserved', ['done', 'assigned'], true],
    ['picked for another move of the same order', ['assigned', 'waiting'], true],
    ['waiting for stock', ['confirmed'], false],
    ['reserved in part', ['partially_available'], false],
    ['gone in part, the rest waiting for stock', ['done', 'confirmed'], false],
    ['without a move', [], false],
  ])('says that the stock knows of its units: %s', async (_what, states, knows) => {
    const moves = states.map((state, index) => move(index + 1, { state }))
    expect((await orderWith({}, [line()], { tables: { 'stock.move': moves } })).reservesStock).toBe(
      knows,
    )
  })

  it.each<[string, readonly string[], boolean]>([
    ['all of them', ['assigned'], false],
    ['a part of them', ['partially_available'], true],
    ['those that are gone, and not the rest', ['done', 'confirmed'], true],
    ['none of them', ['confirmed'], false],
  ])('says that the stock knows of some of its units: %s', async (_what, states, some) => {
    const moves = states.map((state, index) => move(index + 1, { state }))
    expect((await orderWith({}, [line()], { tables: { 'stock.move': moves } })).reservesSome).toBe(
      some,
    )
  })

  it('reserves nothing as a quotation, and minds no service', async () => {
    const tables = { 'stock.move': [move(1)] }
    expect((await orderWith({ state: 'draft' }, [line()], { tables })).reservesStock).toBe(false)
    expect(
      (await orderWith({}, [line(), line({ id: 12, product: 9 })], { tables })).reservesStock,
    ).toBe(true)
  })

  it('counts the newest of its own stamp and its lines', async () => {
    const found = await orderWith({ write_date: '2026-11-20 08:00:00' }, [
      line({ more: { write_date: '2026-11-21 09:00:01' } }),
    ])
    expect([found.version, found.changedAt]).toEqual([
      '2026-11-21 09:00:01',
      Date.parse('2026-11-21T09:00:01Z'),
    ])
  })
})

describe('an invoice of Odoo in our words', () => {
  const asInvoice = async (more: Row): Promise<Invoice | CreditNote> => {
    const tables = {
      'account.move': [invoice(1, more)],
      'account.move.line': invoiceLines(1, 1, [11, 21]),
    }
    return (await read('invoices', tables, '1')) as Invoice
  }

  it('names the orders that its lines bill, and its taxes with their bases', async () => {
    expect(await asInvoice({})).toMatchObject({
      kind: 'invoice',
      number: 'INV/2026/00001',
      orderIds: ['1', '2'],
      state: 'posted',
      issuedOn: '2026-11-20',
      currency: 'EUR',
      customerId: '17',
      lines: [{ sku: 'DESK', quantity: '1', net: '100', goods: true, orderLineId: null, deposit: false }],
      taxes: [{ code: '19%', ratePercent: '19', base: '100', amount: '19' }],
      totals: { net: '100', tax: '19', total: '119' },
      taxMethod: 'per-line',
    })
  })

  it.each<[Row, Invoice['state'], string | null]>([
    [{ state: 'draft', name: '/' }, 'draft', null],
    [{ payment_state: 'partial' }, 'posted', 'INV/2026/00001'],
    [{ payment_state: 'in_payment' }, 'paid', 'INV/2026/00001'],
    [{ payment_state: 'paid' }, 'paid', 'INV/2026/00001'],
    [{ payment_state: 'reversed' }, 'posted', 'INV/2026/00001'],
    [{ state: 'cancel' }, 'cancelled', 'INV/2026/00001'],
  ])('with %o is %s', async (more, state, number) => {
    expect(await asInvoice(more)).toMatchObject({ state, number })
  })

  it('says when it was drawn up, what is still to be paid, and what its lines take off', async () => {
    const tables = {
      'account.move': [
        invoice(1, { amount_residual: 19.000000000000004, create_date: '2026-11-20 08:00:00' }),
      ],
      'account.move.line': invoiceLines(1, 1, [11]).map((one) => ({ ...one, discount: 12.5 })),
    }
    expect(await read('invoices', tables, '1')).toMatchObject({
      createdAt: Date.parse('2026-11-20T08:00:00Z'),
      open: '19',
      lines: [{ orderLineId: '11', discountPercent: '12.5' }],
    })
  })

  it('states the base of a tax of nothing, of which kind it is, and whether a buyer who owes it has a number', async () => {
    const tax = { id: 60, name: 'EU 0', amount: 0.0, amount_type: 'percent', price_include: false, children_tax_ids: [] }
    const of = (category: string | false, vat: string | false, refused: readonly string[] = []) =>
      read(
        'invoices',
        {
          'account.tax': [{ ...tax, ubl_cii_tax_category_code: category }],
          'res.partner': [{ id: 17, vat, company_registry: false }],
          'account.move': [invoice(1)],
          'account.move.line': invoiceLines(1, 1, [11]).slice(0, 1).map((one) => ({ ...one, tax_ids: [60] })),
        },
        '1',
        refused,
      )
    const untaxed = { code: 'EU 0', ratePercent: '0', base: '100', amount: '0' }
    expect(await of('AE', 'DE136695976')).toMatchObject({ taxes: [{ ...untaxed, category: 'AE' }], buyerIsRegistered: true })
    expect(await of('K', false)).toMatchObject({ taxes: [{ ...untaxed, category: 'K' }], buyerIsRegistered: false })
    expect(await of('K', false, ['res.partner'])).toMatchObject({ buyerIsRegistered: null })
    // exempt, a code of one country's own, none at all: nobody's number is asked for
    for (const category of ['E', 'SRCA-S', false] as const) expect(await of(category, false)).toMatchObject({ taxes: [untaxed], buyerIsRegistered: null })
  })

  it('marks money on account, which nobody ordered', async () => {
    const deposit = line({ id: 14, product: 9, quantity: 0, more: { is_downpayment: true } })
    const tables = {
      'sale.order.line': [deposit],
      'account.move': [invoice(1)],
      'account.move.line': invoiceLines(1, 1, [14]),
    }
    expect(await read('invoices', tables, '1')).toMatchObject({
      lines: [{ orderLineId: '14', deposit: true }],
    })
  })

  it('takes back as a credit note, with every figure negative, and finds its orders through the invoice', async () => {
    expect(await read('invoices', {}, '3')).toMatchObject({
      kind: 'credit-note',
      number: 'RINV/2026/00001',
      orderIds: ['1'],
      creditsInvoiceIds: ['1'],
      lines: [{ quantity: '-1', net: '-100', taxes: [{ amount: '-19' }] }],
      taxes: [{ base: '-100', amount: '-19' }],
      totals: { net: '-100', tax: '-19', total: '-119' },
    })
  })
})

describe('a delivery of Odoo in our words', () => {
  it('that went says when, from where, with which numbers, and what went', async () => {
    expect(await read('shipments', {}, '2')).toMatchObject({
      kind: 'shipment',
      number: 'WH/OUT/00002',
      orderIds: ['1', '2'],
      state: 'shipped',
      shippedAt: Date.parse('2026-11-20T14:30:05Z'),
      location: 'WH',
      tracking: ['AB1', 'AB2'],
      lines: [{ sku: 'DESK', quantity: '1', orderId: '2' }],
    } satisfies Partial<Shipment>)
  })

  it('that waits says what is to go', async () => {
    expect(await read('shipments', {}, '1')).toMatchObject({
      state: 'open',
      shippedAt: null,
      tracking: [],
      lines: [{ sku: 'DESK', quantity: '1' }],
    })
  })
})

describe('a return of Odoo in our words', () => {
  it('is no delivery: it says when goods of which order came back, and to where', async () => {
    expect(await read('shipments', {}, '4')).toMatchObject({
      kind: 'return',
      number: 'WH/IN/00002',
      orderIds: ['2'],
      state: 'received',
      receivedAt: Date.parse('2026-11-22T09:15:00Z'),
      location: 'WH',
      lines: [{ sku: 'DESK', quantity: '1', orderId: '2' }],
    } satisfies Partial<GoodsReturn>)
  })

  it('is one by where its goods come from, though it goes by the type that sends', async () => {
    const tables = tablesOf(17)
    const pickings = (tables['stock.picking'] ?? []).map((one) =>
      one['id'] === 4 ? { ...one, picking_type_id: [2, 'Out'], state: 'assigned' } : one,
    )
    expect(await read('shipments', { 'stock.picking': pickings }, '4')).toMatchObject({
      kind: 'return',
      state: 'open',
      receivedAt: null,
    })
  })

  it('is one by what it takes back, where the user may not see places', async () => {
    const hidden = ['stock.location']
    expect(await read('shipments', {}, '4', hidden)).toMatchObject({ kind: 'return' })
    expect(await read('shipments', {}, '2', hidden)).toMatchObject({ kind: 'shipment' })
  })

  it('what suppliers bring is neither', async () => {
    expect(await read('shipments', {}, '3')).toBeUndefined()
  })

  it('that waits takes nothing from what the stock knows of the order', async () => {
    const tables = {
      'stock.move': [
        move(1, { state: 'done' }),
        move(2, { state: 'confirmed', origin_returned_move_id: [1, 'WH/OUT/00001'] }),
      ],
    }
    expect(await orderWith({ state: 'sale' }, [line()], { tables })).toMatchObject({
      reservesStock: true,
    })
    const again = [...tables['stock.move'], move(3, { state: 'confirmed', origin_returned_move_id: [2, 'WH/IN/00001'] })]
    expect(
      await orderWith({ state: 'sale' }, [line()], { tables: { 'stock.move': again } }),
    ).toMatchObject({ reservesStock: false })
  })
})

describe('products and customers of Odoo in our words', () => {
  it('a product that is archived is there, and not active', async () => {
    expect(await read('products', {}, '7')).toMatchObject({
      sku: 'BOOK',
      active: false,
      tracked: true,
      taxCode: '7%',
      taxes: [{ code: '7%', ratePercent: '7' }],
      unit: 'Units',
    })
    expect(await read('products', {}, '5')).toMatchObject({
      sku: 'DESK',
      active: true,
      barcode: '4006381333931',
    })
    expect(await read('products', {}, '9')).toMatchObject({ sku: 'SHIP', tracked: false })
  })

  it.each([
    ['the taxes that its group consists of, as lines have them', [4], [{ code: 'GST 5%', ratePercent: '5' }, { code: 'QST 9.975%', ratePercent: '9.975' }]],
    ['no taxes, which is a word on them', [], []],
    ['nothing to say where one of them is an amount by the piece', [1, 5], null],
  ])('a product has %s', async (_what, taxes_id, taxes) => {
    const { 'product.product': products = [], 'account.tax': known = [] } = tablesOf(17)
    const perPiece = { ...known[0], id: 5, name: 'Deposit', amount: 0.25, amount_type: 'fixed' }
    const tables = { 'product.product': products.map((row) => (row['id'] === 5 ? { ...row, taxes_id } : row)), 'account.tax': [...known, perPiece] }
    expect(await read('products', tables, '5')).toMatchObject({ taxes })
  })

  it('a contact of a customer is no second customer', async () => {
    expect(await read('customers', {}, '17')).toMatchObject({
      id: '17',
      code: 'C1',
      email: 'C1@example.test',
      vatId: 'DE136695976',
    })
    expect(await read('customers', {}, '18')).toBeUndefined()
  })
})
