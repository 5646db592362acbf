/**
 * How Tryton is called: JSON-RPC with a context at the end of every list of parameters, and one
 * login for many calls.
 */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { Secret } from '../../../domain/secret.ts'
import { type Instant, type Span, minutes, seconds } from '../../../domain/time.ts'
import type { Answer, Api, ConnectorDefinition, Request } from '../definition.ts'
import { wireId } from '../walk.ts'
import { type TrytonSettings, databasePath } from './settings.ts'

/** After a wrong password Tryton lets the next login wait, longer each time (ERP.md §4.2). */
const loginTimeout = seconds(90)
/**
 * How long Tryton refuses every login after too many wrong ones; it does not say so itself
 * (`session.timeout`).
 */
const throttledFor = minutes(5)

/** Exactly these three keys: with any other set Tryton answers in another form (ERP.md §4.2). */
function request(
  path: string,
  method: string,
  params: readonly unknown[],
  more: Pick<Request, 'reads' | 'timeoutMs'>,
): Request {
  return { method: 'POST', path, body: { id: 1, method, params }, ...more }
}

const login = z.object({ result: z.tuple([wireId, z.string().min(1)]) })

/**
 * Signs in once and keeps the session; a password that was refused is never sent again with the
 * same Api.
 */
export const authorise: ConnectorDefinition<TrytonSettings>['authorise'] = async ({
  settings,
  secrets,
  session,
  signIn,
}) => {
  const kept = session.get('session')
  if (kept !== undefined) return ok({ authorization: kept })
  const password = secrets['password']
  if (password === undefined)
    return failed(
      fault('credentials', 'No password is kept for this Tryton. Enter it under Connections.'),
    )
  if (session.has('refused')) return failed(refused('not sent: it was refused before'))
  const params = [settings.user, { password: password.reveal() }, 'en']
  const outcome = await signIn(
    request(databasePath(settings), 'common.db.login', params, {
      reads: false,
      timeoutMs: loginTimeout,
    }),
  )
  if (!outcome.ok && outcome.fault.class === 'rate-limited') {
    const says =
      'Tryton lets nobody log in for some minutes, because too many wrong passwords were tried. It is tried again after that.'
    return failed({
      ...outcome.fault,
      says,
      retryAfterMs: outcome.fault.retryAfterMs ?? throttledFor,
    })
  }
  if (!outcome.ok && outcome.fault.class === 'credentials') {
    // Each further try would make Tryton wait longer, and lock everybody out after five.
    session.set('refused', new Secret('this password was refused'))
    return failed(outcome.fault.status === 401 ? refused(outcome.fault.detail) : outcome.fault)
  }
  if (!outcome.ok) return outcome
  const parsed = login.safeParse(outcome.value.json)
  if (!parsed.success) return failed(oddAnswer('common.db.login', parsed.error))
  const [userId, key] = parsed.data.result
  const authorization = new Secret(
    `Session ${Buffer.from(`${settings.user}:${userId}:${key}`).toString('base64')}`,
  )
  session.set('session', authorization)
  return ok({ authorization })
}

function refused(detail: string) {
  return fault(
    'credentials',
    'Tryton did not accept this user and password. Enter them anew under Connections.',
    { status: 401, detail },
  )
}

/** What came back, and when by the platform's clock. */
export interface Told<T> {
  readonly result: T
  readonly date: Instant | null
}

/** Asks something that changes nothing. */
export async function ask<T>(
  api: Api,
  settings: TrytonSettings,
  method: string,
  params: readonly unknown[],
  result: z.ZodType<T>,
): Promise<Outcome<Told<T>>> {
  return told(
    method,
    await api.request(request(databasePath(settings), method, params, { reads: true })),
    result,
  )
}

/** Sends one write, once. Also carries a read that must not be repeated by itself. */
export async function tell<T>(
  api: Api,
  settings: TrytonSettings,
  method: string,
  params: readonly unknown[],
  result: z.ZodType<T>,
  timeoutMs: Span = seconds(30),
): Promise<Outcome<Told<T>>> {
  return told(
    method,
    await api.request(request(databasePath(settings), method, params, { reads: false, timeoutMs })),
    result,
  )
}

/** The version, from the root of the server. */
export async function serverVersion(api: Api): Promise<Outcome<string>> {
  const method = 'common.server.version'
  const outcome = told(
    method,
    await api.request(request('', method, [], { reads: true })),
    z.string(),
  )
  return outcome.ok ? ok(outcome.value.result) : outcome
}

function told<T>(method: string, outcome: Outcome<Answer>, result: z.ZodType<T>): Outcome<Told<T>> {
  if (!outcome.ok) return outcome
  const parsed = z.object({ result }).safeParse(outcome.value.json)
  if (!parsed.success) return failed(oddAnswer(method, parsed.error))
  return ok({ result: parsed.data.result, date: outcome.value.date })
}

function oddAnswer(method: string, error: z.ZodError) {
  const [issue] = error.issues
  return fault(
    'unexpected-shape',
    'Tryton answered in a form that Plumbline does not know. If it stays so, tell support.',
    {
      detail: `${method}: ${issue?.message ?? ''}`,
      path: issue?.path.join('.') ?? '',
    },
  )
}

/**
 * What a call's last parameter says of us. `active_test` off: a row that was deactivated is there
 * all the same.
 */
export interface Context {
  readonly company: number
  readonly language: 'en'
}

/** One condition of a search, or a list of them that all hold, or `['OR', …]`. */
export type Domain = readonly unknown[]

export interface Search {
  readonly model: string
  readonly domain: Domain
  readonly limit: number
  /** Field and direction, first things first; null: Tryton's own order. */
  readonly order: readonly (readonly [string, string])[] | null
  readonly fields: readonly string[]
  readonly context: Readonly<Record<string, unknown>>
}

/** Rows as Tryton gives them, each to be parsed on its own. */
export async function search(
  api: Api,
  settings: TrytonSettings,
  asked: Search,
): Promise<Outcome<Told<readonly unknown[]>>> {
  const { model, domain, limit, order, fields, context } = asked
  return ask(
    api,
    settings,
    `model.${model}.search_read`,
    [domain, 0, limit, order, fields, context],
    z.array(z.unknown()),
  )
}

/**
 * Where questions are asked that belong together: the door, its settings, and who we are in there.
 */
export interface Desk {
  readonly api: Api
  readonly settings: TrytonSettings
  readonly context: Context
}

/** As `ask`, with the context at the end of the parameters. */
export function askAt<T>(
  { api, context, settings }: Desk,
  method: string,
  params: readonly unknown[],
  result: z.ZodType<T>,
): Promise<Outcome<Told<T>>> {
  return ask(api, settings, method, [...params, context], result)
}

/** As `search`: among active rows only. */
export function searchAt(
  { api, context, settings }: Desk,
  asked: Omit<Search, 'context'>,
): Promise<Outcome<Told<readonly unknown[]>>> {
  return search(api, settings, { ...asked, context: { ...context } })
}
