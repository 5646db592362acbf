/** `POST /jsonrpc`: the services common, db and object; every answer is HTTP 200, whatever it says. */
import { modelNamed, userBy } from './access.ts'
import { bindByPlace, envOf, type Odoo, publicMethod, runMethod } from './calling.ts'
import { accessError, faultOf, keyError, OdooFault, serialised } from './faults.ts'
import type { Version } from './fields.ts'
import { dumps, type Json } from './python-json.ts'
import { isValues } from './values.ts'

/** Null for a body that is no JSON. */
export function answerJsonRpc(odoo: Odoo, body: string): string | null {
  const request = parsed(body)
  if (!isValues(request)) return null
  const id: Json = typeof request['id'] === 'number' || typeof request['id'] === 'string' ? request['id'] : null
  const parameters = isValues(request['params']) ? request['params'] : {}
  try {
    const args: unknown = parameters['args']
    const result = serve(odoo, parameters['service'], parameters['method'], Array.isArray(args) ? args : [])
    return dumps({ jsonrpc: '2.0', id, result })
  } catch (thrown) {
    return errorBody(id, faultOf(thrown), odoo.version)
  }
}

/** A route that wants a session, asked without one. */
export function sessionExpired(body: string): string | null {
  const request = parsed(body)
  if (!isValues(request)) return null
  const fault = new OdooFault('odoo.http.SessionExpiredException', 'Session expired')
  const id = typeof request['id'] === 'number' ? request['id'] : null
  return dumps({ jsonrpc: '2.0', id, error: { code: 100, message: 'Odoo Session Expired', data: serialised(fault) } })
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function errorBody(id: Json, fault: OdooFault, version: Version): string {
  return dumps({
    jsonrpc: '2.0',
    id,
    error: { code: version >= 19 ? 0 : 200, message: 'Odoo Server Error', data: serialised(fault) },
  })
}

function serve(odoo: Odoo, service: unknown, method: unknown, args: readonly unknown[]): Json {
  if (service === 'common') return common(odoo, method, args)
  if (service === 'db') return database(odoo, method)
  if (service !== 'object') throw keyError(String(service))
  if (method !== 'execute_kw' && method !== 'execute') throw nameError(String(method))
  const [db, uid, secret, model, name, ...rest] = args
  const user = authenticated(odoo, db, (each) => each.id === uid, secret)
  if (user === null) throw denied
  const [places, named] = method === 'execute_kw' ? [rest[0] ?? [], rest[1] ?? {}] : [rest, {}]
  if (!Array.isArray(places) || !isValues(named)) throw new OdooFault('builtins.TypeError', 'Wrong arguments for execute_kw.')
  return execute(odoo, user, String(model), String(name), places, named)
}

function execute(
  odoo: Odoo, user: Parameters<typeof envOf>[1], modelName: string, name: string, places: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
): Json {
  const { context, ...others } = named
  const env = envOf(odoo, user, context)
  const model = modelNamed(modelName, env)
  const method = publicMethod(model, name, env)
  if (method === null) {
    throw new OdooFault('builtins.AttributeError', odoo.version >= 18
      ? `The method '${modelName}.${name}' does not exist`
      : `The method '${name}' does not exist on the model '${modelName}'`)
  }
  const bound = bindByPlace(method, name, places, others)
  const result = runMethod(odoo, method, name, { model, ...bound, env })
  // One record for one dictionary of values.
  return name === 'create' && isValues(bound.args['vals_list']) && Array.isArray(result) ? result[0] ?? false : result
}

export function versionFacts(version: Version): { readonly [name: string]: Json } {
  return {
    server_version: `${version}.0`,
    server_version_info: [version, 0, 0, 'final', 0, ''],
    server_serie: `${version}.0`,
    protocol_version: 1,
  }
}

function common(odoo: Odoo, method: unknown, args: readonly unknown[]): Json {
  if (method === 'version') return versionFacts(odoo.version)
  if (method !== 'authenticate' && method !== 'login') throw new OdooFault('builtins.Exception', `Method not found: ${String(method)}`)
  const [db, login, secret] = args
  return authenticated(odoo, db, (user) => user.login === login, secret)?.id ?? false
}

function database({ databases, version }: Odoo, method: unknown): Json {
  if (method === 'list') return databases
  if (method === 'server_version') return `${version}.0`
  if (method === 'db_exist') return true
  throw accessError('Access Denied')
}

function authenticated(
  odoo: Odoo, db: unknown, matches: Parameters<typeof userBy>[1], secret: unknown,
): ReturnType<typeof userBy> {
  if (typeof db !== 'string' || !odoo.databases.includes(db)) {
    throw new OdooFault(
      'psycopg2.OperationalError',
      `connection to server at "db" (172.18.0.2), port 5432 failed: FATAL:  database "${String(db)}" does not exist\n`,
    )
  }
  return userBy(odoo.erp.books.users.all(), matches, secret)
}

const denied = new OdooFault('odoo.exceptions.AccessDenied', 'Access Denied')

function nameError(method: string): OdooFault {
  return new OdooFault('builtins.NameError', `Method not available ${method}`)
}
