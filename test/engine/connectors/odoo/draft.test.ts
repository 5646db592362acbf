import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ErpOrder, Order } from '../../../../src-main/domain/records.ts'
import type { ActionPreview } from '../../../../src-main/engine/connectors/definition.ts'
import { orderCreate } from '../../../../src-main/engine/connectors/odoo/actions.ts'
import { draftPayload } from '../../../../src-main/engine/connectors/odoo/draft-payload.ts'
import { totalsOf } from '../../../../src-main/engine/connectors/odoo/draft-totals.ts'
import { type Connection, type Given, closeAll, connect, value } from './connection.ts'
import { tax } from '../shop-order.ts'
import { example, lineOf, missingOrder } from './missing-order.ts'
import { type Called, calledIn } from './platform.ts'
import { type Row, type Tables, type Version, order, orderLine, tablesOf } from './tables.ts'

afterEach(closeAll)

const key = 'medusa:main:SO-99015'
const inputOf = (more: Partial<Order> = {}, examples: readonly ErpOrder[] = [example]) => {
  const shopOrder = { ...missingOrder, ...more }
  return { order: shopOrder, reference: shopOrder.number, locations: { WH: 'Main' }, examples }
}

async function preview(
  given: Given & { order?: Partial<Order>; examples?: readonly ErpOrder[] } = {},
): Promise<ActionPreview> {
  const { api, settings } = await connect(given)
  return value(await orderCreate.preview(api, inputOf(given.order, given.examples), settings))
}

async function ready(given: Parameters<typeof preview>[0] = {}) {
  const previewed = await preview(given)
  if (previewed.kind !== 'ready') throw new Error(previewed.says)
  return { ...previewed, payload: draftPayload.parse(previewed.payload) }
}

async function refusal(given: Parameters<typeof preview>[0]): Promise<string> {
  const previewed = await preview(given)
  if (previewed.kind === 'ready') throw new Error('it was not refused')
  return [previewed.says, ...previewed.guide].join(' ')
}

const changed = (model: string, change: (row: Row) => Row, version: Version = 17): Tables => {
  const tables = tablesOf(version)
  return { ...tables, [model]: (tables[model] ?? []).map(change) }
}

