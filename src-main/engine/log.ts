/** The engine's diary on stderr: bounded, and only allow-listed fields, so that no secret and no customer gets into it. */
import type { Clock } from '../domain/clock.ts'
import { type Instant, iso, minutes } from '../domain/time.ts'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * What may be said, and nothing else. None of these ever holds what a platform's row says: ids and words of ours,
 * paths without their query, counts and spans.
 */
const fields = {
  action: 'text',
  bytes: 'number',
  changed: 'number',
  complete: 'flag',
  connection: 'text',
  count: 'number',
  fault: 'text',
  gone: 'number',
  incident: 'text',
  intent: 'text',
  method: 'text',
  pages: 'number',
  pair: 'text',
  path: 'text',
  pid: 'number',
  platform: 'text',
  records: 'number',
  rule: 'text',
  state: 'text',
  status: 'number',
  stream: 'text',
  tookMs: 'number',
  version: 'text',
  waitMs: 'number',
} as const satisfies Record<string, 'text' | 'number' | 'flag'>

type FieldValue = { text: string; number: number; flag: boolean }

export type LogFields = { readonly [Name in keyof typeof fields]?: FieldValue[(typeof fields)[Name]] | null }

export interface Log {
  debug(event: string, given?: LogFields): void
  info(event: string, given?: LogFields): void
  warn(event: string, given?: LogFields): void
  /** A bug's name, code and place are told; quoted parts of its message are not, as they may quote a row. */
  error(event: string, given?: LogFields, error?: unknown): void
}

const textMax = 200
const lineMax = 2000
/** Lines of one event in a minute; what is more is counted and told as one line. */
const perMinuteMax = 120
const eventsMax = 500

export function newLog(options: {
  readonly write: (line: string) => void
  readonly clock: Pick<Clock, 'now'>
  readonly format: 'json' | 'plain'
  readonly atLeast: LogLevel
}): Log {
  const { clock, format, write } = options
  const least = logLevels.indexOf(options.atLeast)
  const counts = new Map<string, { minute: number; lines: number }>()

  function emit(at: Instant, level: LogLevel, event: string, told: Readonly<Record<string, unknown>>): void {
    const words = Object.entries(told).map(([name, value]) => ` ${name}=${String(value)}`)
    const line =
      format === 'json'
        ? JSON.stringify({ at: iso(at), level, event, ...told })
        : `${iso(at)} ${level.padEnd(5)} ${event}${words.join('')}`
    write(`${line.slice(0, lineMax)}\n`)
  }

  function mayTell(at: Instant, level: LogLevel, event: string): boolean {
    const minute = Math.floor(at / minutes(1))
    const count = counts.get(event)
    if (count === undefined || count.minute !== minute) {
      const dropped = (count?.lines ?? 0) - perMinuteMax
      if (dropped > 0) emit(at, level, event, { suppressed: dropped })
      if (count === undefined && counts.size >= eventsMax) counts.clear()
      counts.set(event, { minute, lines: 1 })
      return true
    }
    count.lines += 1
    return count.lines <= perMinuteMax
  }

  function tell(level: LogLevel, event: string, given: LogFields, more: Readonly<Record<string, string>> = {}): void {
    if (logLevels.indexOf(level) < least) return
    const at = clock.now()
    const name = clean(event).slice(0, 60)
    if (mayTell(at, level, name)) emit(at, level, name, { ...allowed(given), ...more })
  }

  return {
    debug: (event, given = {}) => tell('debug', event, given),
    info: (event, given = {}) => tell('info', event, given),
    warn: (event, given = {}) => tell('warn', event, given),
    error: (event, given = {}, error = null) => tell('error', event, given, error === null ? {} : bugOf(error)),
  }
}

function allowed(given: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(given)) {
    const kind = Object.hasOwn(fields, name) ? fields[name as keyof typeof fields] : null // checked by hasOwn
    if (kind === 'text' && typeof value === 'string') kept[name] = clean(value).slice(0, textMax)
    if (kind === 'number' && typeof value === 'number') kept[name] = value
    if (kind === 'flag' && typeof value === 'boolean') kept[name] = value
  }
  return kept
}

/** One line, no query of an address, no e-mail address. */
function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\?\S*/g, '')
    .replace(/[^\s@]+@[^\s@]+/g, '[e-mail]')
}

function bugOf(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: 'something that is no Error was thrown' }
  const code = 'code' in error && typeof error.code === 'string' ? { code: clean(error.code).slice(0, 60) } : {}
  const unquoted = error.message.replace(/(["'`])(?:(?!\1)[^])*\1/g, '$1…$1').replace(/\d{5,}/g, '…')
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const places = frames.slice(0, 4).map((frame) => frame.trim().replace(/\(?file:.*\/(src-main|out)\//, '($1/'))
  return {
    error: `${error.name}: ${clean(unquoted).slice(0, 300)}`,
    ...code,
    where: places.join(' ').slice(0, 600),
  }
}
