/** A business day is over, and nobody has signed it off in time: what it does not explain is seen by nobody. */
import { z } from 'zod'
import { workingDue } from '../../../domain/calendar.ts'
import { toMajor } from '../../../domain/money.ts'
import { hours, iso } from '../../../domain/time.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F12-day-not-signed',
  title: 'A day is not signed off',
  over: 'day',
  severity: 'medium',
  params: z.object({
    workingHours: z.int().min(1).max(500).default(8).meta({ title: 'Signed within, in working hours', description: 'Of whoever answers, counted from the end of the day: eight are the next working day.' }),
    workingHoursGrave: z.int().min(1).max(1000).default(24).meta({ title: 'Graver after, in working hours', description: 'After so many nobody closes days any more.' }),
  }),
  repair: null,
  guide: [
    'Open the day under Close: see what is unexplained or not judged, and follow each step to its orders.',
    'Sign it off with your name; a note is needed where something has no place yet.',
    'Who answers for it, and from which day on days are signed, is set under Rules & owners and in the pair.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    // a day that was signed and opened again is told as that
    if (!seen.isWanted || seen.signOff !== null || seen.figures === null) return null
    const dueAt = workingDue(seen.calendar, seen.endsAt, hours(params.workingHours))
    if (dueAt === null || seen.now < dueAt) return null
    const graveAt = workingDue(seen.calendar, seen.endsAt, hours(params.workingHoursGrave))
    const { figures, currency } = seen
    const amount = (minor: number) => `${toMajor(minor, currency)} ${currency}`
    return {
      kind: 'speaks',
      severity: graveAt !== null && seen.now >= graveAt ? 'high' : 'medium',
      dueAt,
      says: `${seen.day} is not signed off in ${currency}; it was due ${iso(dueAt)}.`,
      evidence: [
        evidence('Taken and booked', amount(figures.shop), amount(figures.erp)),
        evidence('Unexplained', amount(figures.unexplained), null, figures.unexplained !== 0),
        evidence('Not judged', amount(figures.notJudged), null, figures.notJudged !== 0),
        evidence('Signed by', 'nobody', null, false),
      ],
    }
  },
})
