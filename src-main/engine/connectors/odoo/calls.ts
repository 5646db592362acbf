/**
 * How Odoo is called: one face, a method of a model with named arguments, over JSON-RPC up to 18 and JSON-2 from 19 on
 * (Odoo 19 external API).
 */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { Secret } from '../../../domain/secret.ts'
import { type Instant, seconds } from '../../../domain/time.ts'
import type { Answer, Api, ConnectorDefinition, Request, Secrets } from '../definition.ts'
import { wireId } from '../walk.ts'
import type { OdooSettings } from './settings.ts'

/**
 * Odoo itself tries a conflicting transaction five times with pauses, which can take it a minute.
 */
const readTimeout = seconds(60)
const writeTimeout = seconds(180)

/**
 * JSON-2 takes the key as a bearer; up to 18 nobody looks at this header, and `seal` puts the key
 * where it belongs.
 */
export const authorise: ConnectorDefinition<OdooSettings>['authorise'] = async ({ secrets }) => {
  const key = secrets['apiKey']
  if (key === undefined) {
    return failed(
      fault('credentials', 'No API key is kept for this Odoo. Enter it under Connections.'),
    )
  }
  return ok({ authorization: new Secret(`bearer ${key.reveal()}`) })
}

const sealable = z.looseObject({
  params: z.looseObject({
    method: z.enum(['execute_kw', 'authenticate']),
    args: z.array(z.unknown()).min(3),
  }),
})

/** JSON-RPC takes the key as the third argument of every call: database, user, key. */
export function seal(body: unknown, secrets: Secrets): unknown {
  const parsed = sealable.safeParse(body)
  if (!parsed.success) return body
  const { params } = parsed.data
  return {
    ...parsed.data,
    params: { ...params, args: params.args.with(2, secrets['apiKey']?.reveal() ?? '') },
  }
}

export interface Server {
  /** As Odoo writes it: `17.0`, `saas~18.2+e`. */
  readonly version: string
  readonly major: number
}

/** A door to one database, and who we are behind it. */
export interface Door {
  readonly api: Api
  readonly settings: OdooSettings
  readonly server: Server
  /** Our user's id. */
  readonly uid: string
}

/**
 * Named arguments of a method, as Odoo's own signature names them; `ids` for one that is called on
 * records.
 */
export interface Call {
  readonly model: string
  readonly method: string
  readonly ids?: readonly string[]
  /** Its first argument by name, which JSON-RPC takes by its place alone: `create` looks at it there. */
  readonly first?: readonly [name: string, value: unknown]
  readonly named: Readonly<Record<string, unknown>>
}

/** What came back, and when by the platform's clock. */
export interface Told<T> {
  readonly result: T
  readonly date: Instant | null
}

export function speaksJson2({ major }: Server): boolean {
  return major >= 19
}

function requestOf(
  door: Omit<Door, 'api'>,
  call: Call,
  more: Pick<Request, 'reads' | 'timeoutMs'>,
): Request {
  const { first, ids, method, model, named } = call
  const numbers = ids?.map(Number)
  if (speaksJson2(door.server)) {
    const body = { ...(numbers === undefined ? {} : { ids: numbers }), ...(first === undefined ? {} : { [first[0]]: first[1] }), ...named }
    // Without it a server of several databases would not know which one is meant.
    const headers = { 'x-odoo-database': door.settings.database }
    return { method: 'POST', path: `json/2/${model}/${method}`, headers, body, ...more }
  }
  const positional = [...(numbers === undefined ? [] : [numbers]), ...(first === undefined ? [] : [first[1]])]
  const args = [door.settings.database, Number(door.uid), null, model, method, positional, named]
  return rpc('object', 'execute_kw', args, more)
}

function rpc(
  service: string,
  method: string,
  args: readonly unknown[],
  more: Pick<Request, 'reads' | 'timeoutMs'>,
): Request {
  const body = { jsonrpc: '2.0', method: 'call', id: 1, params: { service, method, args } }
  return { method: 'POST', path: 'jsonrpc', body, ...more }
}

