/**
 * What is sent to make a draft sale, as a preview shows it and an intent keeps it: plain JSON, and
 * the whole of it.
 */
import { z } from 'zod'
import { decimalSchema } from '../../../domain/decimal.ts'
import { currencySchema } from '../../../domain/money.ts'

export const draftPayload = z.object({
  /** The one record of `model.sale.sale.create`, in Tryton's own words. */
  values: z.looseObject({ reference: z.string().min(1) }),
  context: z.record(z.string(), z.unknown()),
  /** What Tryton itself computed for these values; the proof afterwards. */
  expected: z.object({ total: decimalSchema, currency: currencySchema, lines: z.int().min(1) }),
  /**
   * Cancelled sales that had the reference already: while they stay cancelled they are not what was
   * sent.
   */
  cancelledBefore: z.array(z.string()),
})
export type DraftPayload = z.output<typeof draftPayload>
