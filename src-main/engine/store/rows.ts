/** The typed door between SQLite's columns and our values: JSON columns are parsed on write and on read. */
import type { z } from 'zod'

/** Validates before writing, so that no row can be read back that we would refuse. */
export function toJson<T>(schema: z.ZodType<T>, value: T): string {
  return JSON.stringify(schema.parse(value))
}

export function fromJson<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text))
}

/** SQLite has no boolean. */
export function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0
}
