/** Working hours as a person writes them: a line a day, such as "09:00–12:00, 13:00–17:00". */
import { type Calendar, calendarSchema } from '../../../src-main/domain/calendar.ts'

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

export interface CalendarDraft {
  readonly zone: string
  /** From Monday to Sunday; empty: free. */
  readonly week: readonly string[]
  /** A day a line: 2026-12-25. */
  readonly holidays: string
}

export function calendarDraft(calendar: Calendar): CalendarDraft {
  return {
    zone: calendar.zone,
    week: calendar.week.map((day) => day.map(({ from, to }) => `${from}–${to}`).join(', ')),
    holidays: calendar.holidays.join('\n'),
  }
}

export type ReadCalendar =
  | { readonly calendar: Calendar }
  /** By `zone`, `holidays`, `week` or a day's name. */
  | { readonly problems: Readonly<Record<string, string>> }

export function readCalendar(draft: CalendarDraft): ReadCalendar {
  const problems: Record<string, string> = {}
  const week = dayNames.map((day, nth) => {
    const text = (draft.week[nth] ?? '').trim()
    if (text === '') return []
    const hours = text.split(',').map((span) => /^\s*(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})\s*$/.exec(span))
    if (hours.some((span) => span === null)) problems[day] = 'Hours such as 09:00–17:00, with a comma between two.'
    return hours.flatMap((span) => (span === null ? [] : [{ from: padded(span[1]), to: padded(span[2]) }]))
  })
  const holidays = draft.holidays.split(/[\s,;]+/).filter((day) => day !== '').toSorted()
  if (Object.keys(problems).length > 0) return { problems }
  const parsed = calendarSchema.safeParse({ zone: draft.zone.trim(), week, holidays: [...new Set(holidays)] })
  if (parsed.success) return { calendar: parsed.data }
  for (const { path, message } of parsed.error.issues) {
    const [part, nth] = path
    const name = part === 'week' && typeof nth === 'number' ? (dayNames[nth] ?? 'week') : String(part ?? 'week')
    problems[name] ??= name === 'holidays' ? `${holidays[Number(nth)] ?? 'A line'} is no day, such as 2026-12-25.` : sentence(message)
  }
  return { problems }
}

function padded(time: string | undefined): string {
  return (time ?? '').padStart(5, '0')
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}
