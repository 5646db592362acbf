import { afterEach, describe, expect, it } from 'vitest'
import type { ErpOrder, Order } from '../../../../src-main/domain/records.ts'
import type { ActionPreview } from '../../../../src-main/engine/connectors/definition.ts'
import { orderCreate } from '../../../../src-main/engine/connectors/tryton/actions.ts'
import { draftPayload } from '../../../../src-main/engine/connectors/tryton/draft-payload.ts'
import { tryton } from '../../../../src-main/engine/connectors/tryton/index.ts'
import { netPrice } from '../../../../src-main/engine/connectors/wanted.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedAnswer, ScriptedPlatform } from '../../../support/platform.ts'
import { tax } from '../shop-order.ts'
import { missingOrder } from './missing-order.ts'
import {
  type Replayed,
  type Row,
  password,
  recordedAt,
  recordedTables,
  replayTryton,
  user,
} from './platform.ts'
import { examples, saleNamed } from './rows.ts'

let platform: ScriptedPlatform | null = null
afterEach(async () => {
  await platform?.close()
  platform?.assertExpected()
  platform = null
})

async function connect(given: Replayed = {}) {
  platform = await replayTryton(given)
  const settings = tryton.settings.parse({ baseUrl: `${platform.url}/tryton/`, user })
  const { api } = openTestApi({
    connector: tryton,
    settings,
    secrets: { password },
    at: recordedAt,
  })
  return { api, settings, platform }
}

interface Given extends Replayed {
  readonly order?: Partial<Order>
  readonly examples?: readonly ErpOrder[]
  readonly locations?: Readonly<Record<string, string>>
}

async function preview(given: Given = {}): Promise<ActionPreview> {
  const { api, settings } = await connect(given)
  const order = { ...missingOrder, ...given.order }
  const locations = given.locations ?? {}
  const input = { order, reference: order.number, locations, examples: given.examples ?? examples }
  const outcome = await orderCreate.preview(api, input, settings)
  if (!outcome.ok)
    throw new Error(`${outcome.fault.class}: ${outcome.fault.says} ${outcome.fault.detail}`)
  return outcome.value
}

async function refusal(given: Given): Promise<string> {
  const previewed = await preview(given)
  if (previewed.kind === 'ready') throw new Error('it was not refused')
  return [previewed.says, ...previewed.guide].join(' ')
}

const result = (value: unknown): ScriptedAnswer => ({ json: { id: 1, result: value } })
const decimal = (text: string) => ({ __class__: 'Decimal', decimal: text })

/** Other words for one method; the rest as recorded. */
const says =
  (
    method: string,
    value: unknown,
    when: (params: readonly unknown[]) => boolean = () => true,
  ): NonNullable<Replayed['answer']> =>
  (asked, params) =>
    asked === method && when(params) ? result(value) : null

const [scarf, shirt, book] = missingOrder.lines as [
  Order['lines'][0],
  Order['lines'][0],
  Order['lines'][0],
]

