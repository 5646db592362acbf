/** An Odoo over the simulated books: the routes that integrations know of each version. */
import type { Erp, Instant } from '../../erp/erp.ts'
import type { Server, WireReply, WireRequest } from '../exchange.ts'
import { Asides } from './asides.ts'
import type { Interrupt, Odoo } from './calling.ts'
import type { Version } from './fields.ts'
import { answerJson2 } from './json-2.ts'
import { answerJsonRpc, sessionExpired, versionFacts } from './json-rpc.ts'
import { dumps } from './python-json.ts'
import { registryOf } from './registry.ts'

export interface OdooFacts {
  readonly erp: Erp
  readonly version: Version
  /** The server's own clock, which may be off. */
  readonly now: () => Instant
  /** Left out: the books' own alone. */
  readonly databases?: readonly string[]
  /** What calls meet, as a lock or a module that refuses; left out: nothing. */
  readonly interrupt?: Interrupt
}

export function odooServer(facts: OdooFacts): Server {
  const odoo: Odoo = {
    erp: facts.erp,
    version: facts.version,
    registry: registryOf(facts.version),
    databases: facts.databases ?? [facts.erp.books.database],
    now: facts.now,
    interrupt: facts.interrupt ?? (() => null),
    asides: new Asides(),
  }
  return (request) => route(odoo, request)
}

function route(odoo: Odoo, request: WireRequest): WireReply {
  const [path = ''] = request.path.split('?')
  const json2 = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path)
  if (odoo.version >= 19 && json2 !== null) return json2Reply(odoo, request, json2[1] ?? '', json2[2] ?? '')
  if (path === '/web/version' && odoo.version >= 19) {
    const { server_version: version, server_version_info: info } = versionFacts(odoo.version)
    return answer(odoo, 200, dumps({ version_info: info ?? [], version: version ?? '' }))
  }
  const isRpc = path === '/jsonrpc'
  const isDataset = path.startsWith('/web/dataset/') || path === '/web/session/get_session_info'
  if (!isRpc && !isDataset && path !== '/web/webclient/version_info') return page(odoo, 404, 'Not Found')
  if (request.method !== 'POST') return page(odoo, 405, 'Method Not Allowed')
  if (!isJson(request)) return page(odoo, odoo.version === 16 ? 400 : 415, 'Unsupported Media Type')
  if (path === '/web/webclient/version_info') {
    return answer(odoo, 200, dumps({ jsonrpc: '2.0', id: null, result: versionFacts(odoo.version) }))
  }
  const body = isRpc ? answerJsonRpc(odoo, request.body) : sessionExpired(request.body)
  return body === null ? page(odoo, 400, 'Invalid JSON data') : answer(odoo, 200, body)
}

/** A database that the host does not name is named in a header; one that is not there leaves no such route. */
function json2Reply(odoo: Odoo, request: WireRequest, model: string, method: string): WireReply {
  const named = request.headers['x-odoo-database']
  const database = named ?? (odoo.databases.length === 1 ? odoo.databases[0] : undefined)
  if (database === undefined || !odoo.databases.includes(database)) return page(odoo, 404, 'Not Found')
  if (request.method !== 'POST') return page(odoo, 405, 'Method Not Allowed')
  if (request.body !== '' && !isJson(request)) return page(odoo, 415, 'Unsupported Media Type')
  const { status, body, challenge } = answerJson2(odoo, { model, method }, request.headers['authorization'], request.body)
  return answer(odoo, status, body, challenge ? { 'www-authenticate': 'bearer' } : {})
}

function isJson(request: WireRequest): boolean {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim() === 'application/json'
}

function answer(odoo: Odoo, status: number, body: string, more: Readonly<Record<string, string>> = {}): WireReply {
  return {
    kind: 'answer',
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      date: new Date(odoo.now()).toUTCString(),
      server: 'Werkzeug/3.0.1 Python/3.12.3',
      ...more,
    },
    body,
  }
}

/** What is no call at all is answered with a page. */
function page(odoo: Odoo, status: number, says: string): WireReply {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', date: new Date(odoo.now()).toUTCString() },
    body: `<!doctype html>\n<html lang=en>\n<title>${status} ${says}</title>\n<h1>${says}</h1>\n`,
  }
}
