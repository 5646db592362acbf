/**
 * Where questions are asked that belong together: who we are in an Odoo, for which company, and
 * what it is like there.
 */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { type Instant, minutes } from '../../../domain/time.ts'
import type { Api } from '../definition.ts'
import { wireInteger } from '../wire.ts'
import { wireId } from '../walk.ts'
import { type Call, type Door, type Told, ask } from './calls.ts'
import { wireIds, wireLink } from './classes.ts'
import { openDoor } from './door.ts'
import type { OdooSettings } from './settings.ts'

export interface Company {
  readonly id: string
  readonly name: string
  readonly taxRounding: 'per-line' | 'per-document' | 'unknown'
  readonly currency: string
}

export interface Currency {
  readonly code: string
  readonly digits: number
}

/** A field as Odoo describes it. */
export interface FieldFacts {
  readonly digits: number | null
}
/**
 * Of one model: what there is in this version and may be read by this user. Null: no such model.
 */
export type Fields = ReadonlyMap<string, FieldFacts> | null

export interface Desk extends Door {
  readonly login: string
  readonly company: Company
  /** How many companies the user may see. */
  readonly companies: number
  readonly currencies: ReadonlyMap<string, Currency>
  /** Whether a rule of Odoo's hides other people's orders from this user: then an order not found may be there. */
  readonly ownOrdersOnly: boolean
  /** What was learnt of models' fields, kept as long as the desk. */
  readonly fields: Map<string, Fields>
}

/** Asked once, then kept for a while: an administrator may change any of it. */
const deskKept = minutes(10)
const desks = new WeakMap<Api, { readonly until: Instant; readonly desk: Desk }>()

export async function takeDesk(api: Api, settings: OdooSettings): Promise<Outcome<Desk>> {
  const kept = desks.get(api)
  if (kept !== undefined && kept.until > api.now()) return ok(kept.desk)
  const door = await openDoor(api, settings)
  if (!door.ok) return door
  const desk = await furnish(door.value)
  if (desk.ok) desks.set(api, { until: api.now() + deskKept, desk: desk.value })
  return desk
}

const userRow = z.object({ login: z.string(), company_id: wireLink, company_ids: wireIds })

async function furnish(door: Door): Promise<Outcome<Desk>> {
  const users = await rowsOf(
    door,
    'res.users',
    [['id', '=', Number(door.uid)]],
    ['login', 'company_id', 'company_ids'],
    userRow,
  )
  if (!users.ok) return users
  const [user] = users.value
  if (user === undefined) {
    return failed(
      fault('permission', 'Odoo does not let this user read its own settings.', { path: 'user' }),
    )
  }
  const companies = await readCompanies(door, [
    ...new Set([...user.company_ids, ...(user.company_id === null ? [] : [user.company_id.id])]),
  ])
  if (!companies.ok) return companies
  const company = choose(companies.value, door.settings.company, user.company_id?.id ?? null)
  if (!company.ok) return company
  const currencies = await readCurrencies(door)
  if (!currencies.ok) return currencies
  const ownOrdersOnly = await seesOwnOrdersOnly(door)
  if (!ownOrdersOnly.ok) return ownOrdersOnly
  return ok({
    ...door,
    login: user.login,
    company: company.value,
    companies: companies.value.length,
    currencies: currencies.value,
    ownOrdersOnly: ownOrdersOnly.value,
    fields: new Map(),
  })
}

/** The role "User: Own Documents Only" in Sales; who has neither role is held back by no such rule. */
async function seesOwnOrdersOnly(door: Door): Promise<Outcome<boolean>> {
  const salesman = await hasGroup(door, 'sales_team.group_sale_salesman')
  if (!salesman.ok || !salesman.value) return salesman
  const all = await hasGroup(door, 'sales_team.group_sale_salesman_all_leads')
  return all.ok ? ok(!all.value) : all
}

/** From 18 on a method of the user, before of the model. One that may not be asked is taken for no. */
async function hasGroup(door: Door, group: string): Promise<Outcome<boolean>> {
  const ofUser = door.server.major >= 18 ? { ids: [door.uid] } : {}
  const named = { group_ext_id: group }
  const told = await ask(
    door,
    { model: 'res.users', method: 'has_group', ...ofUser, named },
    z.boolean(),
  )
  if (told.ok) return ok(told.value.result)
  const passing = ['temporary', 'unreachable', 'rate-limited', 'credentials']
  return passing.includes(told.fault.class) ? told : ok(false)
}

const companyRow = z.object({
  id: wireId,
  name: z.string(),
  currency_id: wireLink,
  tax_calculation_rounding_method: z.string().nullish(),
})

const methods: Readonly<Record<string, Company['taxRounding']>> = {
  round_per_line: 'per-line',
  round_globally: 'per-document',
}

