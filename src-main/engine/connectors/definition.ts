/** What a platform is to the engine: how to log in, what can be read, what may be written. One folder a platform. */
import type { z } from 'zod'
import { type Role, missingSecret } from '../../domain/connection.ts'
import type { Decimal } from '../../domain/decimal.ts'
import type { Fault, Outcome } from '../../domain/fault.ts'
import type { ActionId, Guarantee } from '../../domain/intent.ts'
import type { DomainRecord, ErpOrder, Order, StreamName } from '../../domain/records.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Instant, Span } from '../../domain/time.ts'

/** One request as a connector words it. `path` is relative to the base URL; retries are for `reads` only. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  /** Repeated keys are sent repeatedly; null and undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | readonly string[] | null | undefined>>
  readonly body?: unknown
  /** What the platform wants to be told beside, such as which database is meant. Nothing secret: that is for `authorise`. */
  readonly headers?: Readonly<Record<string, string>>
  /** True when the request changes nothing on the platform, whatever its method: only then is it ever sent twice. */
  readonly reads: boolean
  readonly timeoutMs?: number
}

/** A 2xx answer that was JSON. Every number in `json` is its own text, so that no figure passes through a float. */
export interface Answer {
  readonly status: number
  readonly json: unknown
  /** The platform's `Date` header at the answer, on the platform's clock; null where it sends none. */
  readonly date: Instant | null
}

/**
 * A piece of a file that the platform lays somewhere else, such as an export in a storage bucket: the platform's own
 * answer named its address. It is fetched without any authorisation, as credentials never cross origins.
 */
export interface Download {
  /** In full, with TLS; plain HTTP only on this computer. */
  readonly url: string
  /** The first byte that is wanted. */
  readonly from: number
  /** At most so many bytes; what is beyond is asked for the next time. */
  readonly bytesMax: number
}

export interface Piece {
  readonly bytes: Uint8Array
  /** True when the file ends with this piece. */
  readonly last: boolean
}

/** The only door to a platform. */
export interface Api {
  request(request: Request): Promise<Outcome<Answer>>
  /** Not retried: who asks remembers where it stood, and asks on from there. */
  download(download: Download): Promise<Outcome<Piece>>
  /** Waits on the clock that was passed in, for what the platform prepares. Rejects when the Api is closed. */
  pause(span: Span): Promise<void>
  /** Our clock less the platform's, from the `Date` header with the least delay of this Api's answers; null before the first. */
  clockOffsetMs(): number | null
  /** How long nothing is sent after failures in a row: what is asked meanwhile is answered from memory. */
  shutFor(): Span
  /** The clock that was passed in. */
  now(): Instant
  readonly signal: AbortSignal
}

/** Secrets as a connector sees them: named, and revealed only inside `authorise`, `signIn` and `seal`. */
export type Secrets = Readonly<Record<string, Secret>>

export interface Page {
  /** Raw rows, each parsed on its own by the stream's `raw`, so that one bad row does not lose the page. */
  readonly rows: readonly unknown[]
  /** Where the next page of this pass begins; null when the pass is complete. */
  readonly next: unknown
  /** Where the next pass begins, were this page the last; saved with the page. */
  readonly resumeAt: unknown
  /**
   * Where the platform keeps what is older to itself (for want of a right, say): from when on it shows its rows. A
   * complete pass covers no more, and what is older is not gone for not having been met. Left out: it shows all.
   */
  readonly shownFrom?: Instant | null
  /** Records of other streams that moved with these rows, by platform id: they are looked up and saved in the same pass. */
  readonly touched: readonly { readonly stream: StreamName; readonly ids: readonly string[] }[]
}

/** How to ask for named records. Exactly one list is filled. */
export type LookupKeys =
  | { readonly by: 'id'; readonly values: readonly string[] }
  | { readonly by: 'number'; readonly values: readonly string[] }
  | { readonly by: 'reference'; readonly values: readonly string[] }

/** What a look-up answered; `complete` is true only when a key without a row is proven to have none. */
export interface Found {
  readonly rows: readonly unknown[]
  readonly complete: boolean
}

