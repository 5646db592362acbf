/** Reads what Chromium says of the way to an address, in words that the engine's HTTP understands. */

/**
 * From a PAC answer such as `PROXY proxy.example:8080; DIRECT` to `http://proxy.example:8080`, or null for a direct way.
 * The first way that can be taken counts; SOCKS cannot be.
 */
export function proxyOf(answer: string): string | null {
  for (const way of answer.split(';')) {
    const [kind = '', host = ''] = way.trim().split(/\s+/)
    switch (kind.toUpperCase()) {
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
