/** Partners, products and taxes. */
import { sum, zero } from '../../../decimal.ts'
import type { Partner, Product, Tax } from '../../../erp/erp.ts'
import { isOpen } from '../../../erp/ledger.ts'
import {
  boolean, char, computed, defineModel, type Env, type Field, type Fields, float, integer, kept, listed, many2many, many2one,
  type Model, one2many, related, selection, type Source, text, type Version,
} from '../fields.ts'
import { companyField, countryIdOf, currencyField, unitIdOf } from './base.ts'

const companyTypes = [['person', 'Individual'], ['company', 'Company']] as const
const addressTypes = [
  ['contact', 'Contact'], ['invoice', 'Invoice Address'], ['delivery', 'Delivery Address'], ['other', 'Other Address'],
] as const

export function partnerModel(version: Version): Model<Partner> {
  return defineModel<Partner>(version, {
    name: 'res.partner',
    description: 'Contact',
    order: version === 16 ? 'display_name ASC, id DESC' : 'complete_name ASC, id DESC',
    names: ['display_name', 'email', 'ref', 'vat'],
    booked: ['name', 'active', 'email', 'vat', 'ref', 'parent_id', 'is_company', 'country_id'],
    rows: ({ books }) => books.partners,
    label: partnerLabel,
    find: (field, value, { books }) => field === 'email' && typeof value === 'string' ? books.find.partnersByEmail(value) : null,
    fields: {
      name: char('Name', (partner) => partner.name),
      ...(version === 16 ? {} : { complete_name: char('Complete Name', partnerLabel, kept) }),
      active: boolean('Active', (partner) => partner.active),
      email: char('Email', (partner) => partner.email),
      email_normalized: char('Normalized Email', (partner) => partner.email?.trim().toLowerCase() ?? null, kept),
      phone: char('Phone', () => null),
      ...(version < 19 ? { mobile: char('Mobile', () => null) } : {}),
      vat: char('Tax ID', (partner) => partner.vat),
      ref: char('Reference', (partner) => partner.ref),
      company_registry: char('Company ID', () => null),
      parent_id: many2one('Related Company', 'res.partner', (partner) => partner.parentId),
      child_ids: one2many('Contact', 'res.partner', 'parent_id', (partner, { books }) => (
        [...books.partners.all()].filter((each) => each.parentId === partner.id).map((each) => each.id)
      )),
      commercial_partner_id: many2one('Commercial Entity', 'res.partner', commercialPartnerOf, kept),
      is_company: boolean('Is a Company', (partner) => partner.companyType === 'company'),
      company_type: selection('Company Type', companyTypes, (partner) => partner.companyType, computed),
      type: selection('Address Type', addressTypes, () => 'contact'),
      street: char('Street', () => null),
      street2: char('Street2', () => null),
      zip: char('Zip', () => null),
      city: char('City', () => null),
      country_id: many2one('Country', 'res.country', (partner) => countryIdOf(partner.countryCode)),
      country_code: char('Country Code', (partner) => partner.countryCode, related),
      company_id: many2one('Company', 'res.company', () => null),
      customer_rank: integer('Customer Rank', () => 1),
      supplier_rank: integer('Vendor Rank', () => 0),
      comment: text('Notes', () => null),
      lang: char('Language', () => 'en_US'),
    },
  })
}

function partnerLabel(partner: Partner, { books }: Env): string {
  const parent = partner.parentId === null || partner.companyType === 'company' ? null : books.partners.get(partner.parentId)
  return parent === null ? partner.name : `${parent.name}, ${partner.name}`
}

export function commercialPartnerOf(partner: Partner, { books }: Env): number {
  let at = partner
  while (at.companyType !== 'company' && at.parentId !== null) at = books.partners.must(at.parentId)
  return at.id
}

/** Templates have ids of their own, as everywhere with variants. */
export const templateOffset = 900

export function productModel(version: Version): Model<Product> {
  return defineModel<Product>(version, {
    name: 'product.product',
    description: 'Product Variant',
    order: version >= 18 ? 'is_favorite desc, name, default_code, id' : 'priority desc, default_code, name, id',
    names: ['default_code', 'name', 'barcode'],
    rows: ({ books }) => books.products,
    label: productLabel,
    find: (field, value, { books }) => (
      field === 'default_code' && typeof value === 'string' ? books.find.productsByCode(value) : null
    ),
    fields: {
      ...productFields(version, (product) => product.id),
      product_tmpl_id: many2one('Product Template', 'product.template', (product) => product.id + templateOffset, { required: true }),
      lst_price: float('Sales Price', (product) => product.listPrice, computed),
      code: char('Internal Reference', (product) => product.defaultCode, computed),
      partner_ref: char('Customer Ref', productLabel, computed),
      ...(version < 19 ? { packaging_ids: packagings } : {}),
      // by these a reader of products hears of stock: a product's own stamp does not move with it
      stock_quant_ids: one2many('Stock Quant', 'stock.quant', 'product_id', (product, { books }) => (
        books.find.quantsOfProduct(product.id).map((quant) => quant.id)
      )),
      stock_move_ids: one2many('Stock Move', 'stock.move', 'product_id', (product, { books }) => (
        books.find.stockMovesOfProduct(product.id).map((move) => move.id)
      )),
    },
  })
}

