/** What screens are told of support tickets: that somebody wrote about an order, when and why, never who or what. */
import { z } from 'zod'

const instant = z.int()

export const ticketView = z
  .object({
    id: z.string(),
    openedAt: instant,
    reason: z.string().nullable(),
    /** Where the help desk shows it; https only. */
    link: z.string().nullable(),
  })
  .readonly()
export type TicketView = z.infer<typeof ticketView>

export const ticketsView = z
  .object({
    sinceDays: z.int(),
    /** Null: no export was ever read. */
    readAt: instant.nullable(),
    tickets: z.int(),
    /** Of them, about an order of which an incident spoke. */
    troubled: z.int(),
    /** The most frequent first. */
    reasons: z.array(z.object({ reason: z.string().nullable(), tickets: z.int(), troubled: z.int() })).max(12),
  })
  .readonly()
export type TicketsView = z.infer<typeof ticketsView>

export const ticketsReadView = z
  .object({
    /** Kept, known before or not. */
    tickets: z.int(),
    fresh: z.int(),
    /** Lines that name no order. */
    withoutOrder: z.int(),
    /** About an order that the shop was not seen to have. */
    unlinked: z.int(),
  })
  .readonly()
export type TicketsReadView = z.infer<typeof ticketsReadView>
