/**
 * Asks Tryton live for named rows: before anything is called missing, and before and after anything
 * is written.
 */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Api, Found, LookupKeys } from '../definition.ts'
import { names } from '../naming.ts'
import { wireId } from '../walk.ts'
import { type Domain, search } from './calls.ts'
import { type Facts } from './facts.ts'
import type { Changes } from './changes.ts'
import type { TrytonSettings } from './settings.ts'

/** Fields by which people know a row. */
export interface KeyFields {
  readonly number: readonly string[]
  readonly reference: readonly string[]
}

/**
 * More whole rows than this for at most 100 keys mean that a key is none; then nothing is proven.
 */
const foundMax = 500

/**
 * Rows whose reference holds one of the numbers somewhere, as a short number does in many longer
 * ones.
 */
const candidatesMax = 20_000

/**
 * No index helps a search inside references: 100 at once took 5.5 s over 200,000 sales (measured),
 * so fewer are asked at a time and Tryton answers others in between.
 */
const insideMax = 20

type Scope = Pick<Changes, 'model' | 'domain' | 'fields'> & {
  readonly keys: KeyFields
  readonly facts: Facts
}

/** Finds rows in whatever state: cancelled, deactivated, of years ago. */
export async function find(
  api: Api,
  settings: TrytonSettings,
  within: Scope,
  { by, values }: LookupKeys,
): Promise<Outcome<Found>> {
  if (values.length === 0) return ok({ rows: [], complete: true })
  if (by === 'id') return whole(api, settings, within, values)
  // A row that has no such key can prove nothing about it.
  if (within.keys[by].length === 0) return ok({ rows: [], complete: false })
  const ids = new Set<string>()
  let complete = true
  const size = by === 'number' ? values.length : insideMax
  for (let start = 0; start < values.length; start += size) {
    // oxlint-disable-next-line no-await-in-loop -- one search after the other, as said above
    const some = await candidates(api, settings, within, by, values.slice(start, start + size))
    if (!some.ok) return some
    for (const id of some.value.ids) ids.add(id)
    complete = complete && some.value.complete
  }
  const rows = await whole(api, settings, within, [...ids])
  return rows.ok ? ok({ rows: rows.value.rows, complete: rows.value.complete && complete }) : rows
}

/** The ids of rows that name one of the values, judged by their keys alone. */
async function candidates(
  api: Api,
  settings: TrytonSettings,
  within: Scope,
  by: 'number' | 'reference',
  values: readonly string[],
): Promise<Outcome<{ readonly ids: readonly string[]; readonly complete: boolean }>> {
  const fields = within.keys[by]
  const told = await search(api, settings, {
    model: within.model,
    domain: [...within.domain, matching(fields, by, values)],
    limit: candidatesMax,
    order: [['id', 'DESC']],
    fields,
    context: contextOf(within.facts),
  })
  if (!told.ok) return told
  const { result } = told.value
  const ids = result.flatMap((row) => (named(row, fields, by, values) ? idIn(row) : []))
  return ok({ ids, complete: result.length < candidatesMax })
}

async function whole(
  api: Api,
  settings: TrytonSettings,
  within: Pick<Changes, 'model' | 'domain' | 'fields'> & { readonly facts: Facts },
  ids: readonly string[],
): Promise<Outcome<Found>> {
  const known = ids.filter((id) => wireId.safeParse(id).success).map(Number)
  if (known.length === 0) return ok({ rows: [], complete: true })
  const told = await search(api, settings, {
    model: within.model,
    domain: [...within.domain, ['id', 'in', known]],
    limit: foundMax,
    order: [['id', 'DESC']],
    fields: within.fields,
    context: contextOf(within.facts),
  })
  return told.ok
    ? ok({ rows: told.value.result, complete: told.value.result.length < foundMax })
    : told
}

/** A reference is also looked for inside longer ones: "Shop SO-1001" names SO-1001. */
function matching(
  fields: readonly string[],
  by: 'number' | 'reference',
  values: readonly string[],
): Domain {
  const exact = fields.map((field) => [field, 'in', values])
  const inside = fields.flatMap((field) =>
    values.map((value) => [field, 'ilike', `%${literally(value)}%`]),
  )
  return ['OR', ...exact, ...(by === 'reference' ? inside : [])]
}

/** Keeps `%`, `_` and `\` of a text from meaning more than themselves in an `ilike`. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function named(
  row: unknown,
  fields: readonly string[],
  by: 'number' | 'reference',
  values: readonly string[],
): boolean {
  const record = z.record(z.string(), z.unknown()).safeParse(row).data ?? {}
  const texts = fields.flatMap((field) =>
    typeof record[field] === 'string' ? [record[field]] : [],
  )
  return texts.some((text) => values.some((value) => names(text, by, value)))
}

function idIn(row: unknown): readonly string[] {
  const parsed = z.object({ id: wireId }).safeParse(row)
  return parsed.success ? [parsed.data.id] : []
}

/** Without this Tryton leaves out what was deactivated, and an order would look absent. */
function contextOf(facts: Facts): Readonly<Record<string, unknown>> {
  return { ...facts.context, active_test: false }
}