describe('previewing the draft of a missing sale', () => {
  it('shows exactly what is sent: one sale with its lines, as Tryton’s own forms would fill it in', async () => {
    const previewed = await preview()
    if (previewed.kind !== 'ready') throw new Error(previewed.says)
    const line = (product: number, quantity: number, price: string, taxId: number) => ({
      type: 'line',
      product,
      quantity,
      unit: 1,
      unit_price: decimal(price),
      taxes: [['add', [taxId]]],
    })
    expect(previewed.payload).toEqual({
      values: {
        company: 1,
        currency: 1,
        party: 3,
        invoice_address: 3,
        shipment_address: 3,
        payment_term: 1,
        carrier: 1,
        shipment_cost_method: null,
        warehouse: 5,
        sale_date: { __class__: 'date', year: 2026, month: 11, day: 2 },
        reference: 'SO-10015',
        description: 'Web shop order SO-10015, entered by Plumbline',
        lines: [
          [
            'create',
            [
              line(7, 2, '24.9167', 1),
              line(1, 2, '41.5833', 1),
              line(15, 1, '23.2227', 2),
              line(23, 1, '4.0833', 1),
            ],
          ],
        ],
      },
      context: { company: 1, language: 'en' },
      expected: { total: '189', currency: 'EUR', lines: 4 },
      cancelledBefore: [],
    })
    expect(JSON.parse(JSON.stringify(previewed.payload))).toEqual(previewed.payload)
    expect(previewed.facts).toContainEqual({ label: 'Total in Tryton', value: '189.00 EUR' })
    expect(previewed.facts).toContainEqual({
      label: '1 × SHIPPING',
      value: '4.0833 each, 4.08 EUR without tax, 20 % tax',
    })
    expect(previewed.warnings).toHaveLength(1)
  })

  it('carries a discount into the price', () => {
    const { quantity, taxes } = shirt
    const price = (total: string, taxesIncluded: boolean) =>
      netPrice({ sku: 'SHIRT-S', quantity, taxes, total }, taxesIncluded, 4)
    expect([price('99.8', true), price('89.8', true), price('89.8', false)]).toEqual([
      '41.5833',
      '37.4167',
      '44.9',
    ])
  })

  it.each<[string, Given, RegExp]>([
    ['a cancelled order', { order: { cancelledAt: recordedAt } }, /cancelled in the shop/],
    [
      'a line without a SKU',
      { order: { lines: [{ ...scarf, sku: null }] } },
      /"SCARF-GRN" has no SKU/,
    ],
    [
      'a gift card',
      { order: { lines: [{ ...scarf, giftCard: true }] } },
      /SCARF-GRN is a gift card/,
    ],
    [
      'tax that a marketplace collected',
      { order: { lines: [{ ...book, taxes: [{ ...tax('5.5'), collectedByMarketplace: true }] }] } },
      /marketplace collected/,
    ],
    [
      'shipping that no recent sale shows',
      {
        examples: examples.map((sale) => ({
          ...sale,
          lines: sale.lines.filter(({ goods }) => goods),
        })),
      },
      /which product stands for shipping/,
    ],
    ['an order without lines', { order: { lines: [], shipping: [] } }, /no lines/],
    [
      'an order without an e-mail address',
      { order: { customer: { ...missingOrder.customer, email: ' ' } } },
      /no e-mail address/,
    ],
    [
      'an unknown customer',
      { answer: says('model.party.party.search_read', []) },
      /No active customer.*never created.*Enter the customer/,
    ],
    [
      'a customer that is there twice',
      {
        answer: says('model.party.party.search_read', [
          { id: 3, code: 'C1' },
          { id: 9, code: null },
        ]),
      },
      /Several customers.*C1, id 9/,
    ],
    [
      'an unknown currency',
      { order: { currency: 'SEK' }, answer: says('model.currency.currency.search_read', []) },
      /does not know the currency SEK/,
    ],
    [
      'an unknown SKU',
      {
        answer: says('model.product.product.search_read', [
          { id: 7, code: 'SCARF-GRN', salable: true },
        ]),
      },
      /no active product with the code SHIRT-S/,
    ],
    [
      'a SKU that is there twice',
      {
        answer: says(
          'model.product.product.search_read',
          [7, 8].map((id) => ({ id, code: 'SCARF-GRN', salable: true })),
        ),
      },
      /several products with the code SCARF-GRN/,
    ],
    [
      'a product that is not sold',
      {
        answer: says('model.product.product.search_read', [
          { id: 7, code: 'SCARF-GRN', salable: false },
        ]),
      },
      /SCARF-GRN is not salable/,
    ],
    [
      'another tax rate',
      { order: { lines: [scarf, shirt, { ...book, taxes: [tax('20')] }] } },
      /BOOK-COOK-EN: the shop charged 20 % tax, and Tryton would book 5\.5 % \(TVA 5,5% FR\)/,
    ],
    [
      'a tax that the shop did not charge',
      { order: { lines: [{ ...scarf, taxes: [] }, shirt, book] } },
      /SCARF-GRN: the shop charged no tax/,
    ],
    [
      'a total that rounding cannot explain',
      { order: { totals: { ...missingOrder.totals, total: '192' } } },
      /3\.00 EUR less than the shop charged \(189\.00 EUR instead of 192\.00 EUR\)/,
    ],
    [
      'a user who may only read',
      {
        answer: says('model.ir.model.access.get_access', {
          'sale.sale': { create: 1 },
          'sale.line': { create: true },
          'sale.line-account.tax': { create: 0 },
        }),
      },
      /cannot create sale\.line-account\.tax/,
    ],
  ])('refuses %s, and says what to do', async (_name, given, expected) => {
    expect(await refusal(given)).toMatch(expected)
  })

  it('refuses what Tryton already holds, however it is written there', async () => {
    const held = { ...saleNamed('SO-10002'), id: 77, reference: ' so-10015 ' }
    const sales = [...(recordedTables()['sale.sale'] ?? []), held]
    const fresh = { tables: { ...recordedTables(), 'sale.sale': sales } }
    expect(await refusal(fresh)).toMatch(
      /already holds this order\. Sale without a number \(id 77\), draft/,
    )
  })

  it('is not stopped by a longer reference that only holds the number', async () => {
    const another = { ...saleNamed('SO-10002'), id: 77, reference: 'B2B SO-10015' }
    const sales = [...(recordedTables()['sale.sale'] ?? []), another]
    const previewed = await preview({
      tables: { ...recordedTables(), 'sale.sale': sales },
    })
    expect(previewed.kind).toBe('ready')
  })

  it('warns of a cancelled sale with the same reference, and does not take it for the order', async () => {
    const cancelled = { ...saleNamed('SO-10009'), id: 77, reference: 'SO-10015' }
    const tables = { ...recordedTables(), 'sale.sale': [cancelled] }
    const previewed = await preview({ tables })
    if (previewed.kind !== 'ready') throw new Error(previewed.says)
    expect(previewed.warnings.join()).toMatch(/A cancelled sale already has this reference/)
    expect(draftPayload.parse(previewed.payload).cancelledBefore).toEqual(['77'])
  })

  it('names a difference that rounding explains, and offers the draft', async () => {
    const previewed = await preview({
      order: { totals: { ...missingOrder.totals, total: '189.02' } },
    })
    if (previewed.kind !== 'ready') throw new Error(previewed.says)
    expect(previewed.warnings.at(-1)).toMatch(/0\.02 EUR less than the shop charged/)
  })

  it('delivers from where the shop allocated the units', async () => {
    const previewed = await preview({ locations: { 'WH-GENT': 'Lyon' } })
    if (previewed.kind !== 'ready') throw new Error(previewed.says)
    expect(previewed.facts).toContainEqual({ label: 'Warehouse', value: 'WH-GENT' })
    expect(draftPayload.parse(previewed.payload).values).toMatchObject({ warehouse: 12 })
  })

  it('leaves the warehouse open, with a warning, where nothing tells it', async () => {
    const previewed = await preview({
      answer: says(
        'model.sale.sale.search_read',
        [
          { id: 1, warehouse: 5 },
          { id: 2, warehouse: 12 },
        ],
        (params) => JSON.stringify(params[4]) === '["warehouse"]',
      ),
    })
    if (previewed.kind !== 'ready') throw new Error(previewed.says)
    expect(draftPayload.parse(previewed.payload).values).not.toHaveProperty('warehouse')
    expect(previewed.warnings.join()).toMatch(/Which warehouse delivers/)
  })

  it('dates the sale by the day where the company is', async () => {
    const previewed = await preview({
      order: { placedAt: Date.parse('2026-11-01T23:30:00Z') },
      answer: says('model.company.company.read', [{ id: 1, timezone: 'Europe/Paris' }]),
    })
    expect(previewed.kind === 'ready' && previewed.facts).toContainEqual({
      label: 'Sale date',
      value: '2026-11-02',
    })
  })
})