const packagingOffset = 40_000

/** A packaging is a row of its own, and in these books a part of its product: it has the product's stamp. */
const packagings: Field<Product> = one2many('Product Packages', 'product.packaging', 'product_id', ({ id, packSize }) => (packSize > 1 ? [id + packagingOffset] : []))

/** Up to 18; later a pack is a unit of measure. */
export function packagingModel(version: Version): Model<Product> {
  return defineModel<Product>(version, {
    name: 'product.packaging',
    description: 'Product Packaging',
    order: 'product_id, sequence, id',
    rows: ({ books }) => shifted(listed([...books.products.all()].filter(({ packSize }) => packSize > 1)), packagingOffset),
    label: ({ packSize }) => `Pack of ${packSize}`,
    fields: {
      name: char('Product Packaging', ({ packSize }) => `Pack of ${packSize}`, { required: true }),
      sequence: integer('Sequence', () => 1),
      product_id: many2one('Product', 'product.product', ({ id }) => id - packagingOffset),
      qty: float('Contained Quantity', ({ packSize }) => packSize),
      sales: boolean('Sales', () => true),
    },
  })
}

/** A variant and its template are one row in the books, and share its stamp: a variant's follows its template's. */
export function templateModel(version: Version): Model<Product> {
  return defineModel<Product>(version, {
    name: 'product.template',
    description: 'Product',
    order: version >= 18 ? 'is_favorite desc, name' : 'priority desc, name',
    names: ['default_code', 'name', 'barcode'],
    rows: ({ books }) => shifted(books.products, templateOffset),
    label: productLabel,
    fields: {
      ...productFields(version, (template) => template.id - templateOffset),
      id: integer('ID', (product) => product.id, { readonly: true }),
      product_variant_id: many2one('Product', 'product.product', (template) => template.id - templateOffset, computed),
      product_variant_ids: one2many('Products', 'product.product', 'product_tmpl_id', (template) => [template.id - templateOffset]),
      product_variant_count: integer('# Product Variants', () => 1, computed),
    },
  })
}

function shifted(products: Source<Product>, by: number): Source<Product> {
  const shift = (product: Product): Product => ({ ...product, id: product.id + by })
  return {
    get: (id) => {
      const product = products.get(id - by)
      return product === null ? null : shift(product)
    },
    all: () => [...products.all()].map(shift),
    eachSince: (from) => [...products.eachSince(from)].map(shift),
    eachAfter: (id) => [...products.eachAfter(id - by)].map(shift),
  }
}

function productLabel(product: Product): string {
  return product.defaultCode === null ? product.name : `[${product.defaultCode}] ${product.name}`
}

const policies = [['order', 'Ordered quantities'], ['delivery', 'Delivered quantities']] as const
const trackings = [['serial', 'By Unique Serial Number'], ['lot', 'By Lots'], ['none', 'No Tracking']] as const
const favourite: Field<Product> = selection('Favorite', [['0', 'Normal'], ['1', 'Favorite']], () => '0')
const purchaseUnit: Field<Product> = many2one('Purchase UoM', 'uom.uom', (product) => unitIdOf(product.uom), { required: true })

function productFields(version: Version, productIdOf: (row: Product) => number): Fields<Product> {
  const stockField = (label: string, figure: (stock: Stock) => number): Field<Product> => (
    float(label, (row, env) => figure(stockOf(productIdOf(row), env)), computed)
  )
  return {
    name: char('Name', (product) => product.name, { required: true }),
    default_code: char('Internal Reference', (product) => product.defaultCode),
    barcode: char('Barcode', (product) => product.barcode),
    active: boolean('Active', (product) => product.active),
    list_price: float('Sales Price', (product) => product.listPrice),
    standard_price: float('Cost', () => 0),
    uom_id: many2one('Unit of Measure', 'uom.uom', (product) => unitIdOf(product.uom), { required: true }),
    ...(version < 19 ? { uom_po_id: purchaseUnit } : {}),
    taxes_id: many2many(version >= 18 ? 'Sales Taxes' : 'Customer Taxes', 'account.tax', (product) => product.taxIds),
    company_id: many2one('Company', 'res.company', () => null),
    currency_id: currencyField('Currency', computed),
    sale_ok: boolean('Can be Sold', () => true),
    ...kindFields(version),
    invoice_policy: selection('Invoicing Policy', policies, () => 'order'),
    tracking: selection('Tracking', trackings, () => 'none'),
    ...(version >= 18 ? { is_favorite: boolean<Product>('Favorite', () => false) } : { priority: favourite }),
    weight: float('Weight', () => 0),
    description_sale: text('Sales Description', () => null),
    qty_available: stockField('Quantity On Hand', (stock) => stock.onHand),
    free_qty: stockField('Free To Use Quantity', (stock) => stock.onHand - stock.reserved),
    virtual_available: stockField('Forecasted Quantity', (stock) => stock.onHand - stock.outgoing),
    incoming_qty: stockField('Incoming', () => 0),
    outgoing_qty: stockField('Outgoing', (stock) => stock.outgoing),
  }
}

