/** Speaks to a simulated Odoo as a client would, over either protocol, on a clock that stands. */
import { odooServer } from '../../../../src-main/world/wire/odoo/server.ts'
import type { Server } from '../../../../src-main/world/wire/exchange.ts'
import { aScene, monday, type Scene } from '../../erp/scene.ts'

export type Version = Parameters<typeof odooServer>[0]['version']

/** Answers as JSON.parse reads them. */
export interface Caller extends Scene {
  readonly version: Version
  readonly server: Server
  /** `execute_kw`; throws what the server said went wrong. */
  readonly call: (model: string, method: string, args?: readonly unknown[], named?: Readonly<Record<string, unknown>>) => unknown
  readonly raw: (service: string, method: string, args: readonly unknown[]) => Rpc
  readonly json2: (path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Json2
  /** What the server's clock says from now on. */
  readonly at: (now: number) => void
}

export interface Rpc {
  readonly status: number
  readonly body: { readonly id: unknown; readonly result?: unknown; readonly error?: RpcError }
}

export interface RpcError {
  readonly code: number
  readonly message: string
  readonly data: { readonly name: string; readonly message: string; readonly arguments: readonly unknown[]; readonly debug: string }
}

export interface Json2 {
  readonly status: number
  readonly body: unknown
}

export class Refused extends Error {
  readonly error: RpcError

  constructor(error: RpcError) {
    super(`${error.data.name}: ${error.data.message}`)
    this.error = error
  }
}

export function aCaller(version: Version, scene: Scene = aScene()): Caller {
  let now = monday
  const server = odooServer({ erp: scene.erp, version, now: () => now })
  const ask = (path: string, body: string, headers: Readonly<Record<string, string>> = {}): { status: number; text: string } => {
    const reply = server({ method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body })
    if (reply.kind !== 'answer') throw new Error('The server did not answer.')
    return { status: reply.status, text: reply.body }
  }
  const raw: Caller['raw'] = (service, method, args) => {
    const { status, text } = ask('/jsonrpc', JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 7, params: { service, method, args } }))
    return { status, body: JSON.parse(text) }
  }
  return {
    ...scene,
    version,
    server,
    raw,
    call: (model, method, args = [], named = {}) => {
      const { body } = raw('object', 'execute_kw', ['acme', scene.by, 'key', model, method, args, named])
      if (body.error !== undefined) throw new Refused(body.error)
      return body.result
    },
    json2: (path, body, headers = { authorization: 'bearer key' }) => {
      const { status, text } = ask(`/json/2/${path}`, JSON.stringify(body), headers)
      return { status, body: text.startsWith('<') ? text : JSON.parse(text) }
    },
    at: (instant) => {
      now = instant
    },
  }
}