const payload = draftPayload.parse({
  values: { reference: 'SO-10015', party: 3, lines: [['create', []]] },
  context: { company: 1, language: 'en' },
  expected: { total: '92.95', currency: 'EUR', lines: 5 },
  cancelledBefore: [],
})

/** The recorded sale of SO-10001 as if it were ours: 92.95 EUR, 5 lines. */
const ours = (change: Row = {}): Row => ({
  ...saleNamed('SO-10001'),
  reference: 'SO-10015',
  ...change,
})
const withSales = (...sales: Row[]): Replayed => ({
  tables: { ...recordedTables(), 'sale.sale': sales },
})

describe('sending a draft', () => {
  it('sends exactly the payload in one call, and gives back its id', async () => {
    const created: unknown[] = []
    const {
      api,
      platform: server,
      settings,
    } = await connect({
      ...withSales(),
      answer: (method, params) => {
        if (method !== 'model.sale.sale.create') return null
        created.push(params)
        return result([61])
      },
    })
    server.allowWrites()
    expect(
      await orderCreate.send(api, JSON.parse(JSON.stringify(payload)), 'shop:so-10015', settings),
    ).toEqual({ ok: true, value: { targetId: '61' } })
    expect(created).toEqual([[[payload.values], payload.context]])
  })

  it.each(['SO-10015', 'shop:so-10015'])(
    'sends nothing when a live sale carries %s by now',
    async (reference) => {
      const { api, settings } = await connect(withSales(ours({ reference })))
      // The replayed platform remembers any write as unexpected.
      const outcome = await orderCreate.send(api, payload, 'shop:so-10015', settings)
      expect(outcome.ok ? null : outcome.fault.class).toBe('erp-rejection')
    },
  )

  it('gives back what Tryton said against it, and nothing of what it was sent', async () => {
    const {
      api,
      platform: server,
      settings,
    } = await connect({
      ...withSales(),
      answer: (method) =>
        method === 'model.sale.sale.create'
          ? {
              json: {
                id: 1,
                error: [
                  'UserError',
                  ['A value is required for field "Payment Term" in "Sale".', '', null],
                ],
              },
            }
          : null,
    })
    server.allowWrites()
    const outcome = await orderCreate.send(api, payload, 'key', settings)
    expect(outcome.ok ? null : [outcome.fault.class, outcome.fault.says]).toEqual([
      'validation',
      expect.stringContaining('"Payment Term"'),
    ])
  })
})