const kindsNow = [['consu', 'Goods'], ['service', 'Service'], ['combo', 'Combo']] as const
const kindsBefore = [['consu', 'Consumable'], ['service', 'Service'], ['product', 'Storable Product']] as const

/** Until 17 what is kept in stock is a type of its own; since 18 it is a good that is tracked. */
export function kindsOf(version: Version): typeof kindsNow | typeof kindsBefore {
  return version >= 18 ? kindsNow : kindsBefore
}

export function kindOf(product: Product, version: Version): string {
  if (product.kind === 'service') return 'service'
  return product.tracked && version < 18 ? 'product' : 'consu'
}

function kindFields(version: Version): Fields<Product> {
  if (version >= 18) {
    return {
      type: selection('Product Type', kindsNow, (product) => kindOf(product, version)),
      is_storable: boolean('Track Inventory', (product) => product.kind === 'goods' && product.tracked),
    }
  }
  return {
    detailed_type: selection('Product Type', kindsBefore, (product) => kindOf(product, version), { required: true }),
    type: selection('Type', kindsBefore, (product) => kindOf(product, version), kept),
  }
}

interface Stock {
  readonly onHand: number
  readonly reserved: number
  readonly outgoing: number
}

/** In the context's warehouse, or in all of them. */
function stockOf(productId: number, env: Env): Stock {
  const named = env.context[env.version >= 18 ? 'warehouse_id' : 'warehouse']
  const wanted = (Array.isArray(named) ? named : [named]).filter((id) => typeof id === 'number')
  const location = env.context['location']
  const isIn = (warehouseId: number): boolean => {
    if (typeof location === 'number') return env.books.warehouses.must(warehouseId).locationId === location
    return wanted.length === 0 || wanted.includes(warehouseId)
  }
  const quants = env.books.find.quantsOfProduct(productId).filter((quant) => isIn(quant.warehouseId))
  const moves = env.books.find.stockMovesOfProduct(productId)
    .filter((move) => isOpen(move) && isIn(env.books.pickings.must(move.pickingId).warehouseId))
  const isTracked = env.books.products.must(productId).tracked
  return {
    onHand: Number(sum(quants.map((quant) => quant.quantity))),
    reserved: Number(sum(quants.map((quant) => quant.reserved))),
    outgoing: Number(isTracked ? sum(moves.map((move) => move.quantity)) : zero),
  }
}

const computations = [
  ['group', 'Group of Taxes'], ['fixed', 'Fixed'], ['percent', 'Percentage'], ['division', 'Percentage Tax Included'],
] as const
const uses = [['sale', 'Sales'], ['purchase', 'Purchases'], ['none', 'None']] as const

export function taxModel(version: Version): Model<Tax> {
  const included: Field<Tax> = boolean('Included in Price', (tax) => tax.priceInclude, version >= 18 ? related : {})
  return defineModel<Tax>(version, {
    name: 'account.tax',
    description: 'Tax',
    order: 'sequence,id',
    rows: ({ books }) => books.taxes,
    label: (tax) => tax.name,
    fields: {
      name: char('Tax Name', (tax) => tax.name, { required: true }),
      active: boolean('Active', () => true),
      sequence: integer('Sequence', () => 1),
      amount: float('Amount', (tax) => tax.amount, { required: true }),
      amount_type: selection('Tax Computation', computations, () => 'percent', { required: true }),
      type_tax_use: selection('Tax Type', uses, () => 'sale', { required: true }),
      price_include: included,
      ...(version >= 18 ? { price_include_override: override } : {}),
      include_base_amount: boolean('Affect Base of Subsequent Taxes', () => false),
      is_base_affected: boolean('Base Affected by Previous Taxes', () => true),
      invoice_label: char('Label on Invoices', (tax) => tax.name),
      company_id: companyField(),
    },
  })
}

/** Whether a tax is in the price is said by the tax, or else by the company. */
const override: Field<Tax> = selection(
  'Included in Price', [['tax_included', 'Tax Included'], ['tax_excluded', 'Tax Excluded']],
  (tax) => tax.priceInclude ? 'tax_included' : 'tax_excluded',
)

