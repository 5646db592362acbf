/**
 * Asks Odoo live for named rows: before anything is called missing, and before and after anything
 * is written.
 */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Found, LookupKeys } from '../definition.ts'
import { names } from '../naming.ts'
import { wireId } from '../walk.ts'
import type { Desk } from './desk.ts'
import { type Asked, type Domain, anyOf, idsOf, readable, search } from './rows.ts'

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
 * Rows whose reference holds one of the keys somewhere, as a short number does in many longer ones.
 */
const candidatesMax = 20_000
/**
 * No index helps a search inside references, so a few are asked at a time and Odoo answers others
 * in between.
 */
const insideMax = 20

interface Scope {
  readonly asked: Asked
  domain(desk: Desk): Domain
  readonly keys: KeyFields
}

/** Finds rows in whatever state: cancelled, archived, of years ago. */
export async function find(desk: Desk, scope: Scope, keys: LookupKeys): Promise<Outcome<Found>> {
  const found = await findShown(desk, scope, keys)
  const hidden = desk.ownOrdersOnly && scope.asked.model === 'sale.order'
  return found.ok && hidden ? ok({ ...found.value, complete: false }) : found
}

async function findShown(
  desk: Desk,
  scope: Scope,
  { by, values }: LookupKeys,
): Promise<Outcome<Found>> {
  if (values.length === 0) return ok({ rows: [], complete: true })
  if (by === 'id') return whole(desk, scope, values)
  const fields = await readable(desk, {
    model: scope.asked.model,
    required: [],
    optional: scope.keys[by],
  })
  if (!fields.ok) return fields
  // A row that has no such key, or does not show its first, can prove nothing about it.
  if (fields.value.length === 0) return ok({ rows: [], complete: false })
  const ids = new Set<string>()
  let complete = fields.value[0] === scope.keys[by][0]
  const size = by === 'number' ? values.length : insideMax
  for (let start = 0; start < values.length; start += size) {
    // oxlint-disable-next-line no-await-in-loop -- one search after the other, as said above
    const some = await candidates(desk, scope, fields.value, {
      by,
      values: values.slice(start, start + size),
    })
    if (!some.ok) return some
    for (const id of some.value.ids) ids.add(id)
    complete = complete && some.value.complete
  }
  const rows = await whole(desk, scope, [...ids])
  return rows.ok ? ok({ rows: rows.value.rows, complete: rows.value.complete && complete }) : rows
}

/** The ids of rows that name one of the values, judged by their keys alone. */
async function candidates(
  desk: Desk,
  { asked, domain }: Scope,
  fields: readonly string[],
  { by, values }: { readonly by: 'number' | 'reference'; readonly values: readonly string[] },
): Promise<Outcome<{ readonly ids: readonly string[]; readonly complete: boolean }>> {
  const exact = fields.map((field) => [field, 'in', values])
  const inside = fields.flatMap((field) => values.map((value) => [field, 'ilike', widely(value)]))
  const told = await search(desk, {
    model: asked.model,
    domain: [...domain(desk), ...anyOf(by === 'reference' ? [...exact, ...inside] : exact)],
    limit: candidatesMax,
    order: 'id desc',
    fields,
  })
  if (!told.ok) return told
  const { result } = told.value
  const ids = idsOf(asked.model, result)
  if (!ids.ok) return ids
  const named = ids.value.filter((_id, index) =>
    textsIn(result[index], fields).some((text) => values.some((value) => names(text, by, value))),
  )
  return ok({ ids: named, complete: result.length < candidatesMax })
}

async function whole(
  desk: Desk,
  { asked, domain }: Scope,
  ids: readonly string[],
): Promise<Outcome<Found>> {
  const known = ids.filter((id) => wireId.safeParse(id).success).map(Number)
  if (known.length === 0) return ok({ rows: [], complete: true })
  const fields = await readable(desk, asked)
  if (!fields.ok) return fields
  const told = await search(desk, {
    model: asked.model,
    domain: [...domain(desk), ['id', 'in', known]],
    limit: foundMax,
    order: 'id desc',
    fields: fields.value,
  })
  if (!told.ok) return told
  return ok({ rows: told.value.result, complete: told.value.result.length < foundMax })
}

/**
 * For an `ilike`, in which `%` and `_` stand for others too, which only finds more. A `\` would
 * find less.
 */
function widely(text: string): string {
  return text.replaceAll('\\', '_')
}

function textsIn(row: unknown, fields: readonly string[]): readonly string[] {
  const record = z.record(z.string(), z.unknown()).safeParse(row).data ?? {}
  return fields.flatMap((field) => (typeof record[field] === 'string' ? [record[field]] : []))
}
