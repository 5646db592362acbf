/** Secrets of a headless run: its profile names an environment variable or a keychain entry for each, never a value. */
import { type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import { Secret } from '../../domain/secret.ts'
import type { NamedSecrets, SecretStore } from './store.ts'

/** Where one secret is to be found, as a profile says it. */
export type SecretSource = { readonly env: string } | { readonly keychain: string }

/** By the connection's secret reference, then by the secret's name. */
export type SecretPlan = Readonly<Record<string, Readonly<Record<string, SecretSource>>>>

export type Environment = Readonly<Record<string, string | undefined>>

/** Read-only: nothing is put into or removed from the environment. */
export function environmentSecrets(plan: SecretPlan, environment: Environment, keychain: SecretStore): SecretStore {
  async function find(name: string, source: SecretSource): Promise<Outcome<Secret>> {
    if ('env' in source) {
      const value = environment[source.env]
      if (value !== undefined && value !== '') return ok(new Secret(value))
      return missing(`The environment variable ${source.env}, which should hold ${name}, is not set. Set it and start again.`)
    }
    const entry = await keychain.get(source.keychain)
    if (!entry.ok) return entry
    const secret = entry.value?.[name]
    if (secret !== undefined) return ok(secret)
    return missing(`The keychain has no ${name} under ${source.keychain}. Store it there and start again.`)
  }

  async function get(ref: string): Promise<Outcome<NamedSecrets | null>> {
    const sources = Object.hasOwn(plan, ref) ? plan[ref] : undefined
    if (sources === undefined) return ok(null)
    const found: Record<string, Secret> = {}
    for (const [name, source] of Object.entries(sources)) {
      // oxlint-disable-next-line no-await-in-loop -- a handful, and the first that is missing is the one to name
      const secret = await find(name, source)
      if (!secret.ok) return secret
      found[name] = secret.value
    }
    return ok(found)
  }

  return {
    where: 'environment',
    available: async () => ({ usable: true }),
    put: async () => missing('The secrets of this run come from its profile: change them there.'),
    get,
    remove: async () => ok(false),
    refs: async () => ok(Object.keys(plan)),
  }
}

function missing(says: string): Outcome<never> {
  return failed(fault('credentials', says))
}
