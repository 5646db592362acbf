/** What our Tryton user may write, as Tryton itself says when asked. */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Api } from '../definition.ts'
import { type Context, ask } from './calls.ts'
import type { TrytonSettings } from './settings.ts'

/** A sale is written into all three, and each has its own right: the last is where the taxes of its lines are kept. */
const written = ['sale.sale', 'sale.line', 'sale.line-account.tax']

/** Of the models that a sale is written into, those in which this user may not create. */
export async function modelsLocked(api: Api, settings: TrytonSettings, context: Context): Promise<Outcome<readonly string[]>> {
  // 1 and 0 where rows say so, true where a model has none.
  const access = z.record(z.string(), z.object({ create: z.union([z.string(), z.boolean()]) }))
  const told = await ask(api, settings, 'model.ir.model.access.get_access', [written, context], access)
  return told.ok ? ok(written.filter((model) => ['0', false].includes(told.value.result[model]?.create ?? false))) : told
}
