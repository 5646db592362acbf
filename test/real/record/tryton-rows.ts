/**
 * Records what the offline tests of the Tryton connector replay: rows with the very fields that it
 * asks for, and the calls of one check and one draft, word by word. Writes nothing in Tryton.
 *
 *   test/real/up.sh && node_modules/.bin/node test/real/record/tryton-rows.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from '../../../src-main/engine/connectors/definition.ts'
import { parseExact } from '../../../src-main/engine/connectors/json.ts'
import { check } from '../../../src-main/engine/connectors/tryton/check.ts'
import { previewDraft } from '../../../src-main/engine/connectors/tryton/draft.ts'
import { orderOf } from '../../../src-main/engine/connectors/tryton/normalise-documents.ts'
import { trytonSettings } from '../../../src-main/engine/connectors/tryton/settings.ts'
import { invoiceFields, saleFields, saleRow } from '../../../src-main/engine/connectors/tryton/wire-documents.ts'
import {
  customerFields,
  productFields,
  shipmentFields,
  stockFields,
  userFields,
} from '../../../src-main/engine/connectors/tryton/wire.ts'
import { missingOrder } from '../../engine/connectors/tryton/missing-order.ts'

const folder = join(import.meta.dirname, '../../engine/connectors/tryton/fixtures/rows')
const data = process.env['REAL_DATA'] ?? join(import.meta.dirname, '../data')
const { erp } = JSON.parse(readFileSync(join(data, 'servers.json'), 'utf8'))
const { user, password } = erp.integration
const settings = trytonSettings.parse({ baseUrl: erp.url, user })
const headers = {
  'content-type': 'application/json',
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
}
const context = { company: 1, language: 'en', active_test: false }
const today = (now = new Date()) => ({
  __class__: 'date',
  year: now.getUTCFullYear(),
  month: now.getUTCMonth() + 1,
  day: now.getUTCDate(),
})

const references = [1, 2, 4, 5, 8, 9, 11, 12, 14, 28, 29, 34, 45].map(
  (n) => `SO-100${String(n).padStart(2, '0')}`,
)
const skus = [
  'BOOK-COOK-EN',
  'MUG-WHT',
  'NOTE-A5-DOT',
  'OIL-MILD',
  'SCARF-GRN',
  'SHIPPING',
  'SHIRT-S',
]
const ofSales = ['sales.reference', 'in', references]

interface Call {
  readonly method: string
  readonly params: unknown
  readonly answer: unknown
}

async function post(
  path: string,
  method: string,
  params: unknown,
): Promise<{ text: string; date: string | null }> {
  const response = await fetch(new URL(path, erp.url), {
    method: 'POST',
    headers,
    body: JSON.stringify({ id: 1, method, params }),
  })
  const text = await response.text()
  if (!response.ok || text.includes('"error":'))
    throw new Error(`${method}: ${response.status} ${text.slice(0, 300)}`)
  return { text, date: response.headers.get('date') }
}

async function rows(
  model: string,
  domain: unknown,
  fields: readonly string[],
  more: object = {},
): Promise<unknown[]> {
  const params = [domain, 0, null, [['id', 'ASC']], fields, { ...context, ...more }]
  const { text } = await post('', `model.${model}.search_read`, params)
  return JSON.parse(text).result
}

function keep(name: string, kept: readonly unknown[]): void {
  mkdirSync(folder, { recursive: true })
  const text = `[\n${kept.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`
  if (text.length > 60_000) throw new Error(`${name} is ${text.length} bytes: ask for fewer rows`)
  writeFileSync(join(folder, `${name}.json`), text)
  console.log(`${name}: ${kept.length} rows, ${text.length} bytes`)
}

/** An Api that keeps every call with its answer. */
function recordingApi(calls: Call[]): Api {
  return {
    async request({ body, path }) {
      const { method, params } = JSON.parse(JSON.stringify(body))
      const { text, date } = await post(path === '' ? '/' : '', method, params)
      calls.push({ method, params, answer: JSON.parse(text) })
      return {
        ok: true,
        value: { status: 200, json: parseExact(text), date: Date.parse(date ?? '') },
      }
    },
    download: () => Promise.reject(new Error('Tryton lays nothing elsewhere')),
    pause: () => Promise.resolve(),
    clockOffsetMs: () => 0,
    shutFor: () => 0,
    now: () => Date.now(),
    signal: new AbortController().signal,
  }
}

const sales = await rows(
  'sale.sale',
  [['reference', 'in', references]],
  [...saleFields, ...userFields],
)
keep('sale.sale', sales)
keep(
  'account.invoice',
  await rows('account.invoice', [['type', '=', 'out'], ofSales], invoiceFields),
)
const moved = ['moves.origin.sale.reference', 'in', references, 'sale.line']
keep('stock.shipment.out', await rows('stock.shipment.out', [moved], shipmentFields))
const products = await rows(
  'product.product',
  [['code', 'in', skus]],
  [...productFields, 'default_uom'],
)
keep('product.product', products)
const goods = [
  ['code', 'in', skus],
  ['template.type', '=', 'goods'],
]
for (const [name, id] of [
  ['lyon', 5],
  ['gent', 12],
] as const) {
  keep(
    `stock-${name}`,
    await rows('product.product', goods, stockFields, { locations: [id], stock_date_end: today() }),
  )
}
const move = ['product', 'from_location', 'to_location', 'create_date', 'write_date']
keep('stock.move', await rows('stock.move', [['product.code', 'in', skus.slice(0, 3)]], move))
keep('party.party', await rows('party.party', [['id', '<', 12]], customerFields))

const calls: Call[] = []
const api = recordingApi(calls)
const checked = await check(api, settings)
if (!checked.ok || checked.value.steps.some(({ state }) => state === 'failed'))
  throw new Error('the check failed')
const examples = sales
  .flatMap((row) => saleRow.safeParse(parseExact(JSON.stringify(row))).data ?? [])
  .map(orderOf)
const input = { order: missingOrder, reference: missingOrder.number, locations: {}, examples }
const preview = await previewDraft(api, input, settings)
if (!preview.ok || preview.value.kind !== 'ready')
  throw new Error(`no draft: ${JSON.stringify(preview)}`)
const seen = new Set<string>()
keep(
  'calls',
  calls.filter(({ method, params }) => {
    const key = JSON.stringify([method, params])
    return !seen.has(key) && seen.add(key)
  }),
)