describe('previewing the draft of a missing order', () => {
  it.each([16, 17, 18, 19] as const)(
    'shows exactly what is sent, in %i: the order and its lines, by the ids they have there',
    async (version) => {
      const { payload, warnings } = await ready({ version })
      const column = version === 19 ? 'tax_ids/.id' : 'tax_id/.id'
      const line = (product: string, quantity: string, price: string) => ({
        'product_id/.id': product,
        product_uom_qty: quantity,
        price_unit: price,
        [column]: '1',
      })
      expect(payload).toEqual({
        order: {
          'company_id/.id': '1',
          'partner_id/.id': '17',
          date_order: '2026-11-22 10:00:00',
          'pricelist_id/.id': '1',
          'warehouse_id/.id': '1',
          client_order_ref: 'SO-99015',
          origin: 'Web shop order SO-99015, entered by Plumbline',
        },
        lines: [line('5', '2', '100'), line('6', '1', '10'), line('9', '1', '5')],
        expected: { total: '255.85', currency: 'EUR', lines: 3 },
        cancelledBefore: [],
      })
      expect(warnings).toHaveLength(1)
    },
  )

  it('says a price with its tax where Odoo’s tax holds that the price holds it', async () => {
    const tables = changed('account.tax', (row) =>
      row['id'] === 1 ? { ...row, price_include: true } : row,
    )
    const { payload } = await ready({ tables })
    expect(payload.lines.map(({ price_unit }) => price_unit)).toEqual(['119', '11.9', '5.95'])
    expect(payload.expected.total).toBe('255.85')
  })

  it('takes the tax of a recent order where the product’s own is not what the shop charged', async () => {
    const [first] = example.lines
    const reduced = {
      ...example,
      lines: [
        ...example.lines,
        { ...first, id: '13', sku: 'DESK', taxes: [{ ...tax('7'), code: '7%' }] },
      ],
    } as ErpOrder
    const desk = lineOf('DESK', '1', '107', '7')
    const totals = { lines: '107', discount: '0', shipping: '0', tax: '7', total: '107' }
    const { payload } = await ready({
      order: { lines: [desk], shipping: [], totals },
      examples: [reduced],
    })
    expect(payload.lines[0]).toMatchObject({ 'tax_id/.id': '2', price_unit: '100' })
  })

  it('warns of a fiscal position, and of a cent that the price’s digits cost', async () => {
    const tables = changed('res.partner', (row) => ({
      ...row,
      property_account_position_id: [3, 'Intra-community'],
    }))
    const lines = [lineOf('DESK', '3', '30.01')]
    const totals = { lines: '30.01', discount: '0', shipping: '0', tax: '4.79', total: '30.01' }
    const { warnings } = await ready({ tables, order: { lines, shipping: [], totals } })
    expect(warnings.join(' ')).toMatch(/Intra-community.*Odoo would book 0\.0\d EUR/)
  })

  const without = (model: string): Tables => ({ ...tablesOf(17), [model]: [] })
  it.each<[string, NonNullable<Parameters<typeof preview>[0]>, RegExp]>([
    ['an order that was cancelled', { order: { cancelledAt: 1 } }, /cancelled in the shop/],
    [
      'a customer whom Odoo does not know',
      { tables: without('res.partner') },
      /No active customer.*never created/,
    ],
    [
      'an order without an address',
      { order: { customer: { ...missingOrder.customer, email: null } } },
      /no e-mail/,
    ],
    [
      'a customer who is archived',
      { order: { customer: { ...missingOrder.customer, email: 'c2@example.test' } } },
      /No active customer/,
    ],
    [
      'a customer who is there twice',
      {
        tables: changed('res.partner', (row) => ({
          ...row,
          commercial_partner_id: [row['id'], 'x'],
        })),
      },
      /Several customers.*17, 18/,
    ],
    [
      'a SKU that Odoo does not have',
      { order: { lines: [lineOf('SOFA', '1', '119')] } },
      /no active product.*SOFA/,
    ],
    [
      'a SKU that is archived',
      { order: { lines: [lineOf('BOOK', '1', '107', '7')] } },
      /no active product.*BOOK/,
    ],
    [
      'a SKU that is there twice',
      {
        tables: changed('product.product', (row) =>
          row['id'] === 6 ? { ...row, default_code: 'DESK' } : row,
        ),
      },
      /several products.*DESK/,
    ],
    [
      'a product that is not sold',
      { tables: changed('product.product', (row) => ({ ...row, sale_ok: false })) },
      /cannot be sold/,
    ],
    [
      'a tax that Odoo does not book',
      { order: { lines: [lineOf('DESK', '1', '105', '5')] } },
      /DESK: the shop charged 5 % tax, and Odoo would book 19 % \(19%\)/,
    ],
    ['a currency without a price list', { order: { currency: 'JPY' } }, /no price list in JPY/],
    [
      'a total that is not the shop’s',
      { order: { totals: { ...missingOrder.totals, total: '200' } } },
      /more than rounding can explain/,
    ],
    ['shipping that no order shows', { examples: [] }, /which product stands for shipping/],
    [
      'a user who may not enter orders',
      {
        answer: ({ method }: Called) =>
          method === 'check_access_rights' ? { result: false } : undefined,
      },
      /may not enter orders/,
    ],
    ['a user who may not read external ids', { refused: ['ir.model.data'] }, /ir\.model\.data/],
    [
      'an order that is there',
      {
        tables: {
          ...tablesOf(17),
          'sale.order': [order(17, 1, { client_order_ref: ' so-99015' })],
        },
      },
      /already holds this order\. Order S00001/,
    ],
  ])('is refused for %s, with a way out', async (_what, given, says) => {
    expect(await refusal(given)).toMatch(says)
  })

  it('warns of a cancelled order with the reference, and goes on', async () => {
    const tables = {
      ...tablesOf(17),
      'sale.order': [order(17, 1, { client_order_ref: 'SO-99015', state: 'cancel' })],
    }
    const { payload, warnings } = await ready({ tables })
    expect(payload.cancelledBefore).toEqual(['1'])
    expect(warnings[0]).toContain('S00001')
  })
})

/**
 * An Odoo that imports: rows by their external ids, an order with its lines, and each once, as its
 * database keeps them.
 */
