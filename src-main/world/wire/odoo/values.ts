/** What a client wants written, as the books understand it. */
import { Decimal } from '../../decimal.ts'
import type { LineChange, Partner, SaleDraft, SaleLine } from '../../erp/erp.ts'
import { modelNamed, readable } from './access.ts'
import { mandatory, missingError, type Operation, valueError } from './faults.ts'
import type { Env, Model } from './fields.ts'
import { countryCodeOf, currencyOf } from './models/base.ts'
import { parseNaive } from './times.ts'

export type Values = Readonly<Record<string, unknown>>

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Throws for fields that the model has not; `id` may stand among them, as an import puts it there. */
export function checkValues(model: Model, values: Values, operation: Operation, env: Env): void {
  readable(model, Object.keys(values).filter((name) => name !== 'id'), env, operation)
}

export function decimalOf(value: unknown): Decimal {
  if (value === false || value === null || value === undefined) return new Decimal(0)
  if (typeof value === 'number') return new Decimal(value)
  const text = String(value).trim()
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw valueError(`could not convert string to float: '${text}'`)
  return new Decimal(text)
}

/** Throws `MissingError` for an id that nobody has. */
export function idOf(model: string, value: unknown, env: Env): number | null {
  if (value === false || value === null || value === undefined) return null
  if (typeof value !== 'number' || modelNamed(model, env).rows(env).get(value) === null) {
    throw missingError(model, typeof value === 'number' ? value : Number.NaN, env.user.id)
  }
  return value
}

export function textOf(value: unknown): string | null {
  return value === false || value === null || value === undefined || value === '' ? null : String(value)
}

/** The ids that commands leave in a many2many, from what it held. */
function idsAfter(held: readonly number[], value: unknown): number[] {
  if (value === false || value === null) return []
  if (!Array.isArray(value)) throw valueError('Wrong value for a many2many')
  if (value.every((each) => typeof each === 'number')) return [...value]
  let ids = [...held]
  for (const command of value as readonly unknown[]) {
    if (!Array.isArray(command)) throw valueError('Wrong value for a many2many')
    const [kind, id, more]: unknown[] = command
    if (kind === 6) ids = Array.isArray(more) ? more.filter((each) => typeof each === 'number') : []
    else if (kind === 5) ids = []
    else if (kind === 4 && typeof id === 'number' && !ids.includes(id)) ids.push(id)
    else if (kind === 3 || kind === 2) ids = ids.filter((each) => each !== id)
  }
  return ids
}

/** What a version calls the taxes of an order's line. */
export function taxField(env: Env): string {
  return env.version >= 19 ? 'tax_ids' : 'tax_id'
}

/** A quotation; what the client leaves out is filled as Odoo fills it. */
export function saleDraftOf(values: Values, lines: readonly Values[], env: Env): SaleDraft {
  const model = modelNamed('sale.order', env)
  checkValues(model, values, 'create', env)
  const partnerId = idOf('res.partner', values['partner_id'], env)
  if (partnerId === null) throw mandatory(model.description, model.name, 'Customer', 'partner_id')
  const [warehouse] = env.books.warehouses.all()
  const warehouseId = idOf('stock.warehouse', values['warehouse_id'], env) ?? warehouse?.id
  if (warehouseId === undefined) throw mandatory(model.description, model.name, 'Warehouse', 'warehouse_id')
  const dateOrder = 'date_order' in values ? textOf(values['date_order']) : null
  if ('date_order' in values && dateOrder === null) throw mandatory(model.description, model.name, 'Order Date', 'date_order')
  return {
    partnerId,
    clientOrderRef: textOf(values['client_order_ref']),
    origin: textOf(values['origin']),
    dateOrder: dateOrder === null ? env.now : parseNaive(dateOrder),
    currency: currencyIn(values, env),
    warehouseId,
    lines: lines.map((line) => lineDraftOf(line, env)),
  }
}

function currencyIn(values: Values, env: Env): string {
  const pricelistId = idOf('product.pricelist', values['pricelist_id'], env)
  const currencyId = pricelistId === null ? idOf('res.currency', values['currency_id'], env) : pricelistId - 1000
  return (currencyId === null ? null : currencyOf(currencyId)) ?? env.books.company.currency
}

export function lineDraftOf(values: Values, env: Env): SaleDraft['lines'][number] {
  const model = modelNamed('sale.order.line', env)
  checkValues(model, values, 'create', env)
  if (textOf(values['display_type']) !== null) throw valueError('These books hold no sections and no notes.')
  const productId = idOf('product.product', values['product_id'], env)
  if (productId === null) throw mandatory(model.description, model.name, 'Product', 'product_id')
  const taxes = values[taxField(env)]
  const name = textOf(values['name'])
  const product = env.books.products.must(productId)
  return {
    productId,
    quantity: 'product_uom_qty' in values ? decimalOf(values['product_uom_qty']) : new Decimal(1),
    priceUnit: 'price_unit' in values ? decimalOf(values['price_unit']) : product.listPrice,
    discount: decimalOf(values['discount']),
    ...(taxes === undefined ? {} : { taxIds: taxIdsAfter([], taxes, env) }),
    ...(name === null ? {} : { name }),
    isDelivery: values['is_delivery'] === true,
    isDownpayment: values['is_downpayment'] === true,
  }
}

function taxIdsAfter(held: readonly number[], value: unknown, env: Env): number[] {
  const ids = idsAfter(held, value)
  for (const id of ids) idOf('account.tax', id, env)
  return ids
}

export function lineChangeOf(line: SaleLine, values: Values, env: Env): LineChange {
  checkValues(modelNamed('sale.order.line', env), values, 'write', env)
  const taxes = values[taxField(env)]
  return {
    ...('product_uom_qty' in values ? { quantity: decimalOf(values['product_uom_qty']) } : {}),
    ...('price_unit' in values ? { priceUnit: decimalOf(values['price_unit']) } : {}),
    ...('discount' in values ? { discount: decimalOf(values['discount']) } : {}),
    ...(taxes === undefined ? {} : { taxIds: taxIdsAfter(line.taxIds, taxes, env) }),
  }
}

type PartnerChange = Partial<Omit<Partner, 'id' | 'changedAt' | 'createdAt' | 'createdBy' | 'changedBy'>>

export function partnerChangeOf(values: Values, env: Env, operation: Operation): PartnerChange {
  checkValues(modelNamed('res.partner', env), values, operation, env)
  const countryId = idOf('res.country', values['country_id'], env)
  const isCompany = values['is_company'] === true || values['company_type'] === 'company'
  const texts = (['email', 'vat', 'ref'] as const).filter((name) => name in values)
  return {
    ...('name' in values ? { name: textOf(values['name']) ?? '' } : {}),
    ...Object.fromEntries(texts.map((name) => [name, textOf(values[name])])),
    ...('parent_id' in values ? { parentId: idOf('res.partner', values['parent_id'], env) } : {}),
    ...('is_company' in values || 'company_type' in values ? { companyType: isCompany ? 'company' : 'person' } as const : {}),
    ...('country_id' in values ? { countryCode: countryId === null ? null : countryCodeOf(countryId) } : {}),
    ...('active' in values ? { active: values['active'] === true } : {}),
  }
}
