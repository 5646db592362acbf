/** The warehouses whose stock counts, by the codes that people map. */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { wireOptional } from '../wire.ts'
import { wireId } from '../walk.ts'
import { type Desk, searchAt } from './calls.ts'

export const warehousesMax = 200

export const warehouse = z.object({
  id: wireId,
  /** Its code; its name where it has none. */
  location: z.string().min(1),
  /** Its storage zone, where its stock lies. */
  storage: wireId,
})
export type Warehouse = z.output<typeof warehouse>

const text = wireOptional(z.string())
const row = z.object({ id: wireId, code: text, name: text, storage_location: wireOptional(wireId) })

/**
 * All, or those that the settings name; a name that Tryton does not know is a `validation` fault.
 */
export async function readWarehouses(desk: Desk): Promise<Outcome<Warehouse[]>> {
  const told = await searchAt(desk, {
    model: 'stock.location',
    domain: [['type', '=', 'warehouse']],
    limit: warehousesMax,
    order: [['id', 'ASC']],
    fields: ['code', 'name', 'storage_location'],
  })
  if (!told.ok) return told
  const parsed = z.array(row).safeParse(told.value.result)
  if (!parsed.success) {
    const says =
      'Tryton answered with a warehouse in an unknown form. If it stays so, tell support.'
    return failed(fault('unexpected-shape', says, { path: 'stock.location' }))
  }
  const all = parsed.data.map(({ code, id, name, storage_location }) => ({
    id,
    location: [code, name].map((one) => one?.trim() ?? '').find((one) => one !== '') ?? id,
    storage: storage_location ?? id,
  }))
  const wanted = desk.settings.warehouses ?? []
  const unknown = wanted.find((one) => !all.some(({ location }) => location === one))
  if (unknown === undefined) {
    return ok(wanted.length === 0 ? all : all.filter(({ location }) => wanted.includes(location)))
  }
  const known = all.map(({ location }) => location).join(', ')
  const says = `Tryton has no warehouse "${unknown}". It has: ${known}. Correct the settings of the connection.`
  return failed(fault('validation', says, { path: 'warehouses' }))
}
