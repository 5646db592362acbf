/** How figures are written: one notation on every screen, with a point for the fraction and a narrow space between thousands. */
import { type Money, toMajor } from '../../src-main/domain/money.ts'
import type { Span } from '../../src-main/domain/time.ts'

/** Narrow no-break space: groups digits without being read as a decimal mark in any country. */
export const groupMark = '\u202f'
/** Keeps a figure and its unit on one line. */
export const unitMark = '\u00a0'
/** A true minus, as wide as a digit in tabular figures. */
export const minusMark = '\u2212'

/** A plain decimal text with its thousands grouped: "-1234567.5" is "−1 234 567.5". */
export function grouped(decimal: string): string {
  const negative = decimal.startsWith('-')
  const [whole = '', fraction] = (negative ? decimal.slice(1) : decimal).split('.')
  const marked = whole.replaceAll(/\B(?=(\d{3})+$)/g, groupMark)
  return `${negative ? minusMark : ''}${marked}${fraction === undefined ? '' : `.${fraction}`}`
}

export function count(whole: number): string {
  return grouped(String(whole))
}

/** The amount without its currency, with exactly the currency's digits: 2 for EUR, 0 for JPY, 3 for KWD. */
export function amountOf(money: Money, signed = false): string {
  const text = grouped(toMajor(money.minor, money.currency))
  return signed && money.minor > 0 ? `+${text}` : text
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A span in its one or two largest units: "40 s", "1 min 20 s", "12 min", "3 h 05 min", "2 d 4 h". Rounded down, never up. */
export function spanOf(span: Span): string {
  return wordsOf(span).replaceAll(' ', unitMark)
}

function wordsOf(span: Span): string {
  const ms = Math.max(0, span)
  if (ms < minute) return `${Math.floor(ms / second)} s`
  if (ms < 10 * minute) {
    const seconds = Math.floor((ms % minute) / second)
    return `${Math.floor(ms / minute)} min${seconds === 0 ? '' : ` ${String(seconds).padStart(2, '0')} s`}`
  }
  if (ms < hour) return `${Math.floor(ms / minute)} min`
  if (ms < day) {
    const minutes = Math.floor((ms % hour) / minute)
    return `${Math.floor(ms / hour)} h${minutes === 0 ? '' : ` ${String(minutes).padStart(2, '0')} min`}`
  }
  const hours = Math.floor((ms % day) / hour)
  return `${count(Math.floor(ms / day))} d${hours === 0 || ms >= 10 * day ? '' : ` ${hours} h`}`
}

/** A span in its one largest unit, for narrow places. */
export function shortSpanOf(span: Span): string {
  const ms = Math.max(0, span)
  if (ms < minute) return `${Math.floor(ms / second)}${unitMark}s`
  if (ms < hour) return `${Math.floor(ms / minute)}${unitMark}min`
  if (ms < day) return `${Math.floor(ms / hour)}${unitMark}h`
  return `${count(Math.floor(ms / day))}${unitMark}d`
}
