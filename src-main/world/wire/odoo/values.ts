/** What a client wants written, as the books understand it. */
import { Decimal } from '../../decimal.ts'
import type { LineChange, Partner, SaleChange, SaleDraft, SaleLine } from '../../erp/erp.ts'
import { modelNamed, readable } from './access.ts'
import { brokenRule, foreignKey, mandatory, missingError, type Operation, userError, valueError } from './faults.ts'
import type { Env, Field, Model, Raw } from './fields.ts'
import { countryCodeOf, currencyOf } from './models/base.ts'
import { isTruthy, repr } from './python-json.ts'
import { taken } from './taking.ts'

export type Values = Readonly<Record<string, unknown>>

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A client's values as their fields take them; lists of records, which are commands, are not among them. */
export type Taken = ReadonlyMap<string, Raw>

/** Odoo writes these itself, and leaves out what a client says of them. */
const written = ['id', 'create_date', 'create_uid', 'write_date', 'write_uid']

/** These are looked into while a record is made, so that one that is gone is missed before the database misses it. */
const lookedInto = ['partner_id', 'pricelist_id', 'product_id', 'order_id', 'parent_id']

/** Throws for fields that the model has not, for values that they do not take, and for records that are not there. */
export function take(model: Model, values: Values, operation: Operation, env: Env): Taken {
  readable(model, Object.keys(values).filter((name) => name !== 'id'), env, operation)
  const all = new Map<string, Raw>()
  for (const [name, value] of Object.entries(values)) {
    const field = model.fields[name]
    if (field === undefined || written.includes(name)) continue
    if (field.type === 'one2many' || field.type === 'many2many') {
      if (isTruthy(value) && !Array.isArray(value)) throw noCommands(model, name, value)
      continue
    }
    const raw = taken(value, field, `${model.name}.${name}`, operation === 'create')
    if (typeof raw === 'number' && field.relation !== null) mustBeThere(model, name, field, raw, env)
    const isMissed = raw === null && operation === 'write' && field.options.required === true && field.options.store !== false
    if (isMissed) throw mandatory(model, name, env.version)
    all.set(name, raw)
  }
  return all
}

function mustBeThere(model: Model, name: string, { relation }: Field, id: number, env: Env): void {
  const target = modelNamed(relation ?? '', env)
  if (target.rows(env).get(id) !== null) return
  throw lookedInto.includes(name) ? missingError(target.name, id, env.user.id) : foreignKey(model, name, env.version)
}

export function noCommands(model: Model, name: string, value: unknown): Error {
  return valueError(`Wrong value for ${model.name}.${name}: ${typeof value === 'string' ? value : repr(value)}`)
}

const text = (values: Taken, name: string): string | null => {
  const raw = values.get(name)
  return typeof raw === 'string' ? raw : null
}
const number = (values: Taken, name: string): number | null => {
  const raw = values.get(name)
  return typeof raw === 'number' ? raw : null
}
const decimal = (values: Taken, name: string): Decimal => {
  const raw = values.get(name)
  return raw instanceof Decimal ? raw : new Decimal(0)
}

/** The ids that commands leave in a many2many, from what it held. */
function idsAfter(held: readonly number[], value: unknown, broken: () => Error): number[] {
  if (!isTruthy(value)) return []
  if (!Array.isArray(value)) throw broken()
  if (value.every((each) => typeof each === 'number')) return [...value]
  let ids = [...held]
  for (const command of value as readonly unknown[]) {
    if (!Array.isArray(command)) throw broken()
    const [kind, id, more]: unknown[] = command
    if (kind === 6) ids = Array.isArray(more) ? more.filter((each) => typeof each === 'number') : []
    else if (kind === 5) ids = []
    else if (kind === 4 && typeof id === 'number') ids = [...ids.filter((each) => each !== id), id]
    else if (kind === 3 || kind === 2) ids = ids.filter((each) => each !== id)
    else throw broken()
  }
  return ids
}

/** What a version calls the taxes of an order's line. */
export function taxField(env: Env): string {
  return env.version >= 19 ? 'tax_ids' : 'tax_id'
}

function taxIdsAfter(held: readonly number[], value: unknown, env: Env): number[] {
  const ids = idsAfter(held, value, () => noCommands(modelNamed('sale.order.line', env), taxField(env), value))
  for (const id of ids) if (env.books.taxes.get(id) === null) throw missingError('account.tax', id, env.user.id)
  return ids
}

/** A quotation; what the client leaves out is filled as Odoo fills it. */
export function saleDraftOf(values: Taken, lines: readonly SaleDraft['lines'][number][], env: Env): SaleDraft {
  const model = modelNamed('sale.order', env)
  const partnerId = number(values, 'partner_id')
  if (partnerId === null) throw mandatory(model, 'partner_id', env.version)
  const [warehouse] = env.books.warehouses.all()
  const warehouseId = number(values, 'warehouse_id') ?? warehouse?.id
  if (warehouseId === undefined) throw mandatory(model, 'warehouse_id', env.version)
  const dateOrder = values.has('date_order') ? number(values, 'date_order') : env.now
  if (dateOrder === null) throw mandatory(model, 'date_order', env.version)
  return {
    partnerId,
    clientOrderRef: text(values, 'client_order_ref'),
    origin: text(values, 'origin'),
    dateOrder,
    currency: currencyIn(values) ?? env.books.company.currency,
    warehouseId,
    lines,
  }
}

