/** What Tryton's own form of a sale's line fills in: its unit, its taxes by the customer's rules, and its amount. */
import { z } from 'zod'
import type { Decimal } from '../../../domain/decimal.ts'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Wanted } from '../wanted.ts'
import { wireInteger, wireOptional } from '../wire.ts'
import { wireId } from '../walk.ts'
import { type Desk, askAt } from './calls.ts'
import { decimalFor, wireAmount } from './classes.ts'

/** A sale's header as far as it is known, by Tryton's own field names. */
export type HeaderValues = Readonly<Record<string, unknown>>

const formField = z.object({
  on_change: z.array(z.string()),
  on_change_with: z.array(z.string()),
  digits: wireOptional(z.string()),
})

/** What Tryton's form of a line wants to know before it fills fields in. Modules add to it. */
export interface Form {
  readonly forProduct: readonly string[]
  readonly forAmount: readonly string[]
  readonly priceDigits: number
}

export async function readForm(desk: Desk): Promise<Outcome<Form>> {
  const fields = z.object({ product: formField, amount: formField, unit_price: formField })
  const names = ['product', 'amount', 'unit_price']
  const told = await askAt(desk, 'model.sale.line.fields_get', [names, 0], fields)
  if (!told.ok) return told
  const { amount, product, unit_price } = told.value.result
  return ok({
    forProduct: product.on_change,
    forAmount: amount.on_change_with,
    priceDigits: digitsIn(unit_price.digits),
  })
}

/**
 * `[16, 4]`, as Tryton states the digits of a field; four, its default, where it states something
 * else.
 */
function digitsIn(stated: string | null): number {
  const digits = /^\[\s*\d+,\s*(\d+)\s*\]$/.exec(stated ?? '')?.[1]
  return digits === undefined ? 4 : Number(digits)
}

export interface Blank {
  readonly wanted: Wanted
  readonly product: string
  readonly unit: string | null
  readonly unitDigits: number | null
  readonly taxIds: readonly string[]
}

const filledIn = z.array(
  z.object({
    unit: wireOptional(wireId),
    unit_digits: wireOptional(wireInteger),
    taxes: wireOptional(
      z.object({ add: z.array(z.tuple([z.unknown(), z.object({ id: wireId })])) }),
    ),
  }),
)

/**
 * What Tryton fills in when this product is chosen for this customer: the unit, and taxes by its
 * rules.
 */
export async function fillIn(
  desk: Desk,
  form: Form,
  header: HeaderValues,
  wanted: Wanted,
  products: ReadonlyMap<string, string>,
): Promise<Outcome<Blank>> {
  const product = products.get(wanted.sku) ?? ''
  const line = { ...lineValues(desk, wanted, product), unit_price: null, taxes: [] }
  const values = valuesFor(form.forProduct, line, header)
  const told = await askAt(desk, 'model.sale.line.on_change', [values, ['product']], filledIn)
  if (!told.ok) return told
  const [first] = told.value.result
  return ok({
    wanted,
    product,
    unit: first?.unit ?? null,
    unitDigits: first?.unit_digits ?? null,
    taxIds: first?.taxes?.add.map(([, { id }]) => id) ?? [],
  })
}

/** What Tryton makes of the line at a price, without tax. */
export async function amountOf(
  desk: Desk,
  form: Form,
  header: HeaderValues,
  { product, unit, unitPrice, wanted }: Pick<Blank, 'wanted' | 'product' | 'unit'> & { readonly unitPrice: Decimal },
): Promise<Outcome<Decimal>> {
  const line = {
    ...lineValues(desk, wanted, product),
    unit: unit === null ? null : Number(unit),
    unit_price: decimalFor(unitPrice),
  }
  const values = valuesFor(form.forAmount, line, header)
  const result = z.object({ amount: wireAmount })
  const told = await askAt(desk, 'model.sale.line.on_change_with', [values, ['amount']], result)
  return told.ok ? ok(told.value.result.amount) : told
}

function lineValues({ context }: Desk, { quantity }: Wanted, product: string) {
  return {
    type: 'line',
    product: Number(product),
    quantity: Number(quantity),
    unit: null,
    company: context.company,
  }
}

/** Only what a form asks for; what another module of Tryton asks for as well gets null. */
function valuesFor(
  names: readonly string[],
  line: Readonly<Record<string, unknown>>,
  header: HeaderValues,
): Readonly<Record<string, unknown>> {
  const parent = '_parent_sale.'
  const asked = names.filter((name) => name.startsWith(parent))
  const ofHeader = asked.map((name) => name.slice(parent.length))
  const ofLine = names.filter((name) => !name.startsWith('_parent_') && name !== 'sale')
  return {
    ...Object.fromEntries(ofLine.map((name) => [name, line[name] ?? null])),
    id: -1,
    sale: { ...Object.fromEntries(ofHeader.map((name) => [name, header[name] ?? null])), id: -1 },
  }
}
