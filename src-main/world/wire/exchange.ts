/** One HTTP exchange as the world sees it, so that the same servers answer over a socket and in memory. */

export interface WireRequest {
  readonly method: string
  /** With the query, as `/admin/api/2026-07/graphql.json`. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a client gets: an answer, perhaps cut after some bytes; a reset connection; or nothing for ever. */
export type WireReply =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
      /** The connection is cut after so many bytes of the body. Left out: it is whole. */
      readonly cutAfter?: number
      /** Passes before the first byte, in milliseconds. */
      readonly delayMs?: number
    }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' }

/** A platform's server: pure but for the books it keeps; asked in the order in which requests arrive. */
export type Server = (request: WireRequest) => WireReply