function currencyIn(values: Taken): string | null {
  const pricelistId = number(values, 'pricelist_id')
  const currencyId = pricelistId === null ? number(values, 'currency_id') : pricelistId - 1000
  return currencyId === null ? null : currencyOf(currencyId)
}

/** Written as it comes: a state that is set is not the way to it, so that no delivery is made of it. */
export function saleChangeOf(values: Taken, { version }: Env): SaleChange {
  const [state, name, dateOrder] = [text(values, 'state'), text(values, 'name'), number(values, 'date_order')]
  const [partnerId, warehouseId, currency] = [number(values, 'partner_id'), number(values, 'warehouse_id'), currencyIn(values)]
  return {
    ...(values.has('client_order_ref') ? { clientOrderRef: text(values, 'client_order_ref') } : {}),
    ...(values.has('origin') ? { origin: text(values, 'origin') } : {}),
    ...(name === null ? {} : { name }),
    ...(dateOrder === null ? {} : { dateOrder }),
    ...(partnerId === null ? {} : { partnerId }),
    ...(warehouseId === null ? {} : { warehouseId }),
    ...(currency === null ? {} : { currency }),
    ...(values.has('locked') ? { locked: values.get('locked') === true } : {}),
    ...(state === null ? {} : stateChange(state)),
    // locked was a state of its own until 16
    ...(state !== null && version === 16 ? { locked: state === 'done' } : {}),
  }
}

function stateChange(state: string): SaleChange {
  if (state === 'done') return { state: 'sale' }
  return state === 'draft' || state === 'sent' || state === 'sale' || state === 'cancel' ? { state } : {}
}

export function lineDraftOf(values: Values, env: Env): SaleDraft['lines'][number] {
  const model = modelNamed('sale.order.line', env)
  const all = take(model, values, 'create', env)
  if (text(all, 'display_type') !== null) throw valueError('These books hold no sections and no notes.')
  const [productId, name, taxes] = [number(all, 'product_id'), text(all, 'name'), values[taxField(env)]]
  if (productId === null) {
    // PostgreSQL looks for what is empty before it looks at rules
    throw name === null ? mandatory(model, 'name', env.version) : brokenRule('Missing required fields on accountable sale order line.')
  }
  return {
    productId,
    quantity: all.has('product_uom_qty') ? decimal(all, 'product_uom_qty') : new Decimal(1),
    priceUnit: all.has('price_unit') ? decimal(all, 'price_unit') : env.books.products.must(productId).listPrice,
    discount: decimal(all, 'discount'),
    ...(taxes === undefined ? {} : { taxIds: taxIdsAfter([], taxes, env) }),
    ...(name === null ? {} : { name }),
    isDelivery: all.get('is_delivery') === true,
    isDownpayment: all.get('is_downpayment') === true,
  }
}

/** What a locked order keeps as it is. */
const ofLocked = ['product_id', 'name', 'price_unit', 'product_uom', 'product_uom_id', 'product_uom_qty', 'tax_id', 'tax_ids']

export function lineChangeOf(line: SaleLine, values: Values, env: Env): LineChange {
  const model = modelNamed('sale.order.line', env)
  const all = take(model, values, 'write', env)
  if (text(all, 'display_type') !== null) {
    throw userError('You cannot change the type of a sale order line. Instead you should delete the current line and create a new line of the proper type.')
  }
  const sale = env.books.sales.must(line.orderId)
  const kept = Object.keys(values).filter((name) => ofLocked.includes(name)).map((name) => model.fields[name]?.label ?? name)
  if (sale.locked && kept.length > 0) throw userError(`It is forbidden to modify the following fields in a locked order:\n${kept.join('\n')}`)
  const [productId, name, taxes] = [number(all, 'product_id'), text(all, 'name'), values[taxField(env)]]
  if (productId !== null && productId !== line.productId && sale.state === 'sale') {
    throw userError('You cannot modify the product of this order line.')
  }
  return {
    ...(productId === null ? {} : { productId }),
    ...(name === null ? {} : { name }),
    ...(all.has('product_uom_qty') ? { quantity: decimal(all, 'product_uom_qty') } : {}),
    ...(all.has('price_unit') ? { priceUnit: decimal(all, 'price_unit') } : {}),
    ...(all.has('discount') ? { discount: decimal(all, 'discount') } : {}),
    ...(taxes === undefined ? {} : { taxIds: taxIdsAfter(line.taxIds, taxes, env) }),
  }
}

type PartnerChange = Partial<Omit<Partner, 'id' | 'changedAt' | 'createdAt' | 'createdBy' | 'changedBy'>>

export function partnerChangeOf(values: Taken): PartnerChange {
  const countryId = number(values, 'country_id')
  const isCompany = values.get('is_company') === true || values.get('company_type') === 'company'
  const texts = (['email', 'vat', 'ref'] as const).filter((name) => values.has(name))
  if (values.has('name') && text(values, 'name') === null) throw brokenRule('Contacts require a name')
  return {
    ...(values.has('name') ? { name: text(values, 'name') ?? '' } : {}),
    ...Object.fromEntries(texts.map((name) => [name, text(values, name)])),
    ...(values.has('parent_id') ? { parentId: number(values, 'parent_id') } : {}),
    ...(values.has('is_company') || values.has('company_type') ? { companyType: isCompany ? 'company' : 'person' } as const : {}),
    ...(values.has('country_id') ? { countryCode: countryId === null ? null : countryCodeOf(countryId) } : {}),
    ...(values.has('active') ? { active: values.get('active') === true } : {}),
  }
}