/** Asks something that changes nothing. */
export async function ask<T>(
  door: Door,
  call: Call,
  result: z.ZodType<T>,
): Promise<Outcome<Told<T>>> {
  const request = requestOf(door, call, { reads: true, timeoutMs: readTimeout })
  return told(call, speaksJson2(door.server), await door.api.request(request), result)
}

/** Sends one write, once. Also carries a read that must not be repeated by itself. */
export async function tell<T>(
  door: Door,
  call: Call,
  result: z.ZodType<T>,
): Promise<Outcome<Told<T>>> {
  const request = requestOf(door, call, { reads: false, timeoutMs: writeTimeout })
  return told(call, speaksJson2(door.server), await door.api.request(request), result)
}

/** Made once, whatever it holds: to make a schema costs more than to parse an answer by it. */
const answered = z.object({ result: z.unknown() })

function told<T>(
  { method, model }: Pick<Call, 'method' | 'model'>,
  bare: boolean,
  outcome: Outcome<Answer>,
  result: z.ZodType<T>,
): Outcome<Told<T>> {
  if (!outcome.ok) return outcome
  const { date, json } = outcome.value
  const envelope = answered.safeParse(bare ? { result: json } : json)
  if (!envelope.success) return failed(oddAnswer(`${model}/${method}`, envelope.error))
  const parsed = result.safeParse(envelope.data.result)
  if (parsed.success) return ok({ result: parsed.data, date })
  return failed(oddAnswer(`${model}/${method}`, parsed.error, 'result'))
}

export function oddAnswer(what: string, error: z.ZodError, within?: string) {
  const [issue] = error.issues
  const path = [...(within === undefined ? [] : [within]), ...(issue?.path ?? [])].join('.')
  return fault(
    'unexpected-shape',
    'Odoo answered in a form that Plumbline does not know. If it stays so, tell support.',
    { detail: `${what}: ${issue?.message ?? ''}`, path },
  )
}

const since19 = z.object({
  version: z.string(),
  version_info: z.tuple([wireId.or(z.string())]).rest(z.unknown()),
})
const before19 = z.object({
  server_version: z.string(),
  server_version_info: z.tuple([wireId.or(z.string())]).rest(z.unknown()),
})

/**
 * Which version answers. From 19 on there is a page for it, before only a call, which 22 will not
 * have any more.
 */
export async function serverVersion(api: Api): Promise<Outcome<Server>> {
  const reads = { reads: true, timeoutMs: readTimeout }
  const page = await api.request({ method: 'GET', path: 'web/version', ...reads })
  const parsed = page.ok ? since19.safeParse(page.value.json) : null
  if (parsed?.success === true)
    return ok(serverOf(parsed.data.version, parsed.data.version_info[0]))
  if (!page.ok && !['not-found', 'validation', 'unexpected-shape'].includes(page.fault.class))
    return page
  const outcome = told(
    { model: 'common', method: 'version' },
    false,
    await api.request(rpc('common', 'version', [], reads)),
    before19,
  )
  if (outcome.ok) {
    const { server_version, server_version_info } = outcome.value.result
    return ok(serverOf(server_version, server_version_info[0]))
  }
  // The page's own fault says more where there is no Odoo at all behind the address.
  return !page.ok && outcome.fault.class === 'not-found' ? failed(noOdoo()) : outcome
}

/** `version_info` begins with 17, or with "saas~18" between two versions. */
function serverOf(version: string, major: string): Server {
  return { version, major: Number(/\d+/.exec(major)?.[0] ?? 0) }
}

function noOdoo() {
  const says =
    'No Odoo answers at this address. Enter the address at which Odoo is opened in the browser, without a path.'
  return fault('not-found', says, { path: 'baseUrl' })
}

/** Our user's id by login and key; Odoo says `false` for a wrong one. Up to 18. */
export async function authenticate(
  api: Api,
  settings: OdooSettings,
): Promise<Outcome<string | null>> {
  const args = [settings.database, settings.user ?? '', null, {}]
  const more = { reads: false, timeoutMs: readTimeout }
  const outcome = told(
    { model: 'common', method: 'authenticate' },
    false,
    await api.request(rpc('common', 'authenticate', args, more)),
    z.union([wireId, z.literal(false), z.null()]),
  )
  if (!outcome.ok) return outcome
  return ok(outcome.value.result === false ? null : outcome.value.result)
}
