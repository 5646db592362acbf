/** What is typed into a pair's form, and what it means for the engine. */
import {
  type DueBasis,
  type PairSettings,
  type PairSettingsChange,
  dueBases,
  pairSettingsChangeSchema,
  pairSettingsSchema,
} from '../../../src-main/domain/pair.ts'

/** As typed: numbers are text until they are sent, so that nothing is lost while it is half written. */
export interface Terms {
  readonly wholeReference: boolean
  readonly reference: string
  readonly store: string
  readonly due: Readonly<Record<string, DueBasis>>
  readonly graceMinutes: string
  readonly stockTargetMinutes: string
  readonly stockBuffer: string
  readonly locations: Readonly<Record<string, string>>
  readonly channels: readonly string[]
  readonly testMarks: readonly string[]
  /** `2026-11-23`, or empty for everything that was read. */
  readonly since: string
}

export function termsOf(settings: PairSettings | null): Terms {
  const from = settings ?? pairSettingsSchema.parse({})
  return {
    wholeReference: from.reference === null,
    reference: from.reference ?? '',
    store: from.store ?? '',
    due: from.due,
    graceMinutes: String(from.graceMinutes),
    stockTargetMinutes: String(from.stockTargetMinutes),
    stockBuffer: String(from.stockBuffer),
    locations: from.locations,
    channels: from.channels,
    testMarks: from.testMarks,
    since: from.since === null ? '' : from.since.slice(0, 10),
  }
}

export type Read =
  { readonly settings: PairSettingsChange } | { readonly problems: Readonly<Record<string, string>> }

/** Midnight of the chosen day where this computer stands; the time it was set to before is kept when the day is. */
export function readTerms(terms: Terms, before: PairSettings | null): Read {
  const sameDay = before?.since?.slice(0, 10) === terms.since
  // only what this form shows: what other screens have set stays as it is
  const parsed = pairSettingsChangeSchema.safeParse({
    since:
      terms.since === ''
        ? null
        : sameDay
          ? before?.since
          : new Date(`${terms.since}T00:00:00`).toISOString(),
    reference:
      terms.wholeReference || terms.reference.trim() === '' ? null : terms.reference.trim(),
    store: terms.store.trim() === '' ? null : terms.store.trim(),
    due: terms.due,
    graceMinutes: numberOf(terms.graceMinutes),
    stockTargetMinutes: numberOf(terms.stockTargetMinutes),
    stockBuffer: numberOf(terms.stockBuffer),
    locations: Object.fromEntries(
      Object.entries(terms.locations).filter(([, name]) => name !== ''),
    ),
    channels: terms.channels,
    testMarks: terms.testMarks,
  })
  if (parsed.success) return { settings: parsed.data }
  const problems: Record<string, string> = {}
  for (const issue of parsed.error.issues)
    problems[String(issue.path[0] ?? '')] ??= wordsOf(String(issue.path[0]), issue.message)
  return { problems }
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

function wordsOf(field: string, message: string): string {
  if (field === 'graceMinutes' || field === 'stockTargetMinutes')
    return 'A number of minutes from 0 to 10,080 (a week).'
  if (field === 'stockBuffer') return 'A whole number of units, 0 or more.'
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}

export const dueWords: Readonly<Record<DueBasis, string>> = {
  captured: 'When money is captured',
  authorised: 'When payment is authorised',
  placed: 'When it is placed',
}

export const dueChoices = dueBases.map((basis) => ({ value: basis, label: dueWords[basis] }))
