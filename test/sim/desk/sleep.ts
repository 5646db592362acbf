/** The computer sleeps for an hour or two, or naps for some minutes; nothing on it goes on meanwhile. */
import { type Instant, hours, minutes } from '../../../src-main/domain/time.ts'
import { dice } from '../chance.ts'
import { ourselves } from '../ourselves.ts'
import { type DeskScenario, labelled } from './scenario.ts'

interface Sleep {
  readonly from: Instant
  readonly to: Instant
  readonly isLong: boolean
}

const twinShare = 0.3
/** As long as the rule shows it. */
const shownFor = hours(12)
const twin = 'It naps for some minutes, now and then, and reads again what came meanwhile.'

export const sleeps: DeskScenario = {
  name: 'F12-monitor-sleeps', rules: ['F12-monitor-blind'], twin,
  says: 'The computer sleeps for an hour or two, and naps for some minutes after that.',
  play({ seed, startedAt, machine }) {
    const planned = sleepsOf(seed, startedAt)
    const slept: Sleep[] = []
    return {
      act(now) {
        const next = planned[0]
        if (next === undefined || now < next.from) return
        planned.shift()
        machine.suspend(next.to)
        slept.push(next)
      },
      labels: () => ({
        planted: slept.filter((one) => one.isLong).map(({ from, to }) =>
          labelled(sleeps.name, { rule: 'F12-monitor-blind', subject: { kind: 'connection', key: ourselves }, plantedAt: from, findableAt: to, healedAt: to + shownFor })),
        innocents: slept.some((one) => one.isLong) ? [] : [{ scenario: sleeps.name, subject: { kind: 'connection', key: ourselves }, because: twin }],
        excused: [],
      }),
      slept: () => slept,
    }
  },
}

/** One long one in most seeds, and naps before it and after. */
function sleepsOf(seed: number, startedAt: Instant): Sleep[] {
  const roll = dice(seed, 'sleep of the monitor')
  const between = (from: number, to: number): number => from + Math.floor(roll() * (to - from + 1))
  const longOne = roll() < twinShare ? -1 : between(0, 2)
  const planned: Sleep[] = []
  let from = startedAt
  for (let nth = 0; nth < 6; nth += 1) {
    const isLong = nth === longOne
    from += minutes(between(40, 120))
    const to = from + (isLong ? minutes(between(20, 150)) : minutes(between(1, 8)))
    planned.push({ from, to, isLong })
    from = to
  }
  return planned
}
