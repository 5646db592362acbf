/** Which part of what is found is wanted, and in what order: asked in values that Odoo hands on to PostgreSQL. */
import { databaseError, typeError } from './faults.ts'
import type { Env } from './fields.ts'
import { isTruthy, typeName } from './python-json.ts'
import type { Page } from './searching.ts'
import type { Values } from './values.ts'

export function pageOf(args: Values, env: Env): Page {
  const { order } = args
  if (isTruthy(order) && typeof order !== 'string') throw typeError(`expected string or bytes-like object, got '${typeName(order)}'`)
  return {
    offset: rowsOf('OFFSET', args['offset'], env) ?? 0,
    limit: limitOf(args, env),
    order: typeof order === 'string' && order !== '' ? order : null,
  }
}

/** No limit is none, false, or zero. */
export function limitOf(args: Values, env: Env): number | null {
  return rowsOf('LIMIT', args['limit'], env)
}

const negative = { LIMIT: 'InvalidRowCountInLimitClause', OFFSET: 'InvalidRowCountInResultOffsetClause' } as const

/** Up to 16 a number is written into the query by Python; later it is a parameter, which PostgreSQL reads also from a text. */
function rowsOf(clause: keyof typeof negative, value: unknown, { version }: Env): number | null {
  if (!isTruthy(value)) return null
  if (version === 16 && typeof value !== 'number' && value !== true) {
    throw typeError(`%d format: a real number is required, not ${typeName(value)}`)
  }
  if (typeof value === 'string' && !/^\s*[+-]?\d+\s*$/.test(value)) {
    throw databaseError('InvalidTextRepresentation', `invalid input syntax for type bigint: "${value}"\n`)
  }
  if (typeof value !== 'number' && typeof value !== 'string') {
    if (version === 16) return 1
    const type = value === true ? 'boolean' : 'text[]'
    throw databaseError('DatatypeMismatch', `argument of ${clause} must be type bigint, not type ${type}\n`)
  }
  const rows = Math.trunc(Number(value))
  if (rows < 0) throw databaseError(negative[clause], `${clause} must not be negative\n`)
  return rows
}
