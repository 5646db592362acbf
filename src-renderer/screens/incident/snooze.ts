/** When a snoozed incident may come back: moments of the person's own working day, right across clock changes. */
import type { Instant } from '../../../src-main/domain/time.ts'
import { dayOf, timeOfDay } from '../../parts/dates.ts'

const hour = 3_600_000
const startOfWork = 9

export interface SnoozeChoice {
  readonly words: string
  readonly until: Instant
}

export function snoozeChoices(now: Instant): readonly SnoozeChoice[] {
  return [
    { words: '1 hour', until: now + hour },
    { words: '4 hours', until: now + 4 * hour },
    { words: 'Tomorrow 09:00', until: workdayIn(now, 1) },
    { words: 'Monday 09:00', until: workdayIn(now, daysToMonday(now)) },
  ].filter((choice, index, all) => all.findIndex((each) => each.until === choice.until) === index)
}

/** By the calendar, not by 24 hours: on the day the clocks change these are not the same. */
function workdayIn(now: Instant, daysAhead: number): Instant {
  const date = new Date(now)
  return new Date(
    date.getFullYear(),
    date.getMonth(),
    date.getDate() + daysAhead,
    startOfWork,
  ).getTime()
}

/** 1 to 7: on a Monday it is the next one. */
function daysToMonday(now: Instant): number {
  return (8 - new Date(now).getDay()) % 7 || 7
}

/** As a `datetime-local` field writes it, in the machine's zone: `2026-07-14T14:02`. */
export function toField(at: Instant): string {
  return `${dayOf(at)}T${timeOfDay(at)}`
}

/** Null while the field is not filled in. */
export function fromField(text: string): Instant | null {
  const at = new Date(text).getTime()
  return text === '' || Number.isNaN(at) ? null : at
}
