/** When people buy: by the hour of the day and the day of the week, as many as the merchant is used to. */
import type { Instant } from '../world.ts'
import { hour } from './calendar.ts'
import type { Dice } from './dice.ts'
import type { Stage } from './stage.ts'

/** Share of a day's orders by the hour on the merchant's wall: quiet at night, a peak at lunch and one after dinner. */
const byHour = [8, 4, 2, 2, 2, 4, 10, 22, 38, 48, 54, 56, 62, 58, 52, 50, 52, 56, 60, 66, 74, 70, 46, 22] as const
/** Sunday first; a Monday is the busiest. */
const byWeekday = [108, 112, 100, 98, 98, 96, 88] as const

export interface Traffic {
  readonly ordersPerDay: number
  /** No more after it; null: without end. */
  readonly until: Instant | null
  readonly arrives: (at: Instant) => void
}

/** Plans each hour at its start. */
export function startTraffic(stage: Stage, traffic: Traffic): void {
  const dice = stage.dice('traffic')
  const whole = byHour.reduce<number>((sum, weight) => sum + weight, 0)

  function planHour(): void {
    const from = stage.agenda.now()
    const to = stage.calendar.nextHour(from)
    if (traffic.until !== null && from >= traffic.until) return
    const { hour: wallHour, weekday } = stage.calendar.local(from)
    const share = ((byHour[wallHour] ?? 0) / whole) * ((byWeekday[weekday] ?? 100) / 100) * ((to - from) / hour)
    const count = rounded(dice, traffic.ordersPerDay * share * (dice.int(80, 120) / 100))
    const moments = Array.from({ length: count }, () => dice.int(from, to - 1)).toSorted((left, right) => left - right)
    for (const at of moments) {
      if (traffic.until === null || at < traffic.until) stage.agenda.at(at, () => traffic.arrives(at))
    }
    stage.agenda.at(to, planHour)
  }

  stage.agenda.at(stage.agenda.now(), planHour)
}

/** Up or down by chance, so that small shares are not lost. */
function rounded(dice: Dice, figure: number): number {
  const whole = Math.floor(figure)
  return whole + (dice.chance(figure - whole) ? 1 : 0)
}
