/** How Odoo refuses a key, what writes there, and which stream a call asks for: what weather must know of it. */
import { streamBy } from '../streams.ts'
import type { Manners } from '../weather.ts'

const json = { 'content-type': 'application/json; charset=utf-8' }

export const odooManners: Manners = {
  writes: ({ body }) => /"(?:load|create|write|unlink|action_\w+)"/.test(body),
  streamOf: streamBy([
    ['orders', /"sale\.order"/],
    ['stock', /"stock\.quant"/],
    ['invoices', /"account\.move"/],
    ['shipments', /"stock\.picking"/],
    ['products', /"product\.product"/],
    ['customers', /"res\.partner"/],
  ]),
  refuseKey: () => ({
    kind: 'answer',
    status: 200,
    headers: json,
    body: '{"jsonrpc":"2.0","id":1,"error":{"code":200,"message":"Odoo Server Error","data":{"name":"odoo.exceptions.AccessDenied","debug":"","message":"Access Denied","arguments":["Access Denied"],"context":{}}}}',
  }),
}
