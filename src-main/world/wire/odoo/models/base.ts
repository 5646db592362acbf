/** Models of Odoo's base that orders and invoices refer to: company, users, currencies, countries, units, external ids. */
import { digitsOf } from '../../../decimal.ts'
import type { ErpBooks } from '../../../erp/erp.ts'
import type { Row } from '../../../table.ts'
import {
  boolean, char, computed, datetime, defineModel, type Env, type Field, type FieldOptions, float, integer, listed, many2many, many2one, type Model,
  selection, type Version,
} from '../fields.ts'

const roundings = [['round_per_line', 'Round per Line'], ['round_globally', 'Round Globally']] as const

export function companyModel(version: Version): Model<Row> {
  return defineModel<Row>(version, {
    name: 'res.company',
    description: 'Companies',
    order: 'sequence, name',
    rows: ({ books }) => listed([books.company]),
    label: (_row, { books }) => books.company.name,
    fields: {
      name: char('Company Name', (_row, { books }) => books.company.name, { required: true }),
      active: boolean('Active', () => true),
      sequence: integer('Sequence', () => 10),
      currency_id: currencyField('Currency', { required: true, readonly: true }),
      tax_calculation_rounding_method: roundingField({}),
      // Taxes say for themselves whether they are in the price.
      ...(version >= 18 ? { account_price_include: priceInclude } : {}),
    },
  })
}

const priceInclude: Field<Row> = selection(
  'Default Sales Price Include', [['tax_included', 'Tax Included'], ['tax_excluded', 'Tax Excluded']], () => 'tax_excluded',
)

export function roundingField<R extends Row>(options: FieldOptions): Field<R> {
  return selection('Tax Calculation Rounding Method', roundings, (_row, { erp }) => erp.rounding, options)
}

/** By its name; what is in no currency of its own is in the company's. */
export function currencyField<R extends Row>(label: string, options: FieldOptions, named?: (row: R, env: Env) => string): Field<R> {
  return many2one(label, 'res.currency', (row, env) => currencyIds[named?.(row, env) ?? env.books.company.currency] ?? null, options)
}

/** The company, for models whose rows all belong to it. */
export function companyField<R extends Row>(): Field<R> {
  return many2one('Company', 'res.company', (_row, { books }) => books.company.id)
}

export function userModel(version: Version): Model<Of<'users'>> {
  const groups = many2many<Of<'users'>>('Groups', 'res.groups', (user) => user.mayWriteOrders ? [1, 2] : [1])
  return defineModel<Of<'users'>>(version, {
    name: 'res.users',
    description: 'User',
    order: 'name, login',
    names: ['name', 'login'],
    rows: ({ books }) => books.users,
    label: (user) => user.name,
    fields: {
      name: char('Name', (user) => user.name, { required: true }),
      login: char('Login', (user) => user.login, { required: true }),
      active: boolean('Active', (user) => user.id !== 1),
      lang: char('Language', () => 'en_US'),
      tz: char('Timezone', () => 'UTC'),
      company_id: companyField(),
      company_ids: many2many('Companies', 'res.company', (_user, { books }) => [books.company.id]),
      ...(version >= 19 ? { group_ids: groups } : { groups_id: groups }),
    },
  })
}

/** Each user sees the keys of its own; since 18 they tell when they end, and these have none. */
export function apiKeyModel(version: Version): Model<Of<'users'>> {
  return defineModel<Of<'users'>>(version, {
    name: 'res.users.apikeys',
    description: 'Users API Keys',
    order: 'id',
    rows: ({ user }) => listed(user.apiKey === null ? [] : [user]),
    label: (user) => user.login,
    fields: {
      name: char('Description', (user) => user.login, { required: true, readonly: true }),
      user_id: many2one('User', 'res.users', (user) => user.id, { required: true, readonly: true }),
      scope: char('Scope', () => null, { readonly: true }),
      ...(version >= 18 ? { expiration_date: datetime<Of<'users'>>('Expiration Date', () => null, { readonly: true }) } : {}),
    },
  })
}

interface Named extends Row {
  readonly name: string
}

export function groupModel(version: Version): Model<Named> {
  const rows = [
    { id: 1, changedAt: 0, name: 'User types / Internal User' },
    { id: 2, changedAt: 0, name: 'Sales / User: All Documents' },
  ]
  return namedModel(version, 'res.groups', 'Access Groups', () => listed(rows))
}

export function namedModel<R extends Named>(
  version: Version, name: string, description: string, rows: Model<R>['rows'], fields: Model<R>['fields'] = {},
): Model<R> {
  return defineModel<R>(version, {
    name,
    description,
    order: 'name, id',
    rows,
    label: (row) => row.name,
    fields: { name: char('Name', (row) => row.name, { required: true }), ...fields },
  })
}

/** Ids as a fresh database has them. */
const currencyIds: Readonly<Record<string, number>> = { USD: 1, EUR: 125, GBP: 142, JPY: 25, KWD: 96, SEK: 18, CHF: 5, CAD: 4, BHD: 30 }
const symbols: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', KWD: 'د.ك', SEK: 'kr', CAD: '$', BHD: 'BD' }

const currencies = Object.entries(currencyIds).map(([name, id]) => ({ id, changedAt: 0, name }))