describe('proving a draft', () => {
  const verify = async (sales: Row[], change: object = {}) => {
    const { api, settings } = await connect(withSales(...sales))
    const outcome = await orderCreate.verify(
      api,
      { ...payload, ...change },
      'shop:so-10015',
      settings,
    )
    if (!outcome.ok) throw new Error(outcome.fault.says)
    return outcome.value.found.map(({ id, matches, says: words }) => ({ id, matches, words }))
  }

  it('finds what was sent', async () => {
    expect(await verify([ours()])).toEqual([
      { id: '1', matches: true, words: 'Sale 1, processing: 92.95 EUR, 5 lines.' },
    ])
  })

  it('finds it under the key of the replay as well, and twice where it is there twice', async () => {
    expect(await verify([ours({ reference: 'SHOP:SO-10015' }), ours({ id: 2 })])).toMatchObject([
      { id: '2' },
      { id: '1' },
    ])
  })

  it.each<[string, Row]>([
    ['another total', { total_amount: decimal('92.94') }],
    ['other lines', { 'lines.': [] }],
    ['another currency', { 'currency.': { id: 2, code: 'USD' } }],
    ['being cancelled meanwhile', { state: 'cancelled' }],
  ])('says that it is not the same for %s', async (_name, change) => {
    const [found] = await verify([ours(change)])
    expect([found?.matches, found?.words]).toEqual([
      false,
      expect.stringContaining('92.95 EUR was expected'),
    ])
  })

  it('takes no sale for it that takes it back under its reference', async () => {
    const back = ours({ id: 2, total_amount: decimal('-92.95') })
    expect(await verify([ours(), back])).toMatchObject([{ id: '1', matches: true }])
  })

  it('passes over a sale that was cancelled before, until somebody takes it up again', async () => {
    const before = { cancelledBefore: ['1'] }
    expect(await verify([ours({ state: 'cancelled' })], before)).toEqual([])
    await platform?.close()
    expect(await verify([ours({ state: 'draft' })], before)).toHaveLength(1)
  })

  it('finds nothing in a longer reference, and nothing where there is nothing', async () => {
    expect(await verify([ours({ reference: 'B2B SO-10015' }), saleNamed('SO-10002')])).toEqual([])
  })
})
