// The requests recorded of the ERP: logins good and bad, two pages of each model, and the refusals that come as 200.
const context = { company: 1, language: 'en' }
const stamps = ['create_date', 'write_date', 'create_uid', 'write_uid']
const totals = ['untaxed_amount', 'tax_amount', 'total_amount', 'currency.code']
const SALE = [...stamps, ...totals, 'number', 'reference', 'state', 'invoice_state', 'shipment_state', 'sale_date', 'party', 'party.rec_name', 'party.code',
  'party.email', 'lines', 'invoices', 'shipments', 'warehouse.code', 'description', 'create_uid.login']
const LINE = [...stamps, 'sale', 'sale.reference', 'sequence', 'type', 'description', 'product', 'product.code', 'product.name', 'product.type', 'product.template.name', 'quantity',
  'unit', 'unit.symbol', 'unit_price', 'amount', 'taxes', 'moves', 'invoice_lines']
const NESTED = ['type', 'description', 'quantity', 'unit_price', 'amount', 'unit.symbol', 'product.code', 'product.name', 'product.type', 'taxes.name', 'taxes.type', 'taxes.rate',
  'taxes.childs.name', 'taxes.childs.type', 'taxes.childs.rate', 'create_date', 'write_date', 'moves'].map((name) => `lines.${name}`)
const INVOICE = [...stamps, ...totals, 'number', 'reference', 'origins', 'type', 'state', 'invoice_date', 'party', 'party.code', 'lines', 'taxes', 'sales', 'amount_to_pay', 'reconciled']
const SHIPMENT = [...stamps, 'number', 'reference', 'state', 'origins', 'planned_date', 'effective_date', 'customer', 'customer.rec_name', 'carrier.party.name', 'warehouse.code',
  'warehouse.name', 'outgoing_moves', 'inventory_moves', 'outgoing_moves.state', 'outgoing_moves.quantity', 'outgoing_moves.product.code', 'outgoing_moves.origin']
const MOVE = [...stamps, 'state', 'quantity', 'origin', 'shipment', 'product.code', 'from_location.code', 'from_location.name', 'to_location.name', 'planned_date', 'effective_date']
const PRODUCT = [...stamps, 'code', 'active', 'list_price', 'template', 'template.name', 'template.type', 'template.active', 'template.write_date', 'template.default_uom.symbol']
const STOCK = ['code', 'quantity', 'forecast_quantity', 'template.consumable']

