/**
 * What Tryton's errors mean: they come as HTTP 200 with `error`, and all look alike (ERP.md §4.9,
 * §9).
 */
import { type Fault, fault, rejectionClass } from '../../../domain/fault.ts'

/**
 * Words of Tryton's English messages (ir/message.xml 6.0). We log in with language "en", so that
 * they are these.
 */
const notAllowed = /\bnot allowed\b/i
const vanished = /\bdon't exist anymore\b/i
const notValid =
  /^A value is required for field|is not valid according to its domain|^The number of digits|is not one of the allowed options|is too long \(|^The time value|^The value .* does not exist|^The value .* is not valid|forbidden char/i
const passing =
  /could not (?:obtain lock|serialize|connect)|deadlock|lock (?:timeout|not available)|concurrent update|canceling statement|connection (?:already )?(?:closed|refused|reset)|closed the connection|too many (?:clients|connections)|database is locked|server is (?:starting|shutting)/i

/** Rows of our own on top of the default table; null: the default holds. */
export function faultOfTryton(answer: {
  readonly status: number
  readonly json: unknown
}): Fault | null {
  if (answer.status === 403) {
    return fault(
      'permission',
      'Tryton does not offer this user something that Plumbline asks for: a module is missing there, or a web server in front of it refuses. Ask whoever runs Tryton.',
    )
  }
  if (answer.status === 404) {
    return fault(
      'not-found',
      'The server has no Tryton database of this name. Check the address: it ends with the database, such as https://erp.example.com/company/.',
      { path: 'baseUrl' },
    )
  }
  if (answer.status !== 200) return null
  const error = errorIn(answer.json)
  return error === null ? null : faultOfError(error)
}

/** The error as a list, in whatever shape; null when the answer is none. */
function errorIn(json: unknown): readonly unknown[] | null {
  if (typeof json !== 'object' || json === null || !('error' in json)) return null
  return Array.isArray(json.error) ? json.error : [json.error]
}

function faultOfError(error: readonly unknown[]): Fault {
  const [kind, content] = error
  const words = Array.isArray(content)
    ? content.map((word) => (typeof word === 'string' ? word : ''))
    : []
  switch (kind) {
    case 'UserError':
      return faultOfUserError(words[0] ?? '')
    case 'UserWarning':
      // A person would have to answer yes; we never do it for them. The name ends with ids, so only
      // its kind is kept.
      return fault(
        'erp-rejection',
        'Tryton stopped with a warning that a person has to confirm there. Nothing was changed.',
        {
          detail: `UserWarning ${(words[0] ?? '').replace(/\d+/g, '#')}`,
        },
      )
    case 'ConcurrencyException':
      return fault(
        'temporary',
        'Somebody changed the same record in Tryton at this moment. It is read again by itself.',
        {
          detail: 'ConcurrencyException',
        },
      )
    case 'LoginException':
      return fault(
        'credentials',
        'Tryton asks this user for more than a password. Give Plumbline a user of its own that logs in by password alone.',
        { detail: `LoginException ${words[0] ?? ''}` },
      )
    default:
      return faultOfException(typeof kind === 'string' ? kind : '')
  }
}

function faultOfUserError(message: string): Fault {
  if (notAllowed.test(message)) {
    const model = /(?:access|of|on) "([^"]{1,60})"/.exec(message)?.[1]
    const what = model === undefined ? 'something that Plumbline needs' : `"${model}"`
    return fault(
      'permission',
      `Tryton does not let this user at ${what}. Give its group the right to it.`,
      {
        detail: `UserError: ${withoutValues(message)}`,
      },
    )
  }
  if (vanished.test(message)) {
    return fault(
      'temporary',
      'Something in Tryton was deleted while it was being read. Reading goes on by itself.',
      {
        detail: `UserError: ${withoutValues(message)}`,
      },
    )
  }
  if (notValid.test(message)) {
    const field = /field "([^"]{1,60})"/.exec(message)?.[1]
    const where = field === undefined ? '' : ` in the field "${field}"`
    return fault(
      'validation',
      `Tryton found a value${where} missing or not allowed. Nothing was changed.`,
      {
        detail: `UserError: ${withoutValues(message)}`,
      },
    )
  }
  return fault(
    rejectionClass(message),
    'Tryton refused this by one of its own business rules. Nothing was changed.',
    {
      detail: `UserError: ${withoutValues(message)}`,
    },
  )
}

/**
 * Two bare strings: a Python exception that nobody expected, such as the KeyError `'foo'` of an
 * unknown field or model.
 */
function faultOfException(message: string): Fault {
  if (passing.test(message)) {
    return fault(
      'temporary',
      'Tryton or its database was busy for a moment. Reading goes on by itself.',
      {
        detail: `error: ${withoutValues(message)}`,
      },
    )
  }
  const key = /^'([\w. ]{1,80})'$/.exec(message)?.[1]
  return fault(
    'unexpected-shape',
    key === undefined
      ? 'Tryton failed inside while answering. If it stays so, show the detail to whoever runs Tryton.'
      : `Tryton does not know "${key}": a module is missing there, or its version is another than 6.0.`,
    { detail: `error: ${key === undefined ? withoutValues(message) : message}`, path: key ?? '' },
  )
}

/**
 * Tryton puts records' names, and so customers', between quotes; fields and models stand there as
 * well and are told apart by the word before them. E-mail addresses go wherever they stand.
 */
function withoutValues(message: string): string {
  return message
    .slice(0, 600)
    .replace(
      /((?:field|of|in|access|on|wizard|schema|rule) )?"[^"]*"/g,
      (quoted, before: string | undefined) => (before === undefined ? '"…"' : quoted),
    )
    .replace(/[^\s"<>]+@[^\s"<>]+/g, '…@…')
}
