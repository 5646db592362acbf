/** What a simulation is asked for on its command line, or what is wrong with the asking. */
import { parseArgs } from 'node:util'
import type { Failing } from './score.ts'

export interface Plan {
  /** One by its name, or all of a pattern by its letters (F05), or several of either with commas; null: every one. */
  readonly scenario: string | null
  readonly seeds: number
  /** The first one; fresh unless it is named. */
  readonly seed: number
  readonly days: number
  /** Seconds between two readings of what must be near real time. */
  readonly interval: number
  /** Faults for each order that is placed, and its lookalikes; null: as the scenarios ask for. */
  readonly faults: number | null
  /** Out of 1: calls that end in an error that passes by itself, all the time. */
  readonly errors: number
  /** The seed's own: rough lines, lists that lag, old answers, clocks that are off, a past. Else nothing goes wrong but what the scenarios bring. */
  readonly weather: boolean
  /** Each scenario is played so often, in its turn, and nothing by chance; 0: all by chance. */
  readonly turns: number
  readonly crashes: number
  readonly replays: number
  readonly history: boolean
  readonly json: boolean
  /** Goals that are not met yet: told like all others, and not failed for. */
  readonly unmet: readonly Failing['what'][]
  /** Where a report in vitest's shape is written. */
  readonly report: string | null
}

const options = {
  seeds: { type: 'string', default: '3' },
  seed: { type: 'string' },
  days: { type: 'string', default: '1' },
  scenario: { type: 'string' },
  interval: { type: 'string', default: '300' },
  faults: { type: 'string' },
  errors: { type: 'string', default: '0' },
  turns: { type: 'string', default: '0' },
  crashes: { type: 'string', default: '0' },
  replays: { type: 'string', default: '0' },
  weather: { type: 'boolean', default: false },
  history: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  unmet: { type: 'string', default: '' },
  report: { type: 'string' },
} as const

/** What may be unmet: how much is found and explained, and how often the wolf is cried. What must never happen may not. */
const mayBeUnmet: readonly string[] = ['missed', 'late', 'false-alarm', 'unexplained', 'wrong-cause', 'wrong-amount'] satisfies readonly Failing['what'][]

/** The least that each number may be; days alone may be a part of one. */
const least = { seeds: 0, seed: 0, days: 0, interval: 5, turns: 0, crashes: 0, replays: 0 } as const

export function planOf(args: readonly string[], scenarios: readonly string[]): Plan | { readonly problem: string } {
  const read = readArgs(args)
  if ('problem' in read) return read
  const { values } = read
  const seed = values.seed ?? String(Math.floor(Math.random() * 1_000_000_000))
  const given: Readonly<Record<keyof typeof least, string>> = { ...values, seed }
  for (const name of ['seeds', 'seed', 'days', 'interval', 'turns', 'crashes', 'replays'] as const) {
    const number = Number(given[name])
    const isWhole = name === 'days' ? Number.isFinite(number) : Number.isSafeInteger(number)
    if (given[name].trim() === '' || !isWhole || number < least[name]) {
      return { problem: `--${name} takes a number of at least ${least[name]}, and not "${given[name]}".` }
    }
  }
  if (values.scenario !== undefined && namedBy(values.scenario, scenarios).length === 0) {
    return { problem: `There is no scenario "${values.scenario}". There are:\n${scenarios.map((name) => `  ${name}`).join('\n')}` }
  }
  for (const [name, value] of [['faults', values.faults], ['errors', values.errors]] as const) {
    if (value !== undefined && !isShare(value)) return { problem: `--${name} takes a number from 0 to 1, and not "${value}".` }
  }
  const unmet = values.unmet.split(',').filter((one) => one !== '')
  if (!unmet.every(isMayBeUnmet)) return { problem: `--unmet takes some of ${mayBeUnmet.join(', ')}, and not "${values.unmet}".` }
  return {
    scenario: values.scenario ?? null,
    seeds: Number(given.seeds),
    seed: Number(given.seed),
    days: Number(given.days),
    interval: Number(given.interval),
    faults: values.faults === undefined ? null : Number(values.faults),
    errors: Number(values.errors),
    turns: Number(given.turns),
    crashes: Number(given.crashes),
    replays: Number(given.replays),
    weather: values.weather,
    history: values.history,
    json: values.json,
    unmet: unmet.filter(isMayBeUnmet),
    report: values.report ?? null,
  }
}

/** Names with commas between them; a pattern's letters stand for all of its scenarios. None where one of them names nothing. */
export function namedBy(wanted: string, scenarios: readonly string[]): readonly string[] {
  const named = wanted.split(',').map((one) => scenarios.filter((name) => name === one || (/^F\d\d$/.test(one) && name.startsWith(`${one}-`))))
  return named.every((some) => some.length > 0) ? [...new Set(named.flat())] : []
}

function isShare(value: string): boolean {
  const number = Number(value)
  return value.trim() !== '' && number >= 0 && number <= 1
}

function isMayBeUnmet(name: string): name is Failing['what'] {
  return mayBeUnmet.includes(name)
}

function readArgs(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options })
  } catch (error) {
    // parseArgs says which word it does not know
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
