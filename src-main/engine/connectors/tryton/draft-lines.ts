/** The lines of a draft: units, taxes and amounts as Tryton's own forms would fill them in, prices from the shop's order. */
import { z } from 'zod'
import { type Decimal, add, compare, divide, isZero, multiply, round } from '../../../domain/decimal.ts'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { ErpOrder, Order, Tax } from '../../../domain/records.ts'
import { wireInteger, wireOptional } from '../wire.ts'
import type { Api } from '../definition.ts'
import { type Context, ask, search } from './calls.ts'
import { type Refused, refused } from './draft-payload.ts'
import type { TrytonSettings } from './settings.ts'
import { decimalFor, wireAmount, wireId } from './wire.ts'

/** Something the customer pays for, in the shop's words: an article or the way it is sent. */
export interface Wanted {
  readonly sku: string
  readonly quantity: Decimal
  /** After discount, on the shop's basis. */
  readonly total: Decimal
  readonly taxes: readonly Tax[]
}

export interface DraftLine {
  readonly sku: string
  readonly product: string
  readonly unit: string | null
  readonly quantity: Decimal
  readonly unitPrice: Decimal
  readonly amount: Decimal
  readonly taxes: readonly ErpTax[]
}

interface ErpTax {
  readonly id: string
  readonly name: string
  readonly ratePercent: Decimal
}

/** What of the header Tryton's forms ask for when they fill a line in, by the header's own field names. */
export type HeaderValues = Readonly<Record<string, unknown>>

interface Given {
  readonly context: Context
  readonly header: HeaderValues
  readonly taxesIncluded: boolean
}

/** The articles and the shipping of an order; null lines are left out. The shipping's SKU is the ERP's own word for it. */
export function wantedOf(order: Order, examples: readonly ErpOrder[]): { kind: 'wanted'; lines: readonly Wanted[] } | Refused {
  const articles: Wanted[] = []
  for (const line of order.lines) {
    if (isZero(line.quantity)) continue
    if (line.sku === null) {
      return refused(`The line "${line.title.slice(0, 80)}" has no SKU in the shop, so its product in Tryton is unknown.`, 'Give the product a SKU in the shop, or enter this sale in Tryton by hand.')
    }
    if (line.giftCard) {
      return refused(`${line.sku} is a gift card. It is a liability and no sale, so it is not entered from here.`, 'Enter this sale in Tryton by hand, as your accountant wants gift cards booked.')
    }
    articles.push({ sku: line.sku, quantity: line.quantity, total: line.total, taxes: line.taxes })
  }
  const shipping = order.shipping.filter(({ price }) => !isZero(price))
  const sku = shippingSkuIn(examples)
  if (shipping.length > 0 && sku === null) {
    return refused(
      'No recent sale in Tryton shows which product stands for shipping there.',
      'Enter one order with shipping in Tryton by hand, with the service product that you use for shipping.',
      'Once it was read here, repair again.',
    )
  }
  const sent = shipping.map(({ price, taxes }) => ({ sku: sku ?? '', quantity: '1', total: price, taxes }))
  const lines = [...articles, ...sent]
  if (lines.some(({ taxes }) => taxes.some(({ collectedByMarketplace }) => collectedByMarketplace))) {
    return refused('A marketplace collected the tax of this order, so it must not be booked as yours.', 'Enter this sale in Tryton by hand.')
  }
  if (lines.length === 0) return refused('The order has no lines, so there is nothing to enter.')
  return { kind: 'wanted', lines }
}

/** The service that most of the recent sales carry; of equals the most recent one. */
export function shippingSkuIn(examples: readonly ErpOrder[]): string | null {
  const seen = new Map<string, number>()
  for (const sku of examples.flatMap(({ lines }) => lines.flatMap((line) => (line.goods ? [] : (line.sku ?? []))))) {
    seen.set(sku, (seen.get(sku) ?? 0) + 1)
  }
  let best: string | null = null
  for (const [sku, count] of seen) if (best === null || count > (seen.get(best) ?? 0)) best = sku
  return best
}

const fieldRow = z.object({ on_change: z.array(z.string()), on_change_with: z.array(z.string()), digits: z.string().nullish() })
const lineForm = z.object({ product: fieldRow, amount: fieldRow, unit_price: fieldRow })

const productRow = z.object({ id: wireId, code: z.string(), salable: z.boolean() })
const filledIn = z.array(
  z.object({
    unit: wireOptional(wireId),
    unit_digits: wireOptional(wireInteger),
    taxes: wireOptional(z.object({ add: z.array(z.tuple([z.unknown(), z.object({ id: wireId })])) })),
  }),
)
const taxRow = z.object({ id: wireId, name: z.string(), type: z.string(), rate: wireOptional(wireAmount) })