export interface StreamDefinition<Settings, Raw, Cursor> {
  readonly name: StreamName
  /** The streams that its rows fill; its own name is among them. Their coverage moves together. */
  readonly emits: readonly StreamName[]
  /** Which of DESIGN §6's freshness classes it is polled by. */
  readonly pace: 'near-real-time' | 'often' | 'batch'
  readonly raw: z.ZodType<Raw>
  readonly cursor: z.ZodType<Cursor>
  /** How far each pass reads back behind its cursor: longer than the platform's longest transaction. */
  readonly overlapMs: number
  /** True when every complete pass reads everything there is: then what it did not meet is gone. */
  readonly snapshot: boolean
  /** True where lists show a row some time after it changed, and its stamp moves with every change: how late is measured (poll/lateness.ts). */
  readonly showsLate?: boolean
  /**
   * One page. A null cursor starts from the beginning, or from `since` where that is given.
   * A cursor that lies in the platform's future is a `validation` fault with path "cursor".
   */
  read(api: Api, cursor: Cursor | null, ask: { readonly settings: Settings; readonly since: Instant | null }): Promise<Outcome<Page>>
  /** Asks live for named records; at most `lookupMax` keys a call. */
  lookup?(api: Api, keys: LookupKeys, settings: Settings): Promise<Outcome<Found>>
  /** Pure: their words to ours. */
  normalise(raw: Raw, settings: Settings): readonly DomainRecord[]
}

export const lookupMax = 100

/** What a person is about to send, or why it cannot be sent. */
export type ActionPreview =
  | {
      readonly kind: 'ready'
      /** Exactly what `send` will be given: plain JSON. */
      readonly payload: unknown
      /** The payload in words, line by line. */
      readonly facts: readonly { readonly label: string; readonly value: string }[]
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'refused'; readonly says: string; readonly guide: readonly string[] }

/** What the target now holds under the key. */
export interface Verification {
  readonly found: readonly {
    readonly id: string
    readonly number: string | null
    /** Whether it holds what was sent. */
    readonly matches: boolean
    /** True for one that stands no more: it is no presence, and no second one. Left out: it stands. */
    readonly cancelled?: boolean
    readonly says: string
  }[]
}

/** What `order.create` is given: the shop order as read live a moment ago, and the text that the ERP will know it by. */
export interface OrderCreateInput {
  readonly order: Order
  readonly reference: string
  /** The location mapping of the pair, ERP code to shop location name. */
  readonly locations: Readonly<Record<string, string>>
  /** ERP orders of the same pair that were written well, newest first, at most 20: what taxes and terms look like there. */
  readonly examples: readonly ErpOrder[]
}

/** What `invoice.create` is given: the ERP's one order as read live a moment ago, and the shop's number of it. */
export interface InvoiceCreateInput {
  readonly order: ErpOrder
  readonly number: string
}

/** What `status.push` is given: one parcel that left the ERP and that the shop was not told of, in the shop's words. */
export interface StatusPushInput {
  /** The shop's, as read live a moment ago. */
  readonly order: Order
  readonly parcel: {
    /** What the ERP calls it. */
    readonly name: string
    readonly lines: readonly { readonly sku: string; readonly quantity: Decimal }[]
    readonly tracking: readonly string[]
    /** The shop's location that it left from, by name; null where no map says. */
    readonly location: string | null
  }
  /** Parcels of the same order that are not told either. */
  readonly more: number
}

/** What `stock.set` is given: the figure that the shop must show, recomputed live and never taken from an old record. */
export interface StockSetInput {
  readonly sku: string
  /** By name, as stock records know it. */
  readonly location: string
  /** Whole units that shall be available there. */
  readonly quantity: number
  /** Names the replay to the platform. */
  readonly reference: string
}

/** What each action is given. */
export interface ActionInputs {
  readonly 'order.create': OrderCreateInput
  readonly 'invoice.create': InvoiceCreateInput
  readonly 'stock.set': StockSetInput
  readonly 'status.push': StatusPushInput
}

export type OfferedActionId = ActionId & keyof ActionInputs

/** One of the actions, known by its id together with what it is given. */
export type AnyAction<Settings> = {
  [Id in OfferedActionId]: ActionDefinition<Settings, Id>
}[OfferedActionId]