async function readCompanies(
  door: Door,
  ids: readonly string[],
): Promise<Outcome<readonly Company[]>> {
  const rounding = 'tax_calculation_rounding_method'
  const known = await askFields(door, 'res.company')
  if (!known.ok) return known
  const fields = ['name', 'currency_id', ...(known.value?.has(rounding) === true ? [rounding] : [])]
  const rows = await rowsOf(
    door,
    'res.company',
    [['id', 'in', ids.map(Number)]],
    fields,
    companyRow,
  )
  if (!rows.ok) return rows
  return ok(
    rows.value.map((row) => ({
      id: row.id,
      name: row.name,
      currency: row.currency_id?.id ?? '',
      taxRounding: methods[row.tax_calculation_rounding_method ?? ''] ?? 'unknown',
    })),
  )
}

function choose(
  companies: readonly Company[],
  wanted: string | undefined,
  own: string | null,
): Outcome<Company> {
  const found =
    wanted === undefined
      ? companies.find(({ id }) => id === own)
      : companies.find(({ name }) => name.trim().toLowerCase() === wanted.toLowerCase())
  if (found !== undefined) return ok(found)
  const names = companies.map(({ name }) => name).join(', ')
  const says =
    wanted === undefined
      ? 'The Odoo user has no company, so it sees no orders. Give it one in its settings.'
      : `The Odoo user sees no company "${wanted}". It sees: ${names}. Correct the company in the settings of the connection.`
  return failed(
    fault(wanted === undefined ? 'permission' : 'validation', says, { path: 'company' }),
  )
}

const currencyRow = z.object({ id: wireId, name: z.string(), decimal_places: wireInteger })

/** Those no longer in use too: old papers are in them. */
async function readCurrencies(door: Door): Promise<Outcome<ReadonlyMap<string, Currency>>> {
  const rows = await rowsOf(door, 'res.currency', [], ['name', 'decimal_places'], currencyRow)
  if (!rows.ok) return rows
  return ok(
    new Map(
      rows.value.map(({ decimal_places, id, name }) => [
        id,
        { code: name, digits: decimal_places },
      ]),
    ),
  )
}

/** Few rows that are known to be few. */
async function rowsOf<T>(
  door: Door,
  model: string,
  domain: readonly unknown[],
  fields: readonly string[],
  row: z.ZodType<T>,
): Promise<Outcome<readonly T[]>> {
  const named = {
    domain,
    fields,
    limit: 1000,
    order: 'id asc',
    context: { active_test: false, lang: 'en_US' },
  }
  const told = await ask(door, { model, method: 'search_read', named }, z.array(row))
  return told.ok ? ok(told.value.result) : told
}

const described = z.record(z.string(), z.looseObject({ digits: z.unknown().nullish() }))

/**
 * Odoo leaves out of `fields_get` what the user's groups may not see; asking for such a field fails
 * the whole call.
 */
async function askFields(door: Door, model: string): Promise<Outcome<Fields>> {
  const named = { attributes: ['type', 'digits'], context: { lang: 'en_US' } }
  const told = await ask(door, { model, method: 'fields_get', named }, described)
  if (told.ok) {
    return ok(
      new Map(
        Object.entries(told.value.result).map(([name, { digits }]) => [
          name,
          { digits: digitsIn(digits) },
        ]),
      ),
    )
  }
  // a server between versions names the model alone, as a key that is not there
  const missing =
    told.fault.class === 'not-found' ||
    (told.fault.status === 200 && told.fault.detail.includes('KeyError'))
  return missing ? ok(null) : told
}

const digits = z.tuple([wireInteger, wireInteger])

/** `[16, 2]`: so many digits in all, so many after the point. */
function digitsIn(stated: unknown): number | null {
  return digits.safeParse(stated).data?.[1] ?? null
}

export async function fieldsOf(desk: Desk, model: string): Promise<Outcome<Fields>> {
  const kept = desk.fields.get(model)
  if (kept !== undefined) return ok(kept)
  const asked = await askFields(desk, model)
  if (asked.ok) desk.fields.set(model, asked.value)
  return asked
}

/**
 * What every call of a desk says of itself: the company, the language of labels and of errors, no
 * zone.
 */
export function contextOf({ company }: Desk): Readonly<Record<string, unknown>> {
  return { allowed_company_ids: [Number(company.id)], lang: 'en_US', tz: 'UTC' }
}

/**
 * A question sees what is archived too. A write must not, as Odoo would choose from it what it
 * fills in.
 */
export function askingContextOf(desk: Desk): Readonly<Record<string, unknown>> {
  return { ...contextOf(desk), active_test: false }
}

/** As `ask`, in the desk's context. */
export function askAt<T>(desk: Desk, call: Call, result: z.ZodType<T>): Promise<Outcome<Told<T>>> {
  return ask(desk, { ...call, named: { ...call.named, context: askingContextOf(desk) } }, result)
}
