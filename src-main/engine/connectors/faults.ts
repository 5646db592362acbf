/** The default table from what HTTP says to our fault classes, in sentences that a shop owner can act on. */
import { type Fault, type FaultClass, fault } from '../../domain/fault.ts'
import type { Span } from '../../domain/time.ts'

/** What every fault of an exchange tells about it. `platform` is the connector's label, `host` the server's name and port. */
export interface Scene {
  readonly platform: string
  readonly host: string
  readonly method: string
  /** The path without its query, which may hold people's data. */
  readonly path: string
}

/** The row of the table for a status that is not 2xx. `words` are the platform's own, a few hundred characters at most. */
export function faultOfStatus(
  scene: Scene,
  status: number,
  words: string,
  retryAfterMs: Span | null,
): Fault {
  const faultClass = classOfStatus(status)
  return fault(faultClass, sentenceOf(faultClass, status, scene), {
    status,
    detail: detailOf(scene, `status ${status}`, words),
    ...(retryAfterMs !== null && (faultClass === 'rate-limited' || faultClass === 'temporary')
      ? { retryAfterMs }
      : {}),
  })
}

export function classOfStatus(status: number): FaultClass {
  if (status === 401) return 'credentials'
  if (status === 402 || status === 403) return 'permission'
  if (status === 404 || status === 410) return 'not-found'
  if (status === 429) return 'rate-limited'
  if (status === 408 || status === 423 || status === 425 || status >= 500) return 'temporary'
  return 'validation'
}

function sentenceOf(faultClass: FaultClass, status: number, { platform, host }: Scene): string {
  switch (faultClass) {
    case 'credentials':
      return `${platform} did not accept the credentials. Nothing can be read until they are entered anew under Connections.`
    case 'permission':
      return `${platform} accepted the login but does not let this user read everything. Give it the missing right in ${platform}.`
    case 'not-found':
      return `${platform} has nothing at this address on ${host}. Check the address of the connection.`
    case 'rate-limited':
      return `${platform} asked us to slow down. Reading goes on by itself after the pause it asked for.`
    case 'temporary':
      return `${platform} has trouble answering just now (${status}). Reading goes on by itself; figures stay as last seen.`
    default:
      return `${platform} refused a request as wrong (${status}). Check the settings of the connection; if they are right, tell support.`
  }
}

/** A 3xx. It is never followed: the credentials belong to the address that was entered. */
export function faultOfRedirect(scene: Scene, status: number, location: string | null): Fault {
  const target = location === null ? null : URL.parse(location, `https://${scene.host}/`)
  const to = target === null || target.host === scene.host ? 'another page' : target.origin
  return fault(
    'validation',
    `${scene.host} sends every request on to ${to}. Credentials are not sent there: check the address of the connection.`,
    { status, detail: detailOf(scene, `status ${status}`, `redirect to ${to}`), path: 'baseUrl' },
  )
}

/** A 2xx that is not what a JSON interface answers. */
export function faultOfBody(
  scene: Scene,
  status: number,
  wrong: 'html' | 'empty' | 'broken' | 'content-type' | 'encoding' | 'too-big',
  words: string,
): Fault {
  const says = {
    html: `${scene.host} answered with a web page instead of data. Check the address: most often it is the shop front's, or a login page or a maintenance page stands in between.`,
    empty: `${scene.platform} answered with nothing at all. Reading is tried again by itself; if it stays so, check the address of the connection.`,
    broken: `An answer of ${scene.platform} broke off in the middle. Nothing of it was used; reading is tried again by itself.`,
    'content-type': `${scene.host} answered with something that is not data. Check the address of the connection.`,
    encoding: `An answer of ${scene.platform} holds letters in an unknown encoding. Nothing of it was used. Tell support.`,
    'too-big': `An answer of ${scene.platform} was too big and reading it was stopped. Nothing of it was used. Tell support.`,
  }[wrong]
  return fault('unexpected-shape', says, {
    status,
    detail: detailOf(scene, `status ${status}`, words),
    path: '',
  })
}

/** What the network said instead of an answer. */
export function faultOfNetwork(scene: Scene, error: unknown): Fault {
  const codes = codesIn(error)
  const code = codes[0] ?? 'unknown'
  const detail = detailOf(scene, code, messageOf(error))
  const certificate = codes.map(certificateProblem).find((problem) => problem !== null)
  if (certificate !== undefined && certificate !== null) {
    return fault(
      'unreachable',
      `${scene.host} cannot be trusted: ${certificate} Nothing was sent to it.`,
      { detail },
    )
  }
  const { host, platform } = scene
  if (codes.includes('ENOTFOUND') || codes.includes('EAI_AGAIN')) {
    return fault(
      'unreachable',
      `No server is known by the name ${host}. Check the address and this computer's network.`,
      { detail },
    )
  }
  if (codes.includes('ECONNREFUSED')) {
    return fault(
      'unreachable',
      `${host} refuses connections: ${platform} does not run there, or a firewall is in between.`,
      { detail },
    )
  }
  if (codes.includes('UND_ERR_SOCKET') && messageOf(error).includes('other side closed')) {
    return fault(
      'temporary',
      `${platform} closed the connection before its answer was complete. Reading goes on by itself.`,
      { detail },
    )
  }
  return fault(
    'unreachable',
    `${host} cannot be reached. Check this computer's network and whether ${platform} runs.`,
    { detail },
  )
}

export function faultOfTimeout(scene: Scene, timeoutMs: Span): Fault {
  return fault(
    'unreachable',
    `${scene.platform} did not answer within ${Math.round(timeoutMs / 1000)} seconds. Reading is tried again by itself.`,
    { detail: detailOf(scene, 'time-out', `${timeoutMs} ms`) },
  )
}

/** The platform's own words out of an error answer: its message fields, or a page's title; never the whole body. */
export function wordsOf(json: unknown, text: string): string {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
    const named = Object.entries(json).filter(([name]) =>
      ['type', 'code', 'message', 'error', 'errors', 'title'].includes(name),
    )
    if (named.length > 0) return JSON.stringify(Object.fromEntries(named)).slice(0, 400)
  }
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]
  return title === undefined ? '' : title.trim()
}

function detailOf({ method, path }: Scene, what: string, words: string): string {
  return `${method} ${path}: ${what}${words === '' ? '' : `: ${words}`}`
}

function certificateProblem(code: string): string | null {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired. Whoever runs the server must renew it.'
    case 'CERT_NOT_YET_VALID':
      return "its certificate is not valid yet. Check this computer's date and time."
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate was made out to another name. Check the address of the connection.'
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return 'its certificate is self-signed. Install it on this computer as trusted, or have the server use a public one.'
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'its certificate comes from an authority that this computer does not know, or its chain is incomplete.'
    case 'CERT_REVOKED':
      return 'its certificate was revoked.'
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return 'it does not speak a secure connection (TLS) at this address. Check https: and the port.'
    default:
      return null
  }
}

/** Every code on the chain of causes, outermost first; bounded, as a chain may be a ring. */
function codesIn(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner =
    'errors' in error && Array.isArray(error.errors)
      ? error.errors.flatMap((one) => codesIn(one, depth + 1))
      : []
  const cause = 'cause' in error ? codesIn(error.cause, depth + 1) : []
  return [...own, ...cause, ...inner]
}

function messageOf(error: unknown): string {
  const messages: string[] = []
  for (let at: unknown = error; at instanceof Error && messages.length < 5; at = at.cause) {
    if (at.message !== '') messages.push(at.message)
  }
  return messages.join(': ').slice(0, 400)
}
