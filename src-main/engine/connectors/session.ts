/** Who we are to a platform: headers by the connector's own recipe, signed in once for many requests. */
import { type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Instant } from '../../domain/time.ts'
import type { Answer, ConnectorDefinition, Request, Secrets } from './definition.ts'
import type { Redaction } from './redaction.ts'

/** HTTP's headers are ASCII without line breaks: what a careless copy may bring along cannot be sent. */
const unsendable = fault(
  'credentials',
  'The credentials hold a letter that cannot be sent, perhaps from copying. Enter them anew.',
)

/** Headers, and the number of the session they belong to. */
export interface Authorisation {
  readonly headers: Readonly<Record<string, string>>
  readonly session: number
}

export interface Session {
  authorise(): Promise<Outcome<Authorisation>>
  /**
   * The platform refused these headers. True when signing in anew may help: the connector keeps a session, and it is
   * cleared now or another request has replaced it meanwhile.
   */
  refused(authorisation: Authorisation): boolean
}

export function newSession<Settings>(
  connector: Pick<ConnectorDefinition<Settings>, 'authorise'>,
  settings: Settings,
  secrets: Secrets,
  signIn: (request: Request) => Promise<Outcome<Answer>>,
  redaction: Redaction,
  now: () => Instant,
): Session {
  const kept = new Map<string, Secret>()
  let session = 0
  // One at a time: of many requests that start together the first signs in and the others find its session.
  let queue: Promise<unknown> = Promise.resolve()

  async function authoriseNow(): Promise<Outcome<Authorisation>> {
    const outcome = await connector.authorise({ settings, secrets, session: kept, now, signIn })
    for (const secret of kept.values()) redaction.hide(secret.reveal())
    if (!outcome.ok) return failed(outcome.fault)
    const headers: Record<string, string> = {}
    for (const [name, secret] of Object.entries(outcome.value)) {
      redaction.hide(secret.reveal())
      if (!/^[\x20-\x7e]*$/.test(secret.reveal())) return failed(unsendable)
      headers[name] = secret.reveal()
    }
    return ok({ headers, session })
  }

  return {
    authorise() {
      const mine = queue.then(authoriseNow)
      // A rejection (a stop) is the caller's to see; the queue itself goes on.
      queue = mine.then(
        () => undefined,
        () => undefined,
      )
      return mine
    },
    refused(authorisation) {
      if (authorisation.session !== session) return true
      if (kept.size === 0) return false
      kept.clear()
      session += 1
      return true
    },
  }
}
