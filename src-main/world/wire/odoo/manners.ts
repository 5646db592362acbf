/** How Odoo refuses a key, what writes there, and which stream a call asks for: what weather must know of it. */
import type { WireRequest } from '../exchange.ts'
import { streamBy } from '../streams.ts'
import type { Manners } from '../weather.ts'
import { serialised } from './faults.ts'
import { invalidKey } from './json-2.ts'
import { dumps } from './python-json.ts'

const json = { 'content-type': 'application/json; charset=utf-8' }

const streamOf = streamBy([
  ['orders', /"sale\.order"/],
  ['stock', /"stock\.quant"/],
  ['invoices', /"account\.move"/],
  ['shipments', /"stock\.picking"/],
  ['products', /"product\.product"/],
  ['customers', /"res\.partner"/],
])

export const odooManners: Manners = {
  writes: (request) => /"(?:load|create|write|unlink|action_\w+)"/.test(asked(request)),
  streamOf: (request) => streamOf({ ...request, body: asked(request) }),
  refuseKey: (request) =>
    placeOf(request) === null
      ? {
          kind: 'answer',
          status: 200,
          headers: json,
          body: '{"jsonrpc":"2.0","id":1,"error":{"code":200,"message":"Odoo Server Error","data":{"name":"odoo.exceptions.AccessDenied","debug":"","message":"Access Denied","arguments":["Access Denied"],"context":{}}}}',
        }
      : { kind: 'answer', status: 401, headers: { ...json, 'www-authenticate': 'bearer' }, body: dumps(serialised(invalidKey())) },
}

/** Model and method, which JSON-2 names in the path and JSON-RPC in the body. */
function asked(request: WireRequest): string {
  const place = placeOf(request)
  return place === null ? request.body : place.map((name) => `"${name}"`).join(' ')
}

function placeOf({ path }: WireRequest): readonly string[] | null {
  return /^\/json\/2\/([\w.]+)\/(\w+)/.exec(path)?.slice(1) ?? null
}
