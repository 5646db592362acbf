/** Who may ask: tokens that were shown once, and those that an app gets for its secret and that end with the day. */
import { createHash } from 'node:crypto'
import type { WireRequest } from '../exchange.ts'
import type { Instant } from '../../shop/shop.ts'

export interface App {
  readonly id: string
  readonly secret: string
  readonly scopes: readonly string[]
}

export interface Holder {
  readonly app: string
  readonly scopes: ReadonlySet<string>
}

type Granted =
  | { readonly access_token: string; readonly scope: string; readonly expires_in: number }
  | { readonly error: string; readonly error_description: string }

const lastsSeconds = 86_399

export class Tokens {
  readonly #lasting: ReadonlyMap<string, Holder>
  readonly #apps: readonly App[]
  readonly #granted = new Map<string, Holder & { readonly endsAt: Instant }>()

  constructor(lasting: Readonly<Record<string, readonly string[]>>, apps: readonly App[]) {
    this.#lasting = new Map(Object.entries(lasting).map(([token, scopes]) => [token, { app: `custom-${token.slice(-4)}`, scopes: new Set(scopes) }]))
    this.#apps = apps
  }

  /** Null for a token that nobody has, or has any more. */
  holder(token: string, at: Instant): Holder | null {
    const lasting = this.#lasting.get(token)
    if (lasting !== undefined) return lasting
    const granted = this.#granted.get(token)
    return granted === undefined || at >= granted.endsAt ? null : granted
  }

  grant(request: WireRequest, at: Instant): Granted {
    const given = fieldsOf(request)
    if (given.get('grant_type') !== 'client_credentials') {
      return { error: 'unsupported_grant_type', error_description: 'Only client_credentials is answered here.' }
    }
    const app = this.#apps.find((each) => each.id === given.get('client_id') && each.secret === given.get('client_secret'))
    if (app === undefined) return { error: 'application_cannot_be_found', error_description: 'The client id or secret is wrong.' }
    const access_token = `shpat_${createHash('sha256').update(`${app.id} ${app.secret} ${at} ${this.#granted.size}`).digest('hex').slice(0, 32)}`
    this.#granted.set(access_token, { app: app.id, scopes: new Set(app.scopes), endsAt: at + lastsSeconds * 1000 })
    return { access_token, scope: app.scopes.join(','), expires_in: lastsSeconds }
  }
}

/** A form or JSON; a body that is neither holds nothing. */
function fieldsOf({ headers, body }: WireRequest): ReadonlyMap<string, string> {
  if (!(headers['content-type'] ?? '').includes('json')) return new Map(new URLSearchParams(body))
  try {
    const given: unknown = JSON.parse(body)
    const entries = typeof given === 'object' && given !== null ? Object.entries(given) : []
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch (error) {
    if (error instanceof SyntaxError) return new Map()
    throw error
  }
}
