/** What is typed into a pair's form, and what it means for the engine. */
import {
  type CloseBasis,
  type DueBasis,
  type PairSettings,
  type PairSettingsChange,
  dueBases,
  pairSettingsChangeSchema,
  pairSettingsSchema,
} from '../../../src-main/domain/pair.ts'
import { divide, multiply, parseDecimal } from '../../../src-main/domain/decimal.ts'
import type { Owners } from '../../../src-main/domain/ownership.ts'
import type { MapName } from '../../../src-main/domain/pair-maps.ts'
import { mapNames, mapText, readMap } from './map-text.ts'

/** As typed: numbers are text until they are sent, so that nothing is lost while it is half written. */
export interface Terms {
  readonly wholeReference: boolean
  readonly reference: string
  readonly store: string
  readonly due: Readonly<Record<string, DueBasis>>
  readonly graceMinutes: string
  readonly stockTargetMinutes: string
  readonly stockBuffer: string
  /** In percent. */
  readonly stockShare: string
  /** Empty: no cap. */
  readonly stockCap: string
  readonly locations: Readonly<Record<string, string>>
  readonly channels: readonly string[]
  readonly testMarks: readonly string[]
  /** Row by row, as written: a row that is wrong is not lost. */
  readonly maps: Readonly<Record<MapName, string>>
  readonly owners: Owners
  readonly actors: PairSettings['actors']
  /** `2026-11-23`, or empty for everything that was read. */
  readonly since: string
  /** An IANA name, or empty for where this computer is. */
  readonly zone: string
  /** `2026-11-23`, or empty where nobody signs. */
  readonly signOffFrom: string
  readonly closeBasis: CloseBasis
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
    stockShare: multiply(from.stockShare, '100'),
    stockCap: from.stockCap === null ? '' : String(from.stockCap),
    locations: from.locations,
    channels: from.channels,
    testMarks: from.testMarks,
    maps: {
      skuMap: mapText(from, 'skuMap'),
      bundles: mapText(from, 'bundles'),
      packs: mapText(from, 'packs'),
      units: mapText(from, 'units'),
      taxCodes: mapText(from, 'taxCodes'),
      statusMap: mapText(from, 'statusMap'),
      markets: mapText(from, 'markets'),
      shippingMethods: mapText(from, 'shippingMethods'),
      salesChannels: mapText(from, 'salesChannels'),
      paymentMethods: mapText(from, 'paymentMethods'),
      discountCodes: mapText(from, 'discountCodes'),
    },
    owners: from.owners,
    actors: from.actors,
    since: from.since === null ? '' : from.since.slice(0, 10),
    zone: from.zone ?? '',
    signOffFrom: from.signOffFrom ?? '',
    closeBasis: from.closeBasis,
  }
}

export type Read =
  { readonly settings: PairSettingsChange } | { readonly problems: Readonly<Record<string, string>> }

/** Midnight of the chosen day where this computer stands; the time it was set to before is kept when the day is. */
export function readTerms(terms: Terms, before: PairSettings | null): Read {
  const maps = mapNames.map((name) => [name, readMap(name, terms.maps[name])] as const)
  const wrong = maps.flatMap(([name, read]) => ('problem' in read ? [[name, `${read.problem}.`] as const] : []))
  const share = parseDecimal(terms.stockShare.trim())
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
    stockShare: share === null ? '' : divide(share, '100'),
    stockCap: terms.stockCap.trim() === '' ? null : numberOf(terms.stockCap),
    locations: Object.fromEntries(
      Object.entries(terms.locations).filter(([, name]) => name !== ''),
    ),
    channels: terms.channels,
    testMarks: terms.testMarks,
    ...Object.fromEntries(maps.flatMap(([name, read]) => ('value' in read ? [[name, read.value]] : []))),
    zone: terms.zone.trim() === '' ? null : terms.zone.trim(),
    signOffFrom: terms.signOffFrom === '' ? null : terms.signOffFrom,
    closeBasis: terms.closeBasis,
    owners: terms.owners,
    actors: terms.actors,
  })
  if (parsed.success && wrong.length === 0) return { settings: parsed.data }
  const problems: Record<string, string> = Object.fromEntries(wrong)
  if (parsed.success) return { problems }
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
  if (field === 'zone') return 'No time zone has this name: choose one of the list, such as Europe/Paris.'
  if (field === 'statusMap') return 'Each status of the ERP is draft, open, done or cancelled.'
  if (field === 'stockShare') return 'A share in percent, more than 0 and 100 at most.'
  if (field === 'stockBuffer' || field === 'stockCap') return 'A whole number of units, 0 or more.'
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}

export const dueWords: Readonly<Record<DueBasis, string>> = {
  captured: 'When money is captured',
  authorised: 'When payment is authorised',
  placed: 'When it is placed',
}

export const dueChoices = dueBases.map((basis) => ({ value: basis, label: dueWords[basis] }))
