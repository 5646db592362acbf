/** Passwords in the operating system's keychain: one entry a connection, holding its secrets as JSON. */
import { z } from 'zod'
import type { Clock } from '../../domain/clock.ts'
import { type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import { Secret } from '../../domain/secret.ts'
import { minutes } from '../../domain/time.ts'
import type { NamedSecrets, SecretStore } from './store.ts'

const service = 'Plumbline'

/** A keychain may ask its owner to unlock it: that takes a person's time, but not for ever. */
const answerMax = minutes(2)

/** The four functions of keytar that are used; its maintained successor has the same. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
  findCredentials(service: string): Promise<{ account: string; password: string }[]>
}

const entryJson = z.record(z.string(), z.string())

/** Loaded when first asked for: a machine without the native module has no keychain, and everything else still works. */
const nativeKeytar = (): Promise<Keytar> => import('keytar/keytar.js')

export function keychainSecrets(clock: Clock, load: () => Promise<Keytar> = nativeKeytar): SecretStore {
  // whatever the keychain throws (none there, locked, refused) is a state to show and never a crash
  async function ask<T>(question: (keytar: Keytar) => Promise<T>): Promise<Outcome<T>> {
    const waiting = new AbortController()
    const late = clock.sleep(answerMax, waiting.signal).then(
      () => unusable('it did not answer'),
      () => unusable('it was not asked any more'),
    )
    const answer = load()
      .then(question)
      .then(ok, (error: unknown) => unusable(error instanceof Error ? error.message : String(error)))
    const first = await Promise.race([answer, late])
    waiting.abort(new Error('answered'))
    return first
  }

  // Listing asks the Secret Service itself. The single calls do not: without one they fall back on Linux to the
  // kernel's key ring, which forgets everything at the next start of the machine.
  const listed = (): Promise<Outcome<readonly string[]>> =>
    ask(async (keytar) => (await keytar.findCredentials(service)).map((entry) => entry.account))

  return {
    where: 'keychain',
    async available() {
      const refs = await listed()
      return refs.ok ? { usable: true } : { usable: false, says: refs.fault.says }
    },
    async put(ref, secrets) {
      const before = await listed()
      if (!before.ok) return before
      const revealed = Object.entries(secrets).map(([name, secret]) => [name, secret.reveal()])
      const written = await ask((keytar) => keytar.setPassword(service, ref, JSON.stringify(Object.fromEntries(revealed))))
      if (!written.ok) return written
      const after = await listed()
      if (!after.ok) return after
      return after.value.includes(ref) ? ok(null) : unusable('what was stored could not be found again')
    },
    async get(ref) {
      const text = await ask((keytar) => keytar.getPassword(service, ref))
      if (!text.ok) return text
      if (text.value !== null) return ok(parseEntry(text.value))
      // nothing there, or nobody there to say so: only the first means that no password was ever stored
      const refs = await listed()
      return refs.ok ? ok(null) : refs
    },
    async remove(ref) {
      const before = await listed()
      if (!before.ok) return before
      return ask((keytar) => keytar.deletePassword(service, ref))
    },
    refs: listed,
  }
}

/** An entry that somebody else wrote in another shape counts as none. */
function parseEntry(text: string): NamedSecrets | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const entry = entryJson.safeParse(json)
  if (!entry.success) return null
  return Object.fromEntries(Object.entries(entry.data).map(([name, value]) => [name, new Secret(value)]))
}

function unusable(detail: string): Outcome<never> {
  return failed(
    fault(
      'temporary',
      "This computer's keychain cannot be used just now. Unlock it (on Linux: have a Secret Service such as GNOME Keyring or KWallet run); Plumbline asks again by itself.",
      { detail: `keychain: ${detail}` },
    ),
  )
}
