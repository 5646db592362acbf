/** What screens are told of how long one side takes to hear what became of an order on the other. */
import { z } from 'zod'

/** Whatever the other side has not heard of yet counts at its present age, so that a dead job cannot look fast. */
const spreadView = z.object({
  /** What happened: parcels, refunds. */
  count: z.int(),
  /** Null where nothing happened. */
  p50Ms: z.int().nullable(),
  p95Ms: z.int().nullable(),
  /** Of them, not told yet. */
  open: z.int(),
  oldestOpenMs: z.int().nullable(),
})

export const latencyView = z
  .object({
    from: z.int(),
    /** Up to where both sides are read; null before they were. */
    to: z.int().nullable(),
    /** From leaving the ERP's warehouse to being sent in the shop. */
    shipped: spreadView,
    /** Of money that went back in the shop: between that and its credit note in the ERP, whichever came first. */
    refunded: spreadView,
    /** False where more happened than was looked at. */
    whole: z.boolean(),
  })
  .readonly()
export type LatencyView = z.infer<typeof latencyView>
