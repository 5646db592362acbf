/** The typed door between SQLite's columns and our values: JSON columns are parsed on write and on read. */
import type { z } from 'zod'

/** Validates before writing, so that no row can be read back that we would refuse. */
export function toJson<T>(schema: z.ZodType<T>, value: T): string {
  return JSON.stringify(schema.parse(value))
}

export function fromJson<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text))
}

/** More are kept by nobody at once; a bound, not a size. */
const rememberedMax = 1000

/**
 * Parses a row once for as long as it says the same: a pair's settings are asked for with every look, and change once a
 * month. The values are shared, and nobody changes them.
 */
export function remembered<Row extends object, T>(keyOf: (row: Row) => string, parse: (row: Row) => T): (row: Row) => T {
  const known = new Map<string, { readonly said: readonly unknown[]; readonly value: T }>()
  return (row) => {
    const key = keyOf(row)
    const said: readonly unknown[] = Object.values(row)
    const before = known.get(key)
    if (before !== undefined && said.every((cell, nth) => cell === before.said[nth])) return before.value
    if (known.size >= rememberedMax) known.clear()
    const value = parse(row)
    known.set(key, { said, value })
    return value
  }
}

/** As `fromJson`, of texts that are asked for under a name again and again; each schema is made once, and reads for itself. */
export function rememberedJson(): <T>(schema: z.ZodType<T>, name: string, text: string) => T {
  const readers = new WeakMap<z.ZodType, (row: { readonly name: string; readonly text: string }) => unknown>()
  return <T>(schema: z.ZodType<T>, name: string, text: string): T => {
    const read = readers.get(schema) ?? remembered((row) => row.name, (row: { readonly name: string; readonly text: string }) => fromJson(schema, row.text))
    readers.set(schema, read)
    return read({ name, text }) as T
  }
}

/** SQLite has no boolean. */
export function bit(value: boolean): 0 | 1 {
  return value ? 1 : 0
}
