/** The lines of a draft: units, taxes and amounts as Tryton's own forms would fill them in. */
import { z } from 'zod'
import { type Decimal, compare, multiply, round } from '../../../domain/decimal.ts'
import { type Outcome, ok } from '../../../domain/fault.ts'
import { type Refused, type Wanted, netPrice, ratesInWords, refused } from '../wanted.ts'
import { wireOptional } from '../wire.ts'
import { wireId } from '../walk.ts'
import { type Desk, searchAt } from './calls.ts'
import { wireAmount } from './classes.ts'
import { type Blank, type Form, type HeaderValues, amountOf, fillIn, readForm } from './draft-form.ts'

export interface DraftLine {
  readonly sku: string
  readonly product: string
  readonly unit: string | null
  readonly quantity: Decimal
  readonly unitPrice: Decimal
  /** Without tax, for the whole line. */
  readonly amount: Decimal
  readonly taxes: readonly ErpTax[]
}

interface ErpTax {
  readonly id: string
  readonly name: string
  readonly ratePercent: Decimal
}

interface Given {
  readonly header: HeaderValues
  readonly taxesIncluded: boolean
}

/** Fills the lines in; refused where the shop's and Tryton's catalogues or taxes do not agree. */
export async function draftLines(
  desk: Desk,
  wanted: readonly Wanted[],
  given: Given,
): Promise<Outcome<{ kind: 'lines'; lines: readonly DraftLine[] } | Refused>> {
  const products = await readProducts(desk, unique(wanted.map(({ sku }) => sku)))
  if (!products.ok) return products
  if (products.value.kind === 'refused') return ok(products.value)
  const { ids } = products.value
  const form = await readForm(desk)
  if (!form.ok) return form
  const blanks = allOf(
    await Promise.all(wanted.map((one) => fillIn(desk, form.value, given.header, one, ids))),
  )
  if (!blanks.ok) return blanks
  const taxes = await readTaxes(desk, unique(blanks.value.flatMap(({ taxIds }) => taxIds)))
  if (!taxes.ok) return taxes
  const filled = blanks.value.map(({ taxIds, ...line }) => ({
    ...line,
    taxes: taxIds.flatMap((id) => taxes.value.get(id) ?? []),
  }))
  const problem = filled.map(problemOf).find((found) => found !== null)
  if (problem !== undefined && problem !== null) return ok(problem)
  const lines = allOf(
    await Promise.all(filled.map((line) => priceOf(desk, form.value, given, line))),
  )
  return lines.ok ? ok({ kind: 'lines', lines: lines.value }) : lines
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

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

const productRow = z.object({ id: wireId, code: z.string(), salable: z.boolean() })

/** The one active, salable product of each code. */
async function readProducts(
  desk: Desk,
  skus: readonly string[],
): Promise<Outcome<{ kind: 'products'; ids: ReadonlyMap<string, string> } | Refused>> {
  const told = await searchAt(desk, {
    model: 'product.product',
    domain: [['code', 'in', skus]],
    limit: skus.length * 2 + 1,
    order: [['id', 'ASC']],
    fields: ['code', 'salable'],
  })
  if (!told.ok) return told
  const rows = told.value.result.flatMap((row) => productRow.safeParse(row).data ?? [])
  for (const sku of skus) {
    const problem = catalogueProblem(
      sku,
      rows.filter(({ code }) => code === sku),
    )
    if (problem !== null) return ok(problem)
  }
  return ok({ kind: 'products', ids: new Map(rows.map(({ code, id }) => [code, id])) })
}

function catalogueProblem(
  sku: string,
  products: readonly z.output<typeof productRow>[],
): Refused | null {
  const again = 'Then repair again.'
  const [only, ...others] = products
  if (only === undefined) {
    return refused(
      `Tryton has no active product with the code ${sku}.`,
      `Enter the product ${sku} in Tryton, or correct its code or the shop's SKU.`,
      again,
    )
  }
  if (others.length > 0) {
    return refused(
      `Tryton has several products with the code ${sku}.`,
      'Give each product a code of its own.',
      again,
    )
  }
  if (only.salable) return null
  return refused(
    `The product ${sku} is not salable in Tryton.`,
    'Tick "Salable" on the product in Tryton.',
    again,
  )
}

const taxRow = z.object({
  id: wireId,
  name: z.string(),
  type: z.string(),
  rate: wireOptional(wireAmount),
})

async function readTaxes(
  desk: Desk,
  ids: readonly string[],
): Promise<Outcome<ReadonlyMap<string, ErpTax>>> {
  if (ids.length === 0) return ok(new Map())
  const told = await searchAt(desk, {
    model: 'account.tax',
    domain: [['id', 'in', ids.map(Number)]],
    limit: ids.length,
    order: [['id', 'ASC']],
    fields: ['name', 'type', 'rate'],
  })
  if (!told.ok) return told
  const rows = told.value.result.flatMap((row) => taxRow.safeParse(row).data ?? [])
  return ok(
    new Map(
      rows.map(({ id, name, rate, type }) => {
        const ratePercent = type === 'percentage' ? multiply(rate ?? '0', '100') : '0'
        return [id, { id, name, ratePercent }]
      }),
    ),
  )
}

type Filled = Omit<Blank, 'taxIds'> & { readonly taxes: readonly ErpTax[] }

function problemOf({ taxes, unitDigits, wanted }: Filled): Refused | null {
  const { quantity, sku } = wanted
  if (unitDigits !== null && compare(round(quantity, unitDigits, 'half-away'), quantity) !== 0) {
    return refused(
      `Tryton counts ${sku} with ${unitDigits} digits after the point, and the shop sold ${quantity}.`,
      'Allow more digits on the unit of measure in Tryton, or enter this sale by hand.',
    )
  }
  const shop = ratesInWords(wanted.taxes)
  const erp = ratesInWords(taxes)
  if (shop === erp) return null
  const names = taxes.map(({ name }) => name).join(', ')
  const by = names === '' ? '' : ` (${names})`
  return refused(
    `${sku}: the shop charged ${shop} tax, and Tryton would book ${erp}${by} for this customer.`,
    "Compare the customer's tax rule and the product's taxes in Tryton with the shop's, and correct what is wrong.",
    'If the shop charged the wrong tax, enter this sale in Tryton by hand.',
  )
}

/** The line at the shop's price, and what Tryton makes of it. */
async function priceOf(
  desk: Desk,
  form: Form,
  { header, taxesIncluded }: Given,
  { product, taxes, unit, wanted }: Filled,
): Promise<Outcome<DraftLine>> {
  const { quantity, sku } = wanted
  const unitPrice = netPrice(wanted, taxesIncluded, form.priceDigits)
  const amount = await amountOf(desk, form, header, { wanted, product, unit, unitPrice })
  return amount.ok ? ok({ sku, product, unit, quantity, unitPrice, amount: amount.value, taxes }) : amount
}
