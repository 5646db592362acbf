/** Who answers for what was found: people and roles, each with the hours in which they work (DESIGN §8). */
import { z } from 'zod'
import { idSchema } from './connection.ts'
import { type Calendar, calendarSchema } from './calendar.ts'

export const personSchema = z
  .object({
    id: idSchema,
    name: z.string().trim().min(1).max(120),
    /** Where escalations reach them; null: through the channels only. */
    email: z.email().max(254).nullable(),
    calendar: calendarSchema,
  })
  .readonly()
export type Person = z.infer<typeof personSchema>

/** Several people who answer together, such as finance or the warehouse; its hours are its own. */
export const roleSchema = z
  .object({
    id: idSchema,
    name: z.string().trim().min(1).max(120),
    calendar: calendarSchema,
    /** Ids of people. */
    members: z.array(idSchema).max(200),
  })
  .readonly()
export type Role = z.infer<typeof roleSchema>

/** Either of the two, as whoever an incident belongs to. */
export interface Owner {
  readonly id: string
  readonly name: string
  readonly calendar: Calendar
}

/** Whoever installed Plumbline: there from the first second, so that nothing is ever nobody's. */
export const firstPerson = 'you'