/** Fills the lines in; refused where the shop's and Tryton's catalogues or taxes do not agree. */
export async function draftLines(
  api: Api,
  settings: TrytonSettings,
  wanted: readonly Wanted[],
  given: Given,
): Promise<Outcome<{ kind: 'lines'; lines: readonly DraftLine[] } | Refused>> {
  const { context } = given
  const products = await productsOf(api, settings, context, [...new Set(wanted.map(({ sku }) => sku))])
  if (!products.ok) return products
  if (products.value.kind === 'refused') return ok(products.value)
  const { ids } = products.value
  const form = await ask(api, settings, 'model.sale.line.fields_get', [['product', 'amount', 'unit_price'], 0, context], lineForm)
  if (!form.ok) return form
  const digits = digitsIn(form.value.result.unit_price.digits ?? null)
  const filled = await Promise.all(
    wanted.map(async (one): Promise<Outcome<FilledLine>> => {
      const line = { ...emptyLine(one, ids, context), unit_price: null, taxes: [] }
      const asked = valuesFor(form.value.result.product.on_change, line, given.header)
      const told = await ask(api, settings, 'model.sale.line.on_change', [asked, ['product'], context], filledIn)
      if (!told.ok) return told
      const [first] = told.value.result
      const taxIds = first?.taxes?.add.map(([, { id }]) => id) ?? []
      return ok({ wanted: one, product: String(line.product), unit: first?.unit ?? null, unitDigits: first?.unit_digits ?? null, taxIds })
    }),
  )
  const forms = allOf(filled)
  if (!forms.ok) return forms
  const taxes = await readTaxes(api, settings, context, [...new Set(forms.value.flatMap(({ taxIds }) => taxIds))])
  if (!taxes.ok) return taxes
  const booked = forms.value.map(({ taxIds }) => taxIds.flatMap((id) => taxes.value.get(id) ?? []))
  for (const [index, { wanted: one, unitDigits }] of forms.value.entries()) {
    const problem = problemOf(one, booked[index] ?? [], unitDigits)
    if (problem !== null) return ok(problem)
  }
  const priced = await Promise.all(
    forms.value.map(async ({ wanted: one, product, unit }, index): Promise<Outcome<DraftLine>> => {
      const unitPrice = netPrice(one, given.taxesIncluded, digits)
      const line = { ...emptyLine(one, ids, context), unit: unit === null ? null : Number(unit), unit_price: decimalFor(unitPrice) }
      const asked = valuesFor(form.value.result.amount.on_change_with, line, given.header)
      const told = await ask(api, settings, 'model.sale.line.on_change_with', [asked, ['amount'], context], z.object({ amount: wireAmount }))
      if (!told.ok) return told
      const { amount } = told.value.result
      return ok({ sku: one.sku, product, unit, quantity: one.quantity, unitPrice, amount, taxes: booked[index] ?? [] })
    }),
  )
  const lines = allOf(priced)
  return lines.ok ? ok({ kind: 'lines', lines: lines.value }) : lines
}

interface FilledLine {
  readonly wanted: Wanted
  readonly product: string
  readonly unit: string | null
  readonly unitDigits: number | null
  readonly taxIds: readonly string[]
}

function emptyLine({ quantity, sku }: Wanted, products: ReadonlyMap<string, string>, context: Context) {
  return { type: 'line', product: Number(products.get(sku)), quantity: Number(quantity), unit: null, company: context.company }
}

/** The first fault, or everything. */
function allOf<T>(outcomes: readonly Outcome<T>[]): Outcome<readonly T[]> {
  const values: T[] = []
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome
    values.push(outcome.value)
  }
  return ok(values)
}

