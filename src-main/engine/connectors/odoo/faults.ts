/**
 * What Odoo's errors mean. JSON-RPC gives them as HTTP 200 with `error.data`, JSON-2 as a status with the same object
 * for its body; the exception's name says more than either's code. Its `debug`, a traceback, is never looked at.
 */
import { type Fault, fault, rejectionClass } from '../../../domain/fault.ts'
import { z } from 'zod'

const said = z.object({ name: z.string(), message: z.string().nullish() })
const inRpc = z.object({
  error: z.object({
    code: z.string().nullish(),
    message: z.string().nullish(),
    data: said.nullish(),
  }),
})

/** Odoo or its database was busy: locks, conflicts between transactions, no free connection. */
const passing =
  /(?:SerializationFailure|LockNotAvailable|DeadlockDetected|TransactionRollback\w*|QueryCanceled\w*|InterfaceError|PoolError|OperationalError|ConcurrencyError|LockError|ServiceUnavailable|TooManyConnections)$/
/** A value or a call that Odoo does not take, or that its database does not: all that psycopg2 names and that does not pass. */
const wrongCall =
  /(?:ValidationError|ValueError|KeyError|TypeError|IndexError|AssertionError|UnprocessableEntity|BadRequest)$|^psycopg2\.(?:errors\.|DataError|ProgrammingError|IntegrityError)/
/** Up to 18 a model that is not there is told like a business rule. */
const noSuchModel = /^Object [\w.]+ doesn't exist$/
const refusedByRule = /(?:UserError|RedirectWarning|odoo\.exceptions\.\w+)$/

/** The same in words, where only a text is left of the exception (`load`). */
const passingWords =
  /could not (?:serialize|obtain lock)|deadlock|lock timeout|concurrent update|canceling statement/i
const noDatabase = /database .* does not exist/i

/** Rows of our own on top of the default table; null: the default holds. */
export function faultOfOdoo(answer: {
  readonly status: number
  readonly json: unknown
}): Fault | null {
  const { json, status } = answer
  if (status >= 200 && status < 300) {
    const rpc = inRpc.safeParse(json).data?.error
    if (rpc === undefined) return null
    if (rpc.code === '100') return refusedKey('session expired')
    if (rpc.code === '404' && rpc.data?.name === undefined) return noSuchMethod('route not found')
    return faultOfException(rpc.data?.name ?? '', rpc.data?.message ?? rpc.message ?? '', status)
  }
  const named = said.safeParse(json).data
  if (status === 401) return refusedKey(named?.message ?? '')
  return named === undefined ? null : faultOfException(named.name, named.message ?? '', status)
}

/** What `load` says of rows that it did not take. */
export function faultOfMessages(messages: readonly string[]): Fault {
  const detail = withoutValues(messages.join(' / '))
  if (messages.some((message) => passingWords.test(message))) return busy(detail)
  const wrong = messages.some((message) =>
    /No matching record|Missing required|required field|Invalid database id|does not exist|not found in selection/i.test(
      message,
    ),
  )
  return wrong ? wrongValue(messages.join(' / '), detail) : againstRule(messages.join(' / '), detail)
}

function faultOfException(name: string, message: string, status: number): Fault {
  const detail = `${name.split('.').at(-1) ?? name}: ${withoutValues(message)}`
  if (noDatabase.test(message)) return unknownDatabase()
  if (passing.test(name) || passingWords.test(message)) return busy(detail)
  if (/AccessDenied|SessionExpired|Unauthorized/.test(name)) return refusedKey(detail)
  if (name.endsWith('AccessError')) return mayNot(message, detail)
  if (name.endsWith('MissingError')) {
    const says = 'Something in Odoo was deleted while it was being read. Reading goes on by itself.'
    return fault('temporary', says, { detail })
  }
  if (/(?:NotFound|AttributeError)$/.test(name) || noSuchModel.test(message)) return noSuchMethod(detail)
  if (wrongCall.test(name)) return wrongValue(message, detail)
  if (refusedByRule.test(name)) return againstRule(message, detail)
  if (status >= 500) return busy(detail)
  return fault(
    'unexpected-shape',
    'Odoo failed inside while answering. If it stays so, show the detail to whoever runs Odoo.',
    { detail, path: '' },
  )
}

function refusedKey(detail: string): Fault {
  return fault(
    'credentials',
    'Odoo did not accept this API key. It may have expired: make a new one in Odoo and enter it under Connections.',
    { status: 401, detail },
  )
}

export function unknownDatabase(): Fault {
  return fault(
    'not-found',
    'The server has no Odoo database of this name. Correct the database in the settings of the connection.',
    { path: 'database' },
  )
}

function noSuchMethod(detail: string): Fault {
  return fault(
    'not-found',
    'Odoo does not know something that Plumbline asks for: an app (Sales, Invoicing or Inventory) is not installed there.',
    { detail },
  )
}

function mayNot(message: string, detail: string): Fault {
  const model = /\(([a-z_]+(?:\.[a-z_]+)+)\)/.exec(message)?.[1]
  const what = model === undefined ? 'something that Plumbline needs' : `"${model}"`
  const says = `Odoo does not let this user at ${what}. Give its groups the right to it.`
  return fault('permission', says, { detail })
}

function busy(detail: string): Fault {
  return fault(
    'temporary',
    'Odoo or its database was busy for a moment. Reading goes on by itself.',
    { detail },
  )
}

/** Labels and names of fields are Odoo's own words, and nobody's data. */
function wrongValue(message: string, detail: string): Fault {
  const missing =
    /Missing required value for the field '([^'\n]{1,80})'/.exec(message)?.[1] ?? /^Field: ([^\n]{1,80}) \(\w+\)$/m.exec(message)?.[1]
  if (missing !== undefined)
    return fault('validation', `Odoo wants a value for “${missing}” and got none. Nothing was changed.`, { detail })
  const unknown = /Invalid field '?([\w.]{1,80})'? (?:on|in) /.exec(message)?.[1]
  if (unknown !== undefined) {
    const says = `Odoo does not have the field “${unknown}” that was asked for or written. Nothing was changed.`
    return fault('validation', says, { detail })
  }
  const says = 'Odoo found a value missing or not allowed. Nothing was changed.'
  return fault('validation', says, { detail })
}

function againstRule(message: string, detail: string): Fault {
  const says = 'Odoo refused this by one of its own business rules. Nothing was changed.'
  return fault(rejectionClass(message), says, { detail })
}

/**
 * The first line, without what Odoo puts between quotes and brackets: names of records, and so of
 * customers.
 */
function withoutValues(message: string): string {
  return (message.trim().split('\n')[0] ?? '')
    .slice(0, 400)
    .replace(/"[^"]*"|'[^']*'|“[^”]*”|\([^()]*,[^()]*\)/g, '"…"')
    .replace(/Sorry, .*? \(id=\d+\)/, 'Sorry, …')
    .replace(/[^\s"<>]+@[^\s"<>]+/g, '…@…')
}
