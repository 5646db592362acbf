/** Asks Medusa live for named rows, and never takes a row that was not asked for: it ignores filters it does not know. */
import { z } from 'zod'
import { type Outcome, failed, ok } from '../../../domain/fault.ts'
import type { Api, Found, LookupKeys } from '../definition.ts'
import { numberOf } from './number.ts'
import { type List, ignoredFilterFault, list, shapeFault } from './paging.ts'
import { withPlaces } from './places.ts'
import type { Settings } from './settings.ts'
import { type NumberRow, numberRow } from './wire.ts'

/** A short order row still brings its lines (about 4 kB), so a search page is kept small and there are few of them. */
const searchRows = 200
const searchPagesMax = 10
const nothing: Found = { rows: [], complete: false }

/** By `id[]`, which every list of Medusa filters by: what does not come back is proven absent. */
export async function lookupById(api: Api, from: List, keys: LookupKeys): Promise<Outcome<Found>> {
  if (keys.by !== 'id') return ok(nothing)
  if (keys.values.length === 0) return ok({ rows: [], complete: true })
  return filtered(api, from, 'id', keys.values)
}

/** By `sku[]`. `skuOf` takes the SKU out of a record's id where the key is an id. */
export async function lookupBySku(
  api: Api,
  from: List,
  keys: LookupKeys,
  skuOf: (id: string) => string,
): Promise<Outcome<Found>> {
  if (keys.by === 'reference') return ok(nothing)
  const skus = [...new Set(keys.by === 'id' ? keys.values.map(skuOf) : keys.values)].filter(
    (sku) => sku !== '',
  )
  if (skus.length === 0) return ok({ rows: [], complete: true })
  return filtered(api, from, 'sku', skus)
}

async function filtered(
  api: Api,
  from: List,
  name: 'id' | 'sku',
  values: readonly string[],
): Promise<Outcome<Found>> {
  const answer = await list(api, from, { [`${name}[]`]: values, limit: values.length })
  if (!answer.ok) return answer
  const asked = new Set(values)
  const named = z.array(z.object({ [name]: z.string() })).safeParse(answer.value.rows)
  if (!named.success) return failed(shapeFault(from, named.error.issues[0]?.path.join('.') ?? ''))
  if (!named.data.every((row) => asked.has(row[name] ?? '')))
    return failed(ignoredFilterFault(from, name))
  return ok({ rows: answer.value.rows, complete: answer.value.rows.length >= answer.value.count })
}

export async function lookupOrders(
  api: Api,
  from: List,
  keys: LookupKeys,
  settings: Settings,
): Promise<Outcome<Found>> {
  if (keys.by === 'reference') return ok(nothing)
  const ids =
    keys.by === 'id'
      ? ok({ ids: keys.values, complete: true })
      : await idsByNumber(api, from, keys.values, settings)
  if (!ids.ok) return ids
  const found = await lookupById(api, from, { by: 'id', values: ids.value.ids })
  if (!found.ok) return found
  const rows = await withPlaces(api, found.value.rows)
  return rows.ok
    ? ok({ rows: rows.value, complete: found.value.complete && ids.value.complete })
    : rows
}

interface Ids {
  readonly ids: readonly string[]
  readonly complete: boolean
}

/**
 * Medusa filters by none of the numbers; a filter on them is ignored. Its search `q` goes over display_id and
 * custom_display_id (order model, 2.21) and over addresses, so its hits are compared here. Metadata is not searched:
 * there the newest orders are looked through, and absence is proven only when these were all.
 */
async function idsByNumber(
  api: Api,
  from: List,
  numbers: readonly string[],
  settings: Settings,
): Promise<Outcome<Ids>> {
  if (settings.orderNumber.startsWith('metadata.')) {
    return scan(api, from, { order: '-created_at' }, new Set(numbers), settings)
  }
  const all: Ids[] = []
  for (const number of new Set(numbers)) {
    const display = /^(?:display:)?(\d{1,18})$/.exec(number)?.[1]
    if (settings.orderNumber === 'display_id' && display === undefined) continue
    const asked = display !== undefined && number !== display ? display : number
    const ids = await scan(
      api,
      from,
      { q: asked, order: 'display_id' },
      new Set([number]),
      settings,
    )
    if (!ids.ok) return ids
    all.push(ids.value)
  }
  return ok({ ids: all.flatMap((one) => one.ids), complete: all.every((one) => one.complete) })
}

/** Looks through a bounded list of short rows for the wanted numbers. */
async function scan(
  api: Api,
  from: List,
  query: Readonly<Record<string, string>>,
  wanted: ReadonlySet<string>,
  settings: Settings,
): Promise<Outcome<Ids>> {
  const short: List = { ...from, fields: 'id,display_id,custom_display_id,metadata' }
  const found = new Map<string, string>()
  for (let page = 0; page < searchPagesMax; page += 1) {
    const answer = await list(api, short, {
      ...query,
      limit: searchRows,
      offset: page * searchRows,
    })
    if (!answer.ok) return answer
    const rows = z.array(numberRow).safeParse(answer.value.rows)
    if (!rows.success) return failed(shapeFault(from, rows.error.issues[0]?.path.join('.') ?? ''))
    for (const row of rows.data) {
      const number = numberOf(row, settings.orderNumber)
      if (wanted.has(number)) found.set(row.id, number)
    }
    const last = page * searchRows + rows.data.length >= answer.value.count
    const all = new Set(found.values()).size === wanted.size
    if (last || all || isPast(rows.data, query, wanted, settings))
      return ok({ ids: [...found.keys()], complete: true })
    if (rows.data.length === 0) return failed(shapeFault(from, 'count'))
  }
  return ok({ ids: [...found.keys()], complete: false })
}

/** Display ids rise and come once: behind the wanted one no further hit can be it. */
function isPast(
  rows: readonly NumberRow[],
  query: Readonly<Record<string, string>>,
  wanted: ReadonlySet<string>,
  settings: Settings,
): boolean {
  const last = rows.at(-1)
  if (
    settings.orderNumber !== 'display_id' ||
    query['order'] !== 'display_id' ||
    last === undefined
  )
    return false
  return [...wanted].every((number) => last.display_id > Number(number))
}
