/**
 * Searches an Odoo: only for fields that it has and shows, all of the rows that belong to others,
 * each left as it came.
 */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { wireId } from '../walk.ts'
import type { Told } from './calls.ts'
import { wireLink } from './classes.ts'
import { type Desk, askAt, fieldsOf } from './desk.ts'

/** Conditions that all hold, unless `|` before two of them says that either does. */
export type Domain = readonly unknown[]

/**
 * What is asked of a model. `required` is what its records mean nothing without; `optional` differs
 * by version, app and right.
 */
export interface Asked {
  readonly model: string
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

/** The fields to ask for; a fault where one is missing that cannot be done without. */
export async function readable(
  desk: Desk,
  { model, optional, required }: Asked,
): Promise<Outcome<readonly string[]>> {
  const known = await fieldsOf(desk, model)
  if (!known.ok) return known
  const fields = known.value
  if (fields === null) {
    const says = `This Odoo has no "${model}": the app that brings it is not installed, or Plumbline does not need this connection for it.`
    return failed(fault('not-found', says, { path: model }))
  }
  const missing = required.find((name) => !fields.has(name))
  if (missing !== undefined) {
    const says = `Odoo does not let this user see the field "${missing}" of "${model}". Give its groups the right to it.`
    return failed(fault('permission', says, { path: `${model}.${missing}` }))
  }
  return ok([...required, ...optional.filter((name) => fields.has(name))])
}

export interface Search {
  readonly model: string
  readonly domain: Domain
  readonly fields: readonly string[]
  readonly limit: number
  readonly order: 'id asc' | 'id desc' | 'write_date desc, id desc'
}

/** Rows as Odoo gives them, each to be parsed on its own. */
export function search(desk: Desk, asked: Search): Promise<Outcome<Told<readonly unknown[]>>> {
  const { model, ...named } = asked
  return askAt(desk, { model, method: 'search_read', named }, bareRows)
}

const bareRows = z.array(z.unknown())
const rowsPerCall = 2000
const callsMax = 100
const identified = z.object({ id: wireId })

/** Every row of a domain, however many there are. */
export async function everyRow(
  desk: Desk,
  { domain, fields, model }: Pick<Search, 'model' | 'domain' | 'fields'>,
): Promise<Outcome<readonly unknown[]>> {
  const rows: unknown[] = []
  let after = '0'
  for (let calls = 0; calls < callsMax; calls += 1) {
    const beyond = [...domain, ['id', '>', Number(after)]]
    // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins
    const told = await search(desk, {
      model,
      domain: beyond,
      fields,
      limit: rowsPerCall,
      order: 'id asc',
    })
    if (!told.ok) return told
    rows.push(...told.value.result)
    if (told.value.result.length < rowsPerCall) return ok(rows)
    const last = identified.safeParse(told.value.result.at(-1))
    if (!last.success) return failed(nameless(model))
    after = last.data.id
  }
  const says = `Odoo has too many "${model}" that belong together to read them. Tell support.`
  return failed(fault('unexpected-shape', says, { path: model }))
}

/** The named records of a model, by id. */
export async function related(
  desk: Desk,
  asked: Asked,
  ids: readonly string[],
): Promise<Outcome<ReadonlyMap<string, unknown>>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return ok(new Map())
  const fields = await readable(desk, asked)
  if (!fields.ok) return fields
  const rows = await everyRow(desk, {
    model: asked.model,
    domain: [['id', 'in', wanted.map(Number)]],
    fields: fields.value,
  })
  if (!rows.ok) return rows
  const named = idsOf(asked.model, rows.value)
  return named.ok
    ? ok(new Map(rows.value.map((row, index) => [named.value[index] ?? '', row])))
    : named
}

/** As `related`, where it is no harm if the user may not know. */
export async function relatedIfShown(
  desk: Desk,
  asked: Asked,
  ids: readonly string[],
): Promise<Outcome<ReadonlyMap<string, unknown>>> {
  const found = await related(desk, asked, ids)
  const hidden =
    !found.ok && (found.fault.class === 'permission' || found.fault.class === 'not-found')
  return hidden ? ok(new Map()) : found
}

/** The rows that belong to parents, by the parent's id. `link` is the field that names it. */
export async function childrenOf(
  desk: Desk,
  asked: Asked,
  {
    domain = [],
    ids,
    link,
  }: { readonly link: string; readonly ids: readonly string[]; readonly domain?: Domain },
): Promise<Outcome<ReadonlyMap<string, readonly unknown[]>>> {
  const byParent = new Map<string, unknown[]>()
  if (ids.length === 0) return ok(byParent)
  const fields = await readable(desk, asked)
  if (!fields.ok) return fields
  const rows = await everyRow(desk, {
    model: asked.model,
    domain: [[link, 'in', ids.map(Number)], ...domain],
    fields: fields.value,
  })
  if (!rows.ok) return rows
  for (const row of rows.value) {
    const parent = linkIn(row, link)
    if (parent === null) return failed(nameless(asked.model))
    byParent.set(parent, [...(byParent.get(parent) ?? []), row])
  }
  return ok(byParent)
}

// made once: to make a schema costs more than to parse a row by it
const ids = z.array(wireId)
const identifiedRows = z.array(identified)

/** The id that a row's field links to; null where it is empty or no link. */
export function linkIn(row: unknown, field: string): string | null {
  return wireLink.safeParse(cellIn(row, field)).data?.id ?? null
}

/** The ids in a row's list. */
export function idsIn(row: unknown, field: string): readonly string[] {
  return ids.safeParse(cellIn(row, field)).data ?? []
}

function cellIn(row: unknown, field: string): unknown {
  return typeof row === 'object' && row !== null ? Reflect.get(row, field) : undefined
}

export function idsOf(model: string, rows: readonly unknown[]): Outcome<readonly string[]> {
  const parsed = identifiedRows.safeParse(rows)
  return parsed.success ? ok(parsed.data.map(({ id }) => id)) : failed(nameless(model))
}

function nameless(model: string) {
  const says =
    'Odoo answered with a row that does not say which it is. If it stays so, tell support.'
  return fault('unexpected-shape', says, { path: `${model}.id` })
}

/** Either of two conditions, or of more. */
export function anyOf(conditions: readonly unknown[]): Domain {
  return [...Array.from({ length: Math.max(0, conditions.length - 1) }, () => '|'), ...conditions]
}
