/**
 * What is sent to make a draft order, as a preview shows it and an intent keeps it: plain JSON, and
 * the whole of it.
 */
import { z } from 'zod'
import { decimalSchema } from '../../../domain/decimal.ts'
import { currencySchema } from '../../../domain/money.ts'

/**
 * Cells by the column names of `load`: `partner_id/.id` names a record by its id. External ids come
 * with the key.
 */
const cells = z.record(z.string(), z.string())

export const draftPayload = z.object({
  order: cells,
  lines: z.array(cells).min(1),
  /** What Odoo will make of it, by its own rules; the proof afterwards. */
  expected: z.object({ total: decimalSchema, currency: currencySchema, lines: z.int().min(1) }),
  /**
   * Cancelled orders that had the reference already: while they stay cancelled they are not what
   * was sent.
   */
  cancelledBefore: z.array(z.string()),
})
export type DraftPayload = z.output<typeof draftPayload>
