/** What every record keeps of where it comes from, and the two pieces that records are made of everywhere. */
import { z } from 'zod'

export const text = z.string().max(500)
export const instant = z.int()

export const provenance = {
  /** The platform's own id, unique in its stream. */
  id: text.min(1),
  /** The platform's version or revision mark, where it has one. */
  version: text.nullable(),
  /** When the platform says the row last changed, on the platform's own clock; null where it does not say. */
  changedAt: instant.nullable(),
  /** The platform's id of who changed it last. */
  changedBy: text.nullable(),
  /** A correlation id that the integration left on it. */
  trace: text.nullable(),
}
