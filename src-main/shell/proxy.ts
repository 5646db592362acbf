/** Reads what Chromium says of the way to an address, in words that the engine's HTTP understands. */

/**
 * `PROXY proxy.example:8080; DIRECT` gives `http://proxy.example:8080`; a direct way is null.
 * The first way that can be taken counts; SOCKS cannot be.
 */
export function proxyOf(answer: string): string | null {
  for (const way of answer.split(';')) {
    const [kind = '', host = ''] = way.trim().split(/\s+/)
    switch (host === '' && kind !== 'DIRECT' ? '' : kind.toUpperCase()) {
      case 'DIRECT':
        return null
      case 'PROXY':
      case 'HTTP':
        return `http://${host}`
      case 'HTTPS':
        return `https://${host}`
      default:
        continue
    }
  }
  return null
}