export interface ActionDefinition<Settings, Id extends OfferedActionId = OfferedActionId> {
  readonly id: Id
  readonly guarantee: Guarantee
  /** How long after a write the platform may still not show it to a search. */
  readonly visibilityLagMs: number
  /** What happens if the guarantee should fail after all, in words: the price of being wrong. */
  readonly priceOfBeingWrong: string
  /** Writes nothing. */
  preview(api: Api, input: ActionInputs[Id], settings: Settings): Promise<Outcome<ActionPreview>>
  /** One call, never retried. A fault says nothing about whether it was done. */
  send(api: Api, payload: unknown, key: string, settings: Settings): Promise<Outcome<{ readonly targetId: string | null }>>
  /** Writes nothing; looks by natural key. */
  verify(api: Api, payload: unknown, key: string, settings: Settings): Promise<Outcome<Verification>>
}

/** What "test connection" tells a person. */
export interface Check {
  readonly steps: readonly { readonly title: string; readonly state: 'ok' | 'warning' | 'failed'; readonly says: string }[]
  /** Ready for the wizard: `null` where the platform states no time. */
  readonly clockOffsetMs: number | null
  /** What may be mapped in the pair's settings, as read live. */
  readonly locations: readonly string[]
  readonly channels: readonly string[]
}

/** A field of a connector's settings or secrets, for forms. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly help: string
  readonly kind: 'url' | 'text' | 'password' | 'list' | 'choice'
  readonly placeholder: string
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
}

export interface ConnectorDefinition<Settings = never> {
  /** The folder's name. */
  readonly id: string
  readonly label: string
  readonly role: Role
  readonly settings: z.ZodType<Settings>
  readonly settingsFields: readonly Field[]
  readonly secretFields: readonly Field[]
  /** The names of which one row must be given whole, where a platform knows several ways in. Left out: all fields. */
  readonly secretSets?: readonly (readonly string[])[]
  readonly limits: { readonly concurrent: number; readonly perMinute: number; readonly answerBytesMax: number }
  /** Base URL of every request, from the settings. Ends with a slash. */
  baseUrl(settings: Settings): string
  /**
   * Headers that log a request in. Called before each request; a connector that needs a session asks for it once
   * through `signIn` (a request without authorisation) and keeps it in `session`, which lives as long as the Api.
   */
  authorise(context: {
    readonly settings: Settings
    readonly secrets: Secrets
    readonly session: Map<string, Secret>
    /** The clock that was passed in, for sessions that say how long they last. */
    now(): Instant
    signIn(request: Request): Promise<Outcome<Answer>>
  }): Promise<Outcome<Readonly<Record<string, Secret>>>>
  /**
   * For a platform that takes its credentials in the body of a request: the body with them in it. Called as a request
   * is sent, and what it gives is kept nowhere.
   */
  seal?(body: unknown, secrets: Secrets): unknown
  /** Overrides single rows of the default fault table: a 200 with an error body, say. Null: the default holds. */
  faultOf?(answer: { readonly status: number; readonly json: unknown; readonly contentType: string }): Fault | null
  /** How long to send nothing after an answer, where the platform tells its limits in the body. */
  holdOf?(json: unknown): Span
  check(api: Api, settings: Settings): Promise<Outcome<Check>>
  // oxlint-disable-next-line typescript/no-explicit-any -- each stream has its own row and cursor types; the poller parses both by the stream's own schemas
  readonly streams: readonly StreamDefinition<Settings, any, any>[]
  readonly actions: readonly AnyAction<Settings>[]
}

/** A connector whose settings type is known only to itself; the engine parses them by the connector's own schema. */
// oxlint-disable-next-line typescript/no-explicit-any -- the registry holds connectors of every settings type
export type AnyConnector = ConnectorDefinition<any>

/** The ways in, each a row of secret names of which all are needed. */
export function secretSetsOf(
  connector: Pick<AnyConnector, 'secretFields' | 'secretSets'>,
): readonly (readonly string[])[] {
  return connector.secretSets ?? [connector.secretFields.map((field) => field.name)]
}

/** The secret that is still wanted beside the given ones; null when there is a way in. */
export function secretWanted(
  connector: Pick<AnyConnector, 'secretFields' | 'secretSets'>,
  given: ReadonlySet<string>,
): Field | null {
  const name = missingSecret(secretSetsOf(connector), given)
  return connector.secretFields.find((field) => field.name === name) ?? null
}

/** Keeps a definition's own settings type while it is written. */
export function defineConnector<Settings>(definition: ConnectorDefinition<Settings>): ConnectorDefinition<Settings> {
  return definition
}
