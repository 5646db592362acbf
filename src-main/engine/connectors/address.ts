/** Which addresses a request may go to: TLS or this machine, and never outside the base URL that the user entered. */
import { type Outcome, fault, failed, ok } from '../../domain/fault.ts'
import { isLoopback } from '../../domain/loopback.ts'
import type { Request } from './definition.ts'

/** The base URL of a connection, or a `validation` fault that says what is wrong with it. */
export function baseOf(text: string): Outcome<URL> {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return failed(
      refused(
        'The address is not a web address. Enter it in full, such as https://shop.example.com.',
      ),
    )
  }
  if (url.username !== '' || url.password !== '') {
    return failed(
      refused(
        'The address holds a user name or a password. Enter it without them; they have their own fields.',
      ),
    )
  }
  if (url.search !== '' || url.hash !== '') {
    return failed(
      refused(
        'The address must not hold a ? or a #. Enter only its first part, such as https://shop.example.com.',
      ),
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return failed(
      refused(
        `The address of ${url.host} begins with http:, so passwords would cross the network readable to others. ` +
          'Enter it with https:. Plain http is only for a server on this same computer.',
      ),
    )
  }
  return ok(url)
}

/** The whole URL of a request. A path that would leave the base is a fault: ids come from the platform and are not trusted. */
export function urlOf(base: URL, request: Pick<Request, 'path' | 'query'>): Outcome<URL> {
  const url = URL.parse(request.path, base)
  const folder = base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1)
  const inside =
    url !== null &&
    url.origin === base.origin &&
    (url.pathname === base.pathname || url.pathname.startsWith(folder))
  if (!inside || url.username !== '' || url.password !== '' || url.hash !== '') {
    return failed(
      fault(
        'validation',
        'A request would have left the address of this connection, so it was not sent. Tell support.',
        {
          detail: `path outside the base URL: ${request.path.slice(0, 200)}`,
        },
      ),
    )
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === null || value === undefined) continue
    for (const one of Array.isArray(value) ? value : [value])
      url.searchParams.append(name, String(one))
  }
  return ok(url)
}

function refused(says: string): ReturnType<typeof fault> {
  return fault('validation', says, { path: 'baseUrl' })
}