export function erpRequests(erp) {
  const changed = {
    domain: ['OR', ['write_date', '>=', datetime('2020-01-01')], [['write_date', '=', null], ['create_date', '>=', datetime('2020-01-01')]]],
    order: [['write_date', 'ASC'], ['id', 'ASC']],
  }
  return {
    'version': bare(root('common.server.version')),
    'login': bare(rpc('common.db.login', erp.monitor.user, { password: erp.monitor.password }, 'en')),
    'login-without-password': bare(rpc('common.db.login', erp.monitor.user, {}, 'en')),
    'login-wrong-password': bare(rpc('common.db.login', erp.monitor.user, { password: 'not the password' }, 'en')),
    'session-unknown': { ...read('sale.sale', ['number'], { limit: 1 }), as: { authorization: `Session ${Buffer.from('monitor:2:0000').toString('base64')}` } },
    'preferences': rpc('model.res.user.get_preferences', true, {}),
    'fields-of-sale': rpc('model.sale.sale.fields_get', ['number', 'reference', 'state', 'web_id'], 0, context),
    'configuration': rpc('model.account.configuration.read', [1], ['tax_rounding'], context),
    ...pages('sales', 'sale.sale', SALE, changed),
    ...pages('sales-nested', 'sale.sale', [...SALE, ...NESTED], { ...changed, limit: 6 }),
    'sales-by-reference': read('sale.sale', [...SALE, ...NESTED], { domain: [['reference', 'in', ['SO-10028', 'SO-10045', 'SO-10049', 'SO-00000']]] }),
    'sales-count': rpc('model.sale.sale.search_count', [], context),
    ...pages('sale-lines', 'sale.line', LINE, { limit: 16 }),
    'taxes': read('account.tax', [...stamps, 'name', 'type', 'rate', 'amount', 'group.code', 'active']),
    ...pages('invoices', 'account.invoice', INVOICE, changed),
    'invoices-draft': read('account.invoice', INVOICE, state('draft')),
    ...pages('invoices-nested', 'account.invoice', [...INVOICE, ...NESTED.filter((name) => name !== 'lines.moves'), 'lines.origin', 'taxes.base', 'taxes.amount', 'taxes.description', 'taxes.tax.name', 'taxes.tax.rate'], { ...changed, limit: 5 }),
    ...pages('invoice-taxes', 'account.invoice.tax', [...stamps, 'invoice', 'tax', 'base', 'amount', 'manual', 'description', 'tax.name', 'tax.rate'], { limit: 10 }),
    ...pages('shipments', 'stock.shipment.out', SHIPMENT, changed),
    'shipments-not-done': read('stock.shipment.out', SHIPMENT, { ...state('waiting', 'assigned', 'packed'), limit: 20 }),
    ...pages('moves', 'stock.move', MOVE, { domain: [['origin', 'like', 'sale.line,%']], limit: 10 }),
    'locations': read('stock.location', ['name', 'code', 'type', 'storage_location'], { limit: null }),
    ...pages('products', 'product.product', PRODUCT, { limit: 12 }),
    // what the context says decides the figures: one warehouse, the other, none
    'stock-lyon': read('product.product', STOCK, { limit: null, locations: [5], stock_date_end: today() }),
    'stock-gent': read('product.product', STOCK, { limit: null, locations: [12], stock_date_end: today() }),
    'stock-without-locations': read('product.product', STOCK, { limit: 4 }),
    ...pages('parties', 'party.party', [...stamps, 'code', 'name', 'active', 'email', 'tax_identifier.code', 'contact_mechanisms']),
    'refused-model': read('stock.inventory', ['state'], { limit: 1 }),
    'refused-write': rpc('model.party.party.create', [{ name: 'Nobody' }], context),
    'unknown-field': read('sale.sale', ['nope'], { limit: 1 }),
    'bad-datetime': read('sale.sale', ['number'], { domain: [['write_date', '>=', '2026-11-23T03:55:00']], limit: 1 }),
    'missing-context': rpc('model.sale.sale.search', [], 0, 1, null),
    'unknown-method': rpc('model.sale.sale.nonsense', context),
    'unknown-database': { ...rpc('common.db.login', erp.monitor.user, { password: erp.monitor.password }, 'en'), path: '/no_such_database/', as: {} },
  }
}

function rpc(method, ...params) {
  return { method: 'POST', path: '/tryton/', rpc: { id: 1, method, params } }
}

function root(method, ...params) {
  return { ...rpc(method, ...params), path: '/' }
}

/** Without the credentials that the others carry. */
function bare(request) {
  return { ...request, as: {} }
}

function read(model, fields, { domain = [], limit = 8, offset = 0, order = [['id', 'ASC']], ...more } = {}) {
  return rpc(`model.${model}.search_read`, domain, offset, limit, order, fields, { ...context, ...more })
}

function pages(name, model, fields, more = {}) {
  const page = (number) => read(model, fields, { ...more, offset: number * (more.limit ?? 8) })
  return { [`${name}-1`]: page(0), [`${name}-2`]: page(1) }
}

function state(...states) {
  return { domain: [['state', 'in', states]] }
}

function datetime(day) {
  return { ...date(new Date(day)), __class__: 'datetime', hour: 0, minute: 0, second: 0, microsecond: 0 }
}

function date(moment) {
  return { __class__: 'date', year: moment.getUTCFullYear(), month: moment.getUTCMonth() + 1, day: moment.getUTCDate() }
}

function today() {
  return date(new Date())
}
