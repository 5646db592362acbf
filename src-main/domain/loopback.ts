/** Which names are this very computer: only there may anything travel without TLS. */

/** 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/** Whether what is sent to this address can be read by nobody on the way. */
export function loopbackOrTls(url: { readonly protocol: string; readonly hostname: string }): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
