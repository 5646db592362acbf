/** What the close screen is told of a business day: figures in minor units, each with the orders that it is made of. */
import { z } from 'zod'
import { erpBases, shopBases } from '../domain/pair.ts'
import { paidOutView } from './order-views.ts'
import { asOfView } from './views.ts'

const day = z.iso.date()

export const placeView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('incident'), rule: z.string(), title: z.string() }),
  z.object({ kind: z.literal('timing'), what: z.enum(['not-yet-due', 'booked-another-day', 'taken-another-day', 'not-captured-yet']), on: day.nullable() }),
  z.object({ kind: z.literal('class'), what: z.enum(['gift-card-paid', 'gift-card-sold', 'marketplace-tax', 'currency', 'refunded-before-booking', 'billed-anew', 'never-received', 'cash-rounding']) }),
  z.object({ kind: z.literal('out-of-scope'), why: z.string() }),
  z.object({ kind: z.literal('not-judged'), why: z.string() }),
  z.object({ kind: z.literal('unexplained') }),
])
export type PlaceView = z.infer<typeof placeView>

export const closeRowView = z
  .object({
    /** Of the order or orders together, or of a document by itself. */
    number: z.string(),
    minor: z.int(),
    /** What it is made of, each with the incident that is the place's; none where a document names no order. */
    orders: z.array(z.object({ number: z.string(), incident: z.string().nullable() })),
  })
  .readonly()
export type CloseRowView = z.infer<typeof closeRowView>

/** What may be opened to its rows: a step, one of both totals, or what is in neither. */
export const openableView = z.discriminatedUnion('kind', [...placeView.options, z.object({ kind: z.literal('total'), of: z.enum(['took', 'booked', 'beside']) })])
export type OpenableView = z.infer<typeof openableView>

export const stepView = z
  .object({
    place: placeView,
    minor: z.int(),
    /** How many matters, and the weightiest of them: `close.rows` has them all. */
    count: z.int(),
    rows: z.array(closeRowView).max(100),
  })
  .readonly()
export type StepView = z.infer<typeof stepView>

const signedFigures = z.object({ shop: z.int(), erp: z.int(), unexplained: z.int(), notJudged: z.int() }).readonly()

export const signOffView = z
  .object({
    at: z.int(),
    by: z.string(),
    note: z.string().nullable(),
    figures: signedFigures,
    /** Its entry of the audit trail: the hash covers the figures, the note and every entry before it. */
    entry: z.object({ seq: z.int(), hash: z.string() }).nullable(),
    /** The day has other figures now than those that were signed: it is open again. */
    changed: z.boolean(),
    /** What came, went or changed on the day since it was signed, the latest first; empty while it is as it was signed. */
    late: z.array(z.object({ side: z.enum(['shop', 'erp']), what: z.string(), at: z.int() })).max(12),
  })
  .readonly()

export const closedDayView = z
  .object({
    currency: z.string(),
    shop: z.int(),
    erp: z.int(),
    unexplained: z.int(),
    notJudged: z.int(),
    steps: z.array(stepView),
    counts: z.object({
      orders: z.int(),
      captured: z.int(),
      refunds: z.int(),
      refunded: z.int(),
      erpOrders: z.int(),
      booked: z.int(),
      invoices: z.int(),
      creditNotes: z.int(),
      credited: z.int(),
      shipments: z.int(),
    }),
    /** ERP orders without a shop reference: in neither total. */
    beside: z.object({ count: z.int(), minor: z.int() }),
    signOff: signOffView.nullable(),
    /** Why it cannot be signed now; null when it can. */
    unsignable: z.string().nullable(),
  })
  .readonly()
export type ClosedDayView = z.infer<typeof closedDayView>

export const closeView = z
  .object({
    pair: z.string(),
    shopLabel: z.string(),
    erpLabel: z.string(),
    day,
    zone: z.string(),
    /** By what takings and bookings belong to the day. */
    basis: z.object({ shop: z.enum(shopBases), erp: z.enum(erpBases) }),
    /** The first is today's, where the merchant is. `missed`: it should be signed by now. */
    days: z.array(z.object({ day, state: z.enum(['open', 'missed', 'signed', 'reopened', 'running']) })).max(62),
    shopAsOf: asOfView,
    erpAsOf: asOfView,
    currencies: z.array(closedDayView),
    /** What of the day's captures and refunds is on its way to the bank, beside the totals and in none of them. */
    payouts: z.array(paidOutView).max(50),
  })
  .readonly()
export type CloseView = z.infer<typeof closeView>
