/** What our Tryton user may write, as Tryton itself says when asked. */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import { type Desk, askAt } from './calls.ts'

/**
 * A sale is written into all three, and each has a right of its own: the last is where the taxes of
 * its lines are kept (seen: a reading group that names it takes it from the group "Sales").
 */
const written = ['sale.sale', 'sale.line', 'sale.line-account.tax']

/** Of the models that a sale is written into, those in which this user may not create. */
export async function modelsLocked(desk: Desk): Promise<Outcome<readonly string[]>> {
  // 1 and 0 where rows say so, true where a model has none.
  const right = z.object({ create: z.union([z.string(), z.boolean()]) })
  const rights = z.record(z.string(), right)
  const told = await askAt(desk, 'model.ir.model.access.get_access', [written], rights)
  if (!told.ok) return told
  const locked = (model: string) => ['0', false].includes(told.value.result[model]?.create ?? false)
  return ok(written.filter(locked))
}
