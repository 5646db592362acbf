// What the ERP says, read over JSON-RPC as the user who may only read.
import { env, json } from '../common/http.mjs'
import { cents, exact, sum } from './exact.mjs'

export async function erpSession(user = 'monitor', password = env('TRYTON_MONITOR_PASSWORD')) {
  const url = env('TRYTON_URL')
  const login = await rpc(url, {}, 'common.db.login', [user, { password }, 'en'])
  const headers = { authorization: `Session ${Buffer.from([user, ...login].join(':')).toString('base64')}` }
  return (method, ...params) => rpc(url, headers, method, params)
}

async function rpc(url, headers, method, params) {
  const { result, error } = await json('POST', url, { headers, body: { id: 1, method, params } })
  if (error) throw new Error(`${method} was refused: ${JSON.stringify(error).slice(0, 300)}`)
  return result
}

export async function readErp(call) {
  const all = (model, domain, fields, context = { company: 1 }) => call(`model.${model}.search_read`, domain, 0, null, [['id', 'ASC']], fields, context)
  const sales = await all('sale.sale', [], ['reference', 'number', 'state', 'tax_amount', 'total_amount', 'currency.code'])
  const lines = await all('sale.line', [['type', '=', 'line']], ['sale', 'product.code', 'quantity', 'unit_price', 'taxes'])
  const invoices = await all('account.invoice', [['type', '=', 'out']], ['sales', 'state', 'total_amount'])
  const shipments = await all('stock.shipment.out', [], ['state', 'reference', 'outgoing_moves.sale'])
  const taxes = new Map((await all('account.tax', [], ['rate'])).map((tax) => [tax.id, exact(tax.rate.decimal)]))
  return {
    sales: sales.map((sale) => ({
      reference: sale.reference, number: sale.number, state: sale.state, currency: sale['currency.'].code,
      live: sale.state !== 'cancelled',
      // a draft or a quotation has not yet taken its goods out of the forecast
      reserves: !['draft', 'quotation', 'cancelled'].includes(sale.state),
      invoices: invoices.filter((invoice) => invoice.sales.includes(sale.id)).map((invoice) => ({ state: invoice.state, total: cents(invoice.total_amount.decimal) })),
      shipments: shipments.filter((shipment) => shipment['outgoing_moves.'].some((move) => move.sale === sale.id))
        .map((shipment) => ({ left: shipment.state === 'done', number: shipment.reference })),
      total: cents(sale.total_amount.decimal), tax: cents(sale.tax_amount.decimal),
      lines: lines.filter((line) => line.sale === sale.id).map((line) => ({
        sku: line['product.'].code, quantity: line.quantity, netPrice: exact(line.unit_price.decimal),
        rate: sum(line.taxes.map((id) => taxes.get(id))), taxed: line.taxes.length > 0,
      })),
    })),
    forecast: await readForecast(all),
  }
}

/** Units each warehouse will still have when all that is planned up to today has left: 'SKU@warehouse code' -> units. */
async function readForecast(all) {
  const now = new Date()
  const today = { __class__: 'date', year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() }
  const dayOf = ({ year, month, day }) => year * 10_000 + month * 100 + day
  const drafts = await all('stock.move', [['state', '=', 'draft']], ['product', 'from_location', 'to_location', 'planned_date', 'internal_quantity'])
  const late = drafts.filter((move) => move.planned_date !== null && dayOf(move.planned_date) < dayOf(today))
  const forecast = new Map()
  for (const warehouse of await all('stock.location', [['type', '=', 'warehouse']], ['code', 'storage_location'])) {
    const inside = new Set((await all('stock.location', [['parent', 'child_of', [warehouse.storage_location]]], ['code'])).map(({ id }) => id))
    const leaving = late.filter((move) => inside.has(move.from_location) && !inside.has(move.to_location))
    const context = { company: 1, locations: [warehouse.id], stock_date_end: today }
    for (const product of await all('product.product', [['type', '=', 'goods']], ['code', 'forecast_quantity'], context)) {
      // what should have left on an earlier day and waits still the forecast forgets
      const forgotten = leaving.filter((move) => move.product === product.id).reduce((units, move) => units + move.internal_quantity, 0)
      forecast.set(`${product.code}@${warehouse.code}`, product.forecast_quantity - forgotten)
    }
  }
  return forecast
}
