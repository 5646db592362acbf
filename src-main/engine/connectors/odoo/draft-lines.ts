/**
 * The lines of a draft: the ERP's products by the shop's SKUs, its taxes by the shop's rates, the
 * price on its basis.
 */
import { z } from 'zod'
import { type Decimal, add, divide, multiply, round } from '../../../domain/decimal.ts'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { ErpOrder } from '../../../domain/records.ts'
import type { OrderCreateInput } from '../definition.ts'
import { wireId } from '../walk.ts'
import { type Refused, type Wanted, netPrice, ratesInWords, refused } from '../wanted.ts'
import { wireIds } from './classes.ts'
import { type Desk, fieldsOf } from './desk.ts'
import { readTaxes } from './documents.ts'
import type { Priced } from './draft-totals.ts'
import { rateOf } from './taxes.ts'
import { everyRow } from './rows.ts'
import { type WireTax, taxRow } from './wire.ts'

export interface DraftLine extends Priced {
  readonly sku: string
  readonly taxes: readonly ErpTax[]
  /** As `load` is given it. */
  readonly cells: Readonly<Record<string, string>>
}

interface ErpTax {
  readonly id: string
  readonly name: string
  readonly ratePercent: Decimal
  readonly holdsTax: boolean
}

/**
 * Where Odoo does not say how many digits a price has (19 keeps all), these are more than any price
 * needs.
 */
const priceDigitsMax = 6

export async function draftLines(
  desk: Desk,
  wanted: readonly Wanted[],
  { examples, order }: OrderCreateInput,
): Promise<Outcome<{ kind: 'lines'; lines: readonly DraftLine[] } | Refused>> {
  const products = await readProducts(desk, [...new Set(wanted.map(({ sku }) => sku))])
  if (!products.ok) return products
  if (products.value.kind === 'refused') return ok(products.value)
  const { bySku } = products.value
  const fields = await fieldsOf(desk, 'sale.order.line')
  if (!fields.ok) return fields
  const digits = fields.value?.get('price_unit')?.digits ?? priceDigitsMax
  const column = fields.value?.has('tax_ids') === true ? 'tax_ids/.id' : 'tax_id/.id'
  const taxes = await saleTaxes(
    desk,
    examples,
    [...bySku.values()].flatMap(({ taxes_id }) => taxes_id),
  )
  if (!taxes.ok) return taxes
  const lines: DraftLine[] = []
  for (const one of wanted) {
    const product = bySku.get(one.sku)
    const chosen = chooseTaxes(one, product?.taxes_id ?? [], taxes.value, examples)
    if (chosen.kind === 'refused') return ok(chosen)
    const price = priceOf(one, order.taxesIncluded, chosen.taxes, digits)
    const cells = {
      'product_id/.id': product?.id ?? '',
      product_uom_qty: one.quantity,
      price_unit: price,
      [column]: chosen.taxes.map(({ id }) => id).join(),
    }
    lines.push({
      sku: one.sku,
      quantity: one.quantity,
      price,
      holdsTax: holdsTax(chosen.taxes),
      taxes: chosen.taxes,
      cells,
    })
  }
  return ok({ kind: 'lines', lines })
}

const productRow = z.object({
  id: wireId,
  default_code: z.string(),
  sale_ok: z.boolean(),
  taxes_id: wireIds,
})
type ProductFound = z.output<typeof productRow>

/** The one active, salable product of each code. */
async function readProducts(
  desk: Desk,
  skus: readonly string[],
): Promise<Outcome<{ kind: 'products'; bySku: ReadonlyMap<string, ProductFound> } | Refused>> {
  const rows = await everyRow(desk, {
    model: 'product.product',
    domain: [
      ['default_code', 'in', skus],
      ['active', '=', true],
    ],
    fields: ['default_code', 'sale_ok', 'taxes_id'],
  })
  if (!rows.ok) return rows
  const products = rows.value.flatMap((row) => productRow.safeParse(row).data ?? [])
  for (const sku of skus) {
    const problem = catalogueProblem(
      sku,
      products.filter(({ default_code }) => default_code === sku),
    )
    if (problem !== null) return ok(problem)
  }
  return ok({
    kind: 'products',
    bySku: new Map(products.map((product) => [product.default_code, product])),
  })
}

function catalogueProblem(sku: string, [only, ...others]: readonly ProductFound[]): Refused | null {
  const again = 'Then repair again.'
  if (only === undefined) {
    const guide = `Enter the product ${sku} in Odoo, or correct its internal reference or the shop's SKU.`
    return refused(`Odoo has no active product with the internal reference ${sku}.`, guide, again)
  }
  if (others.length > 0) {
    const guide = 'Give each product an internal reference of its own.'
    return refused(`Odoo has several products with the internal reference ${sku}.`, guide, again)
  }
  if (only.sale_ok) return null
  return refused(
    `The product ${sku} cannot be sold in Odoo.`,
    'Tick "Sales" on the product in Odoo.',
    again,
  )
}

