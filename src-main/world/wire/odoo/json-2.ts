/** `POST /json/2/<model>/<method>` of 19: arguments by name, a key in the header, real statuses. */
import { userByKey } from './access.ts'
import { bindByName, envOf, type Odoo, publicMethod, runMethod, unprocessable } from './calling.ts'
import { faultOf, OdooFault, serialised, statusOf } from './faults.ts'
import { dumps } from './python-json.ts'
import { isValues, type Values } from './values.ts'

export interface Json2Answer {
  readonly status: number
  readonly body: string
  /** How to authenticate, where that was what was wrong. */
  readonly challenge: boolean
}

export function answerJson2(
  odoo: Odoo, place: { readonly model: string; readonly method: string }, authorization: string | undefined, body: string,
): Json2Answer {
  try {
    return { status: 200, body: run(odoo, place, authorization, body), challenge: false }
  } catch (thrown) {
    const fault = faultOf(thrown)
    const [, code] = fault.exception.startsWith('werkzeug.') ? fault.arguments : []
    const status = typeof code === 'number' ? code : statusOf(fault)
    return { status, body: dumps(serialised(fault)), challenge: status === 401 }
  }
}

function run(
  odoo: Odoo, place: { readonly model: string; readonly method: string }, authorization: string | undefined, body: string,
): string {
  const key = /^bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1]
  if (key === undefined) throw http('Unauthorized', 401, 'User not authenticated, use the "Authorization" header')
  const user = userByKey(odoo.erp.books.users.all(), key)
  if (user === null) throw invalidKey()
  const { ids, context, ...named } = parsedBody(body)
  const env = envOf(odoo, user, context)
  const model = odoo.registry.get(place.model)
  if (model === undefined) throw http('NotFound', 404, `the model '${place.model}' does not exist`)
  // json2.py of 19: what is private is not there
  const method = place.method.startsWith('_') ? null : publicMethod(model, place.method, env)
  if (method === null) throw http('NotFound', 404, `The method '${place.model}.${place.method}' does not exist`)
  if (!method.onRecords && Array.isArray(ids) && ids.length > 0) {
    throw unprocessable(`cannot call ${place.model}.${place.method} with ids`)
  }
  return dumps(runMethod(odoo, method, place.method, { model, ...bindByName(method, ids, named), env }))
}

export function invalidKey(): OdooFault {
  return http('Unauthorized', 401, 'Invalid apikey')
}

function parsedBody(body: string): Values {
  if (body === '') return {}
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw http('BadRequest', 400, 'could not parse the body as json: Expecting value: line 1 column 1 (char 0)')
  }
  if (!isValues(value)) throw http('BadRequest', 400, 'could not parse the body, expecting a json object')
  return value
}

function http(name: string, status: number, says: string): OdooFault {
  return new OdooFault(`werkzeug.exceptions.${name}`, says, [says, status])
}
