/** zod pieces for answers of the Api, in which every number is its own text. */
import { z } from 'zod'
import { type Decimal, parseDecimal, toSafeInteger } from '../../domain/decimal.ts'
import { type Instant, parseInstant } from '../../domain/time.ts'

/** An exact decimal in plain notation, from a number's text or from a string that holds one. */
export const wireDecimal = z.string().transform((text, context): Decimal => {
  const decimal = parseDecimal(text)
  if (decimal !== null) return decimal
  context.addIssue({ code: 'custom', message: 'not a decimal number' })
  return z.NEVER
})

/** A whole number that JavaScript holds exactly. */
export const wireInteger = wireDecimal.transform((decimal, context): number => {
  try {
    return toSafeInteger(decimal)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    context.addIssue({ code: 'custom', message: 'not a whole number' })
    return z.NEVER
  }
})

/** ISO 8601 with its zone, to our milliseconds. */
export const wireInstant = z.string().transform((text, context): Instant => {
  const at = parseInstant(text)
  if (at !== null) return at
  context.addIssue({ code: 'custom', message: 'not an ISO 8601 time with a zone' })
  return z.NEVER
})

/** For a field that a platform may leave out or set to null: both are absence. */
export function wireOptional<T extends z.ZodType>(schema: T): z.ZodType<z.output<T> | null> {
  return schema.nullish().transform((value) => value ?? null)
}