/**
 * The taxes of the products and those that recent orders carry, single ones by id; a group is none
 * by itself.
 */
async function saleTaxes(
  desk: Desk,
  examples: readonly ErpOrder[],
  ofProducts: readonly string[],
): Promise<Outcome<ReadonlyMap<string, readonly ErpTax[]>>> {
  const names = examples.flatMap(({ lines }) =>
    lines.flatMap(({ taxes }) => taxes.flatMap(({ code }) => code ?? [])),
  )
  const named = await everyRow(desk, {
    model: 'account.tax',
    domain: [
      ['company_id', '=', Number(desk.company.id)],
      ['type_tax_use', '=', 'sale'],
      ['active', '=', true],
      ['name', 'in', [...new Set(names)]],
    ],
    fields: ['name'],
  })
  if (!named.ok) return named
  const ids = named.value.flatMap((row) => z.object({ id: wireId }).safeParse(row).data?.id ?? [])
  const found = await readTaxes(desk, [...ofProducts, ...ids])
  if (!found.ok) return found
  const rows = [...found.value.values()].flatMap((row) => taxRow.safeParse(row).data ?? [])
  return ok(new Map(rows.map((tax) => [tax.id, singles(tax, rows)])))
}

function singles(tax: WireTax, all: readonly WireTax[]): readonly ErpTax[] {
  const single =
    tax.amount_type === 'group'
      ? tax.children_tax_ids.flatMap((id) => all.find((one) => one.id === id) ?? [])
      : [tax]
  return single.map((one) => ({
    id: one.id,
    name: one.name,
    ratePercent: rateOf(one),
    holdsTax: one.price_include,
  }))
}

/**
 * The product's own taxes where they are what the shop charged, else those of a recent order that
 * are.
 */
function chooseTaxes(
  { sku, taxes }: Wanted,
  own: readonly string[],
  known: ReadonlyMap<string, readonly ErpTax[]>,
  examples: readonly ErpOrder[],
): { kind: 'taxes'; taxes: readonly ErpTax[] } | Refused {
  const charged = ratesInWords(taxes)
  const ofProduct = own.flatMap((id) => known.get(id) ?? [])
  if (ratesInWords(ofProduct) === charged) return fitting(sku, ofProduct)
  const byName = new Map([...known.values()].flat().map((tax) => [tax.name, tax]))
  for (const line of examples.flatMap(({ lines }) => lines)) {
    if (line.taxes.length === 0 || ratesInWords(line.taxes) !== charged) continue
    const found = line.taxes.flatMap(({ code }) => byName.get(code ?? '') ?? [])
    if (found.length === line.taxes.length && ratesInWords(found) === charged)
      return fitting(sku, found)
  }
  const names = ofProduct.map(({ name }) => name).join(', ')
  return refused(
    `${sku}: the shop charged ${charged} tax, and Odoo would book ${ratesInWords(ofProduct)}${names === '' ? '' : ` (${names})`}.`,
    "Compare the product's customer taxes and the customer's fiscal position in Odoo with the shop's, and correct what is wrong.",
    'If the shop charged the wrong tax, enter this order in Odoo by hand.',
  )
}

function fitting(
  sku: string,
  taxes: readonly ErpTax[],
): { kind: 'taxes'; taxes: readonly ErpTax[] } | Refused {
  if (taxes.every((tax) => tax.holdsTax === holdsTax(taxes))) return { kind: 'taxes', taxes }
  const says = `${sku}: of its taxes in Odoo some are in the price and some are not, so its price cannot be told.`
  return refused(says, 'Enter this order in Odoo by hand.')
}

function holdsTax(taxes: readonly ErpTax[]): boolean {
  return taxes.some((tax) => tax.holdsTax)
}

/**
 * Odoo reads a price with or without tax, as the tax itself says; the discount goes into the price.
 */
function priceOf(
  wanted: Wanted,
  taxesIncluded: boolean,
  taxes: readonly ErpTax[],
  digits: number,
): Decimal {
  if (!holdsTax(taxes)) return netPrice(wanted, taxesIncluded, digits)
  const rate = divide(add('0', ...taxes.map(({ ratePercent }) => ratePercent)), '100')
  const gross = taxesIncluded ? wanted.total : multiply(wanted.total, add('1', rate))
  return round(divide(gross, wanted.quantity), digits, 'half-away')
}
