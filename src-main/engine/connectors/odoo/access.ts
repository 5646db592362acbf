/** What our Odoo user may write, as Odoo itself says when asked. */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import { type Desk, askAt } from './desk.ts'

/** What a missing order is written into, and what has an order billed: with it Odoo itself makes the invoice. */
export const orderWrites: readonly string[] = ['sale.order', 'sale.order.line']
export const invoiceWrites: readonly string[] = ['sale.advance.payment.inv']

/** Of models that are to be written into, those in which this user may not create. */
export async function modelsLocked(desk: Desk, written: readonly string[]): Promise<Outcome<readonly string[]>> {
  const locked: string[] = []
  for (const model of written) {
    // oxlint-disable-next-line no-await-in-loop -- a few questions, one after the other
    const told = await askAt(desk, question(desk, model), z.boolean())
    // A version that knows neither question says no later, to the write itself.
    if (!told.ok && !['not-found', 'validation'].includes(told.fault.class)) return told
    if (told.ok && !told.value.result) locked.push(model)
  }
  return ok(locked)
}

/**
 * From 18 on `has_access`, a method of records, of none of them here; before `check_access_rights`
 * of the model.
 */
function question({ server }: Desk, model: string) {
  if (server.major >= 18)
    return { model, method: 'has_access', ids: [], named: { operation: 'create' } }
  return {
    model,
    method: 'check_access_rights',
    named: { operation: 'create', raise_exception: false },
  }
}