function importing(version: Version): {
  tables: Tables
  load: (call: Called) => { result: unknown } | undefined
} {
  const start = tablesOf(version)
  const orders: Row[] = []
  const lines: Row[] = []
  const named: Row[] = []
  const tables = {
    ...start,
    'sale.order': orders,
    'sale.order.line': lines,
    'ir.model.data': named,
    'stock.move': [],
  }
  const load = ({ method, named: { data, fields } }: Called) => {
    if (method !== 'load') return undefined
    const rows = (data as string[][]).map((cells) =>
      Object.fromEntries((fields as string[]).map((name, index) => [name, cells[index] ?? ''])),
    )
    const [head = {}] = rows
    const known = named.find(({ name }) => name === head['id'])
    const id = Number(known?.['res_id'] ?? 900 + orders.length)
    if (known === undefined) {
      named.push({
        id: named.length + 1,
        module: '__import__',
        name: head['id'],
        model: 'sale.order',
        res_id: id,
      })
      const more = {
        state: 'draft',
        client_order_ref: head['client_order_ref'],
        origin: head['origin'],
        amount_untaxed: 215,
        amount_tax: 40.85,
        amount_total: 255.85,
      }
      orders.push(order(version, id, more))
      for (const [index, row] of rows.entries()) {
        const price = Number(row['order_line/price_unit'])
        lines.push(
          orderLine(version, {
            id: id * 10 + index,
            of: id,
            product: Number(row['order_line/product_id/.id']),
            quantity: Number(row['order_line/product_uom_qty']),
            price,
          }),
        )
      }
    }
    return { result: { ids: [id], messages: [], nextrow: 0 } }
  }
  return { tables, load }
}

async function importer(version: Version = 17, answer: Given['answer'] = () => undefined) {
  const { load, tables } = importing(version)
  const connection = await connect({
    version,
    tables,
    answer: (call) => answer(call) ?? load(call),
  })
  connection.platform.allowWrites()
  const { api, settings } = connection
  const previewed = value(await orderCreate.preview(api, inputOf(), settings))
  if (previewed.kind !== 'ready') throw new Error(previewed.says)
  const { payload } = previewed
  return {
    ...connection,
    payload,
    orders: tables['sale.order'] ?? [],
    send: (with_ = key) => orderCreate.send(api, payload, with_, settings),
    verify: async () => value(await orderCreate.verify(api, payload, key, settings)).found,
  }
}

const loads = ({ platform }: Pick<Connection, 'platform'>) =>
  platform.seen.flatMap((request) => {
    const call = calledIn(request)
    return call?.method === 'load' ? [call.named] : []
  })

const table = z.object({
  fields: z.array(z.string()),
  data: z.array(z.array(z.string())),
  context: z.unknown(),
})

/** What the one call was given. */
function loadOf(connection: Pick<Connection, 'platform'>): z.output<typeof table> {
  const [only, ...others] = loads(connection)
  expect(others).toEqual([])
  return table.parse(only)
}