export function currencyOf(id: number): string | null {
  return currencies.find((currency) => currency.id === id)?.name ?? null
}

export function currencyModel(version: Version): Model<Named> {
  return defineModel<Named>(version, {
    name: 'res.currency',
    description: 'Currency',
    order: 'active desc, name',
    rows: () => listed(currencies),
    label: (currency) => currency.name,
    fields: {
      name: char('Currency', (currency) => currency.name, { required: true }),
      symbol: char('Symbol', (currency) => symbols[currency.name] ?? currency.name),
      active: boolean('Active', () => true),
      decimal_places: integer('Decimal Places', (currency) => digitsOf(currency.name), { readonly: true }),
      rounding: float('Rounding Factor', (currency) => Number(`1e-${digitsOf(currency.name)}`)),
      position: selection('Symbol Position', [['after', 'After Amount'], ['before', 'Before Amount']], () => 'after'),
    },
  })
}

/** One for each currency: what a quotation names to be in it. */
export function pricelistModel(version: Version): Model<Named> {
  const rows = currencies.map(({ id, name }) => ({ id: id + 1000, changedAt: 0, name: `Default ${name} pricelist` }))
  return namedModel(version, 'product.pricelist', 'Pricelist', () => listed(rows), {
    active: boolean('Active', () => true),
    currency_id: many2one('Currency', 'res.currency', (pricelist) => pricelist.id - 1000),
    company_id: many2one('Company', 'res.company', () => null),
  })
}

export function pricelistIdOf(currency: string): number | null {
  const id = currencyIds[currency]
  return id === undefined ? null : id + 1000
}

interface Country extends Named {
  readonly code: string
}

const regions = new Intl.DisplayNames('en', { type: 'region' })
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const countries: readonly Country[] = letters
  .flatMap((first) => letters.map((second) => `${first}${second}`))
  .map((code, at) => ({ id: at + 1, changedAt: 0, code, name: regions.of(code) ?? code }))
  .filter(({ code, name }) => name !== code)

export function countryIdOf(code: string | null): number | null {
  return countries.find((country) => country.code === code)?.id ?? null
}

export function countryCodeOf(id: number): string | null {
  return countries.find((country) => country.id === id)?.code ?? null
}

export function countryModel(version: Version): Model<Country> {
  return namedModel(version, 'res.country', 'Country', () => listed(countries), {
    code: char('Country Code', (country) => country.code),
  })
}

const units = ['Units', 'Dozen', 'kg', 'g', 'L', 'm', 'Hours', 'Days']
  .map((name, at) => ({ id: at + 1, changedAt: 0, name }))

export function unitIdOf(name: string): number {
  const unit = units.find((each) => each.name === name)
  if (unit === undefined) throw new Error(`The simulated Odoo has no unit ${name}.`)
  return unit.id
}

export function unitModel(version: Version): Model<Named> {
  return namedModel(version, 'uom.uom', 'Product Unit of Measure', () => listed(units), {
    active: boolean('Active', () => true),
    factor: float('Ratio', (unit) => unit.name === 'Dozen' ? 1 / 12 : 1),
  })
}

interface ExternalId extends Row {
  readonly module: string
  readonly name: string
  readonly model: string
  readonly resId: number
}

export function externalIdModel(version: Version): Model<ExternalId> {
  return defineModel<ExternalId>(version, {
    name: 'ir.model.data',
    description: 'Model Data',
    order: 'module, model, name',
    rows: (env) => listed([...env.books.externalIds].map(([key, target], at) => externalId(key, target, at + 1))),
    label: (row) => `${row.module}.${row.name}`,
    find: (field, value, { books }) => field === 'name' && typeof value === 'string' ? externalIdsNamed(books, value) : null,
    fields: {
      name: char('External Identifier', (row) => row.name, { required: true }),
      complete_name: char('Complete ID', (row) => `${row.module}.${row.name}`, computed),
      module: char('Module', (row) => row.module, { required: true }),
      model: char('Model Name', (row) => row.model, { required: true }),
      res_id: integer('Record ID', (row) => row.resId),
      noupdate: boolean('Non Updatable', () => false),
      reference: char('Reference', (row) => `${row.model},${row.resId}`, computed),
    },
  })
}

type Target = ErpBooks['externalIds'] extends Map<string, infer T> ? T : never

function externalId(key: string, target: Target, id: number): ExternalId {
  const dot = key.indexOf('.')
  return { id, changedAt: 0, module: key.slice(0, dot), name: key.slice(dot + 1), model: target.model, resId: target.id }
}

/** Nearly all are of the import's module, and found without looking at the others. */
function externalIdsNamed(books: ErpBooks, name: string): readonly ExternalId[] {
  const found: ExternalId[] = []
  let at = 0
  for (const [key, target] of books.externalIds) {
    at += 1
    if (key.length > name.length && key.endsWith(name) && key[key.length - name.length - 1] === '.') {
      found.push(externalId(key, target, at))
    }
  }
  return found.filter((row) => row.name === name)
}

type Of<Name extends keyof ErpBooks> = ErpBooks[Name] extends { get(id: number): infer R | null } ? NonNullable<R> : never
