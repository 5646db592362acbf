/** The warehouses whose stock counts, by the codes that people map. */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import type { Desk } from './desk.ts'
import { everyRow } from './rows.ts'
import { warehouseRow } from './wire.ts'

export interface Warehouse {
  readonly id: string
  /** Its code; its name where it has none. */
  readonly location: string
}

/**
 * All of the company, or those that the settings name; a name that Odoo does not know is a
 * `validation` fault.
 */
export async function readWarehouses(
  desk: Desk,
  which: 'all' | 'wanted' = 'wanted',
): Promise<Outcome<readonly Warehouse[]>> {
  const rows = await everyRow(desk, {
    model: 'stock.warehouse',
    domain: [['company_id', '=', Number(desk.company.id)]],
    fields: ['code', 'name'],
  })
  if (!rows.ok) return rows
  const parsed = z.array(warehouseRow).safeParse(rows.value)
  if (!parsed.success) {
    const says = 'Odoo answered with a warehouse in an unknown form. If it stays so, tell support.'
    return failed(fault('unexpected-shape', says, { path: 'stock.warehouse' }))
  }
  const all = parsed.data.map(({ code, id, name }) => ({
    id,
    location: [code, name].map((one) => one?.trim() ?? '').find((one) => one !== '') ?? id,
  }))
  const wanted = which === 'all' ? [] : (desk.settings.warehouses ?? [])
  const unknown = wanted.find((one) => all.every(({ location }) => location !== one))
  if (unknown === undefined)
    return ok(wanted.length === 0 ? all : all.filter(({ location }) => wanted.includes(location)))
  const known = all.map(({ location }) => location).join(', ')
  const says = `Odoo has no warehouse "${unknown}". It has: ${known}. Correct the settings of the connection.`
  return failed(fault('validation', says, { path: 'warehouses' }))
}