describe('sending the draft of a missing order', () => {
  it.each([16, 17, 18, 19] as const)(
    'makes one quotation in one call, in %i, and proves it',
    async (version) => {
      const { send, verify, platform, orders } = await importer(version)
      expect(await verify()).toEqual([])
      expect(value(await send())).toEqual({ targetId: '900' })
      expect(orders).toHaveLength(1)
      expect(await verify()).toEqual([
        {
          id: '900',
          number: 'S00900',
          matches: true,
          cancelled: false,
          says: 'Order S00900, draft: 255.85 EUR, 3 lines.',
        },
      ])
      const sent = loadOf({ platform })
      const taxColumn = version === 19 ? 'order_line/tax_ids/.id' : 'order_line/tax_id/.id'
      expect(sent.fields).toEqual([
        'id',
        'company_id/.id',
        'partner_id/.id',
        'date_order',
        'pricelist_id/.id',
        'warehouse_id/.id',
        'client_order_ref',
        'origin',
        'order_line/id',
        'order_line/product_id/.id',
        'order_line/product_uom_qty',
        'order_line/price_unit',
        taxColumn,
      ])
      const [first = [], second = [], third = []] = sent.data
      expect(second.slice(0, 8).every((cell) => cell === '')).toBe(true)
      const ids = [first[0], first[8], second[8], third[8]].map(String)
      expect(new Set(ids).size).toBe(4)
      expect(
        ids.every((id) => /^plumbline_1_medusa_main_so_99015_[0-9a-f]{12}(_line_[123])?$/.test(id)),
      ).toBe(true)
      expect(sent.context).toEqual({ allowed_company_ids: [1], lang: 'en_US', tz: 'UTC' })
    },
  )

  it('sends nothing a second time, as the first is found', async () => {
    const here = await importer()
    value(await here.send())
    expect(await here.send()).toMatchObject({ ok: false, fault: { class: 'erp-rejection' } })
    expect(loads(here)).toHaveLength(1)
  })

  it('makes one order though two send at once, neither of which sees the other', async () => {
    const blind = ({ method, model, named }: Called) => {
      const probes =
        method === 'search_read' &&
        (model === 'ir.model.data' || (model === 'sale.order' && named['limit'] === 1))
      return probes ? { result: [] } : undefined
    }
    const here = await importer(17, blind)
    expect([value(await here.send()), value(await here.send())]).toEqual([
      { targetId: '900' },
      { targetId: '900' },
    ])
    expect(here.orders).toHaveLength(1)
  })

  it('sends nothing where somebody else has entered the order meanwhile', async () => {
    const here = await importer()
    ;(here.orders as Row[]).push(order(17, 5, { client_order_ref: 'SO-99015' }))
    expect(await here.send()).toMatchObject({ ok: false, fault: { class: 'erp-rejection' } })
    expect(loads(here)).toHaveLength(0)
  })

  it('does not send again when the answer is lost, and finds what was made', async () => {
    const here = await importer()
    here.platform.misbehave('broken', { when: (request) => calledIn(request)?.method === 'load' })
    expect((await here.send()).ok).toBe(false)
    expect(loads(here)).toHaveLength(1)
    here.platform.misbehave(null)
    expect(await here.verify()).toMatchObject([{ id: '900', matches: true }])
  })

  it.each([
    ['could not serialize access due to concurrent update', 'temporary'],
    ["No matching record found for database id '9' in field 'Order Lines/Product'", 'validation'],
    ['This customer has reached its credit limit.', 'erp-rejection'],
  ])('takes a good answer without ids for what it says: %s', async (message, faultClass) => {
    const messages = [{ type: 'error', message, rows: { from: 0, to: 2 }, field: 'order_line' }]
    const here = await importer(17, ({ method }) =>
      method === 'load' ? { result: { ids: false, messages, nextrow: 0 } } : undefined,
    )
    expect(await here.send()).toMatchObject({ ok: false, fault: { class: faultClass } })
    expect(await here.verify()).toEqual([])
  })

  it('finds by its external id what somebody has given another reference', async () => {
    const here = await importer()
    value(await here.send())
    const [made] = here.orders
    ;(here.orders as Row[])[0] = { ...made, client_order_ref: 'renamed', amount_total: 300 }
    expect(await here.verify()).toMatchObject([
      { id: '900', matches: false, says: expect.stringContaining('255.85 EUR was expected') },
    ])
  })

  it('takes an order that was cancelled meanwhile for none that stands', async () => {
    const here = await importer()
    value(await here.send())
    ;(here.orders as Row[])[0] = { ...here.orders[0], state: 'cancel' }
    expect(await here.verify()).toMatchObject([{ cancelled: true, matches: false }])
  })

  it('gives keys that look alike external ids of their own', async () => {
    const here = await importer()
    value(await here.send('shop:1.001'))
    value(await (await importer()).send('shop:1-001'))
    const other = await importer()
    value(await other.send('shop:1-001'))
    expect(loadOf(here).data[0]?.[0]).not.toBe(loadOf(other).data[0]?.[0])
  })
})

describe('what Odoo will make of a draft', () => {
  const lines = [1, 2, 3].map(() => ({
    quantity: '1',
    price: '1.13',
    holdsTax: false,
    taxes: [{ id: '1', ratePercent: '19' }],
  }))

  it('rounds each line, or the document', () => {
    expect(totalsOf(lines, 'EUR', 'per-line')).toEqual({ tax: '0.63', total: '4.02' })
    expect(totalsOf(lines, 'EUR', 'per-document')).toEqual({ tax: '0.64', total: '4.03' })
  })

  it('takes out of a price the tax that it holds, and never changes its total', () => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 9 }).map(String),
      price: fc
        .integer({ min: 1, max: 99_999 })
        .map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`),
      holdsTax: fc.constant(true),
      taxes: fc
        .constantFrom('0', '7', '19', '5.5')
        .map((ratePercent) => [{ id: ratePercent, ratePercent }]),
    })
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('per-line' as const, 'per-document' as const),
        (some, rounding) => {
          const cents = some.reduce(
            (sum, { price, quantity }) => sum + Math.round(Number(price) * 100) * Number(quantity),
            0,
          )
          expect(Math.round(Number(totalsOf(some, 'EUR', rounding).total) * 100)).toBe(cents)
        },
      ),
    )
  })
})
