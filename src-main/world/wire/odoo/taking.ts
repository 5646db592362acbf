/** How a field takes what a client gives it: as Python's own conversions take it, or refused in their words. */
import { Decimal } from '../../decimal.ts'
import type { Instant } from '../../erp/erp.ts'
import { databaseError, type OdooFault, typeError, valueError } from './faults.ts'
import type { Field, Raw } from './fields.ts'
import { isTruthy, repr, typeName } from './python-json.ts'

/** What is given to a field of a model; a relation of many is a list of commands and is not taken here. */
export function taken(value: unknown, field: Field, place: string, isNew: boolean): Raw {
  switch (field.type) {
    case 'integer': return integerOf(value)
    case 'float':
    case 'monetary': return decimalOf(value)
    case 'boolean': return isTruthy(value)
    case 'char':
    case 'text': return textOf(value)
    case 'selection': return choiceOf(value, field, place)
    case 'date': return dayOf(value)
    case 'datetime': return momentOf(value)
    case 'many2one': return idOf(value, place, isNew)
    default: throw new Error(`A list of records is not one value: ${place}.`)
  }
}

const whole = /^\s*[+-]?\d+(?:_\d+)*\s*$/

/** `int(value or 0)`, into four bytes. */
export function integerOf(value: unknown): number {
  if (!isTruthy(value)) return 0
  if (value === true) return 1
  const number = typeof value === 'number' ? Math.trunc(value) : typeof value === 'string' ? parsedInteger(value) : null
  if (number === null) {
    throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`)
  }
  if (Math.abs(number) > 2_147_483_647) throw databaseError('NumericValueOutOfRange', 'integer out of range\n')
  return number
}

function parsedInteger(text: string): number {
  if (!whole.test(text)) throw valueError(`invalid literal for int() with base 10: ${repr(text)}`)
  return Number(text.replaceAll('_', ''))
}

/** `float(value or 0.0)`. */
export function decimalOf(value: unknown): Decimal {
  if (value instanceof Decimal) return value
  if (!isTruthy(value)) return new Decimal(0)
  if (value === true) return new Decimal(1)
  if (typeof value === 'number') return new Decimal(value)
  if (typeof value !== 'string') throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`)
  const text = value.trim()
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw valueError(`could not convert string to float: ${repr(value)}`)
  return new Decimal(text)
}

/** Whatever it is, its text. */
export function textOf(value: unknown): string | null {
  if (value === false || value === null || value === undefined || value === '') return null
  return typeof value === 'string' ? value : repr(value)
}

function choiceOf(value: unknown, field: Field, place: string): string | null {
  if (!isTruthy(value)) return null
  const choice = field.selection?.find(([name]) => name === value)
  if (choice === undefined) throw valueError(`Wrong value for ${place}: ${repr(value)}`)
  return choice[0]
}

/** `strptime` of the first ten characters. */
function dayOf(value: unknown): string | null {
  if (!isTruthy(value)) return null
  if (typeof value !== 'string') throw notSubscriptable(value)
  const text = value.slice(0, 10)
  read(text, '%Y-%m-%d')
  return text
}

const inFull = '%Y-%m-%d %H:%M:%S'

/** `strptime` by as much of the format as the text is long: a `T` or a zone is not in it. */
function momentOf(value: unknown): Instant | null {
  if (!isTruthy(value)) return null
  if (typeof value !== 'string') throw typeError(`object of type '${typeName(value)}' has no len()`)
  return read(value, inFull.slice(0, Math.max(0, value.length - 2)))
}

const shapes: Readonly<Record<string, RegExp>> = {
  '%Y-%m-%d': /^(\d{4})-(\d\d?)-(\d\d?)/,
  '%Y-%m-%d %H': /^(\d{4})-(\d\d?)-(\d\d?) (\d\d?)/,
  '%Y-%m-%d %H:%M': /^(\d{4})-(\d\d?)-(\d\d?) (\d\d?):(\d\d?)/,
  [inFull]: /^(\d{4})-(\d\d?)-(\d\d?) (\d\d?):(\d\d?):(\d\d?)/,
}

function read(text: string, format: string): Instant {
  const [all = '', year, month, day, hour = 0, minute = 0, second = 0] = shapes[format]?.exec(text) ?? []
  const parts = [Number(month), Number(day), Number(hour), Number(minute), Number(second)] as const
  const [m, d, h, min, s] = parts
  if (all === '' || m < 1 || m > 12 || d < 1 || d > 31 || h > 23 || min > 59 || s > 61) {
    throw valueError(`time data ${repr(text)} does not match format '${format}'`)
  }
  if (all.length < text.length) throw valueError(`unconverted data remains: ${text.slice(all.length)}`)
  const at = Date.UTC(Number(year), m - 1, d, h, min, s)
  if (new Date(Date.UTC(Number(year), m - 1, d)).getUTCDate() !== d) throw valueError('day is out of range for month')
  return at
}

function notSubscriptable(value: unknown): OdooFault {
  return typeError(`'${typeName(value)}' object is not subscriptable`)
}

/** A write takes for nothing what is no id; an insert hands it to PostgreSQL as it came. */
function idOf(value: unknown, place: string, isNew: boolean): number | null {
  if (typeof value === 'number' && Number.isInteger(value)) return value === 0 ? null : value
  if (!isNew || !isTruthy(value)) return null
  if (typeof value === 'string') {
    throw databaseError('InvalidTextRepresentation', `invalid input syntax for type integer: "${value}"\n`)
  }
  const column = place.split('.').at(-1) ?? place
  const type = { bool: 'boolean', float: 'numeric', list: 'integer[]' }[typeName(value)] ?? 'jsonb'
  throw databaseError('DatatypeMismatch', `column "${column}" is of type integer but expression is of type ${type}\n`)
}
