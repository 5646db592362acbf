/** The shell's diary on stderr, in the same lines as the engine's. */
import { wallTime } from './clock.ts'

const lineMax = 2000

/** `event` is fixed words; `because` is an error of our own parts, which never hold a customer's data or a secret. */
export function log(event: string, because?: unknown): void {
  const told = because === undefined ? {} : { because: String(because) }
  const line = JSON.stringify({ at: wallTime(), level: 'info', from: 'shell', event, ...told })
  process.stderr.write(`${line.slice(0, lineMax)}\n`)
}
