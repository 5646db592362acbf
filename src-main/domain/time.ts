/** Instants and spans: whole milliseconds, so that a unit is never guessed. */

/** Milliseconds since 1970-01-01T00:00:00Z, on the axis of our own clock unless a name says otherwise. */
export type Instant = number

/** A span in milliseconds. */
export type Span = number

export function seconds(count: number): Span {
  return count * 1000
}

export function minutes(count: number): Span {
  return count * 60_000
}

export function hours(count: number): Span {
  return count * 3_600_000
}

export function days(count: number): Span {
  return count * 86_400_000
}

/** ISO 8601 in UTC with milliseconds: the only way an instant is written for others to read. */
export function iso(at: Instant): string {
  return new Date(at).toISOString()
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : iso(at)
}

/** Reads an ISO 8601 text that names its zone; null when it is not one. */
export function parseInstant(text: string): Instant | null {
  if (!/(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}