async function productsOf(
  api: Api,
  settings: TrytonSettings,
  context: Context,
  skus: readonly string[],
): Promise<Outcome<{ kind: 'products'; ids: ReadonlyMap<string, string> } | Refused>> {
  const limit = skus.length * 2 + 1
  const told = await search(api, settings, {
    model: 'product.product',
    domain: [['code', 'in', skus]],
    limit,
    order: [['id', 'ASC']],
    fields: ['code', 'salable'],
    context: { ...context },
  })
  if (!told.ok) return told
  const rows = told.value.result.flatMap((row) => productRow.safeParse(row).data ?? [])
  for (const sku of skus) {
    const same = rows.filter(({ code }) => code === sku)
    if (same.length === 0) {
      return ok(refused(`Tryton has no active product with the code ${sku}.`, `Enter the product ${sku} in Tryton, or correct its code or the shop's SKU.`, 'Then repair again.'))
    }
    if (same.length > 1) return ok(refused(`Tryton has several products with the code ${sku}.`, 'Give each product a code of its own, then repair again.'))
    if (same[0]?.salable !== true) return ok(refused(`The product ${sku} is not salable in Tryton.`, 'Tick "Salable" on the product in Tryton, then repair again.'))
  }
  return ok({ kind: 'products', ids: new Map(rows.map(({ code, id }) => [code, id])) })
}

async function readTaxes(
  api: Api,
  settings: TrytonSettings,
  context: Context,
  ids: readonly string[],
): Promise<Outcome<ReadonlyMap<string, ErpTax>>> {
  if (ids.length === 0) return ok(new Map())
  const told = await search(api, settings, {
    model: 'account.tax',
    domain: [['id', 'in', ids.map(Number)]],
    limit: ids.length,
    order: [['id', 'ASC']],
    fields: ['name', 'type', 'rate'],
    context: { ...context, active_test: false },
  })
  if (!told.ok) return told
  const rows = told.value.result.flatMap((row) => taxRow.safeParse(row).data ?? [])
  return ok(new Map(rows.map(({ id, name, type, rate }) => [id, { id, name, ratePercent: type === 'percentage' ? percent(rate ?? '0') : '0' }])))
}

function problemOf({ sku, quantity, taxes }: Wanted, booked: readonly ErpTax[], unitDigits: number | null): Refused | null {
  if (unitDigits !== null && compare(round(quantity, unitDigits, 'half-away'), quantity) !== 0) {
    return refused(`Tryton counts ${sku} with ${unitDigits} digits after the point, and the shop sold ${quantity}.`, 'Allow more digits on the unit of measure in Tryton, or enter this sale by hand.')
  }
  const shop = ratesIn(taxes)
  const erp = ratesIn(booked)
  if (shop === erp) return null
  const names = booked.map(({ name }) => name).join(', ')
  return refused(
    `${sku}: the shop charged ${shop} tax, and Tryton would book ${erp}${names === '' ? '' : ` (${names})`} for this customer.`,
    "Compare the customer's tax rule and the product's taxes in Tryton with the shop's, and correct what is wrong.",
    'If the shop charged the wrong tax, enter this sale in Tryton by hand.',
  )
}

/** `5.5 %`, or `20 % + 1 %`; a rate of zero is no tax. */
function ratesIn(taxes: readonly { readonly ratePercent: Decimal }[]): string {
  const rates = taxes.map(({ ratePercent }) => ratePercent).filter((rate) => !isZero(rate))
  return rates.length === 0 ? 'no' : rates.toSorted(compare).map((rate) => `${rate} %`).join(' + ')
}

/** Tryton's prices are without tax and, by default, of four digits; the discount goes into the price. */
export function netPrice({ quantity, taxes, total }: Wanted, taxesIncluded: boolean, digits: number): Decimal {
  const rate = add('0', ...taxes.map(({ ratePercent }) => ratePercent))
  const net = taxesIncluded ? divide(total, add('1', divide(rate, '100'))) : total
  return round(divide(net, quantity), digits, 'half-away')
}

/** `[16, 4]`, as Tryton states the digits of a field; four where it states something else. */
function digitsIn(stated: string | null): number {
  const digits = /^\[\s*\d+,\s*(\d+)\s*\]$/.exec(stated ?? '')?.[1]
  return digits === undefined ? 4 : Number(digits)
}

function percent(rate: Decimal): Decimal {
  return multiply(rate, '100')
}

/** What a form of Tryton wants to know before it fills fields in; other modules ask for more, and get null. */
function valuesFor(names: readonly string[], line: Readonly<Record<string, unknown>>, header: HeaderValues): Readonly<Record<string, unknown>> {
  const parent = '_parent_sale.'
  const ofHeader = names.flatMap((name) => (name.startsWith(parent) ? [name.slice(parent.length)] : []))
  const ofLine = names.filter((name) => !name.startsWith('_parent_') && name !== 'sale')
  return {
    ...Object.fromEntries(ofLine.map((name) => [name, line[name] ?? null])),
    id: -1,
    sale: { ...Object.fromEntries(ofHeader.map((name) => [name, header[name] ?? null])), id: -1 },
  }
}
