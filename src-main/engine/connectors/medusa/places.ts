/** Lays beside orders and stock what Medusa keeps apart: the names of its locations, and where units are reserved. */
import { z } from 'zod'
import { type Outcome, failed, ok } from '../../../domain/fault.ts'
import type { Api } from '../definition.ts'
import { type List, ignoredFilterFault, list, shapeFault } from './paging.ts'
import { locationRow, reservationRow } from './wire.ts'

const locationList: List = {
  path: 'admin/stock-locations',
  key: 'stock_locations',
  fields: 'id,name',
  pageRows: 1000,
}
const reservationList: List = {
  path: 'admin/reservations',
  key: 'reservations',
  fields: 'id,line_item_id,location_id,quantity',
  pageRows: 2000,
}
/** About 5 kB of address; Node's servers take 16 kB of headers. */
const lineIdsPerRequest = 100
/** A line is held at one location mostly, and at never so many. */
const reservationsPerLineMax = 20

export async function readLocations(api: Api): Promise<Outcome<ReadonlyMap<string, string>>> {
  const answer = await list(api, locationList, { limit: locationList.pageRows })
  if (!answer.ok) return answer
  const rows = z.array(locationRow).safeParse(answer.value.rows)
  if (!rows.success)
    return failed(shapeFault(locationList, rows.error.issues[0]?.path.join('.') ?? ''))
  return ok(new Map(rows.data.map((row) => [row.id, row.name])))
}

export async function withLocations(
  api: Api,
  rows: readonly unknown[],
): Promise<Outcome<readonly unknown[]>> {
  if (rows.length === 0) return ok(rows)
  const locations = await readLocations(api)
  if (!locations.ok) return locations
  const names = Object.fromEntries(locations.value)
  return ok(rows.map((row) => laidBeside(row, { location_names: names })))
}

const openLines = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      quantity: z.string(),
      detail: z.object({ fulfilled_quantity: z.string() }).nullish(),
    }),
  ),
})

/** Orders with their reservations and location names. Only lines that are not sent yet can hold a reservation. */
export async function withPlaces(
  api: Api,
  rows: readonly unknown[],
): Promise<Outcome<readonly unknown[]>> {
  const linesOf = rows.map((row) => {
    const parsed = openLines.safeParse(row)
    if (!parsed.success) return []
    return parsed.data.items
      .filter((line) => line.detail?.fulfilled_quantity !== line.quantity)
      .map((line) => line.id)
  })
  const reservations = await readReservations(api, linesOf.flat())
  if (!reservations.ok) return reservations
  const located = await withLocations(api, rows)
  if (!located.ok) return located
  return ok(
    located.value.map((row, index) => {
      const lines = new Set(linesOf[index])
      return laidBeside(row, {
        reservations: reservations.value.filter((one) => lines.has(one.line_item_id)),
      })
    }),
  )
}

interface Reservation {
  readonly line_item_id: string
  readonly location_id: string
  readonly quantity: string
}

async function readReservations(
  api: Api,
  lineIds: readonly string[],
): Promise<Outcome<readonly Reservation[]>> {
  const found: Reservation[] = []
  for (let from = 0; from < lineIds.length; from += lineIdsPerRequest) {
    const asked = lineIds.slice(from, from + lineIdsPerRequest)
    const limit = asked.length * reservationsPerLineMax
    const answer = await list(api, reservationList, { 'line_item_id[]': asked, limit })
    if (!answer.ok) return answer
    const rows = z.array(reservationRow).safeParse(answer.value.rows)
    if (!rows.success)
      return failed(shapeFault(reservationList, rows.error.issues[0]?.path.join('.') ?? ''))
    const allowed = new Set(asked)
    for (const row of rows.data) {
      const { line_item_id: line } = row
      if (line === null || !allowed.has(line))
        return failed(ignoredFilterFault(reservationList, 'line_item_id'))
      found.push({ ...row, line_item_id: line })
    }
  }
  return ok(found)
}

/** A row that is no object is left as it is: the stream's schema will refuse it by itself. */
function laidBeside(row: unknown, beside: Readonly<Record<string, unknown>>): unknown {
  return typeof row === 'object' && row !== null ? { ...row, ...beside } : row
}
