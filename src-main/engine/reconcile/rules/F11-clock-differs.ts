/** A platform's clock is so far off that moments of the two sides cannot be compared at face value. */
import { z } from 'zod'
import { clockOffsetMaxMs } from '../../../domain/connection.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F11-clock-differs',
  title: 'A platform’s clock is off',
  over: 'connection',
  severity: 'medium',
  params: z.object({ offsetMaxMs: z.int().min(1000).default(clockOffsetMaxMs).meta({ title: 'Clocks apart, in milliseconds', description: 'More than that is told: dates of two sides are compared by it.' }) }),
  repair: null,
  guide: [
    'Check this computer’s clock first: is it set by the network?',
    'If it is right, the server’s clock is wrong: whoever runs it should switch on time synchronisation.',
    'Plumbline corrects for the difference meanwhile; documents keep the wrong times.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { clockOffsetMs } = seen
    if (clockOffsetMs === null || Math.abs(clockOffsetMs) <= params.offsetMaxMs) return null
    const minutesOff = Math.round(Math.abs(clockOffsetMs) / 60_000)
    const way = clockOffsetMs > 0 ? 'behind' : 'ahead of'
    return {
      kind: 'speaks',
      says: `The clock of ${seen.label} is ${minutesOff} minutes ${way} this computer’s.`,
      evidence: [evidence('Offset', `${minutesOff} minutes`, null, true)],
    }
  },
})
