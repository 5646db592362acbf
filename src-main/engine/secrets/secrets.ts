/** Where the engine asks for passwords: the profile's environment first, then this run's memory, then the keychain. */
import { type Outcome, ok } from '../../domain/fault.ts'
import { type NamedSecrets, type SecretPlace, type SecretStore, belongsTo } from './store.ts'

export interface EngineSecrets {
  /** Into the keychain, else into this run's memory; the answer says where, so that a screen can. Never into a file. */
  put(ref: string, secrets: NamedSecrets): Promise<Outcome<SecretPlace>>
  /** Null when nobody keeps any under this reference. */
  get(ref: string): Promise<Outcome<NamedSecrets | null>>
  /**
   * From every place. A keychain that cannot be asked is a fault when the secret is `where` it keeps them: then the
   * connection is not forgotten yet.
   */
  remove(ref: string, where: SecretPlace | null): Promise<Outcome<null>>
  /** For a banner: what a person must know about where passwords are; null when all is as it should be. */
  banner(): string | null
  /** Removes what this installation left in the keychain for connections that are no more. Returns how many. */
  sweep(installation: string, kept: readonly string[]): Promise<Outcome<number>>
}

/** For the demo: in this run's memory and nowhere else, which needs no banner there. No keychain is ever asked. */
export function heldSecrets(memory: SecretStore): EngineSecrets {
  return {
    async put(ref, secrets) {
      const held = await memory.put(ref, secrets)
      return held.ok ? ok('memory') : held
    },
    get: (ref) => memory.get(ref),
    async remove(ref) {
      const removed = await memory.remove(ref)
      return removed.ok ? ok(null) : removed
    },
    banner: () => null,
    sweep: async () => ok(0),
  }
}

export function engineSecrets(places: {
  readonly keychain: SecretStore
  readonly memory: SecretStore
  /** Headless only. */
  readonly environment: SecretStore | null
}): EngineSecrets {
  const { keychain, memory, environment } = places
  let banner: string | null = null

  async function refreshBanner(because: string | null): Promise<void> {
    const inMemory = await memory.refs()
    const none = inMemory.ok && inMemory.value.length === 0
    banner = none
      ? null
      : `Passwords are kept for this run only and must be entered again after a restart. ${because ?? ''}`.trim()
  }

  return {
    async put(ref, secrets) {
      if (environment !== null) {
        const planned = await environment.get(ref)
        if (!planned.ok || planned.value !== null) {
          const refused = await environment.put(ref, secrets)
          return refused.ok ? ok('environment') : refused
        }
      }
      const stored = await keychain.put(ref, secrets)
      if (stored.ok) {
        await memory.remove(ref)
        await refreshBanner(null)
        return ok('keychain')
      }
      const held = await memory.put(ref, secrets)
      if (!held.ok) return held
      await refreshBanner(stored.fault.says)
      return ok('memory')
    },
    async get(ref) {
      for (const place of [environment, memory, keychain]) {
        if (place === null) continue
        // oxlint-disable-next-line no-await-in-loop -- in order, and the first that knows it answers
        const found = await place.get(ref)
        if (!found.ok || found.value !== null) return found
      }
      return ok(null)
    },
    async remove(ref, where) {
      const removed = await keychain.remove(ref)
      if (!removed.ok && where === 'keychain') return removed
      await memory.remove(ref)
      await refreshBanner(null)
      return ok(null)
    },
    banner: () => banner,
    async sweep(installation, kept) {
      const refs = await keychain.refs()
      if (!refs.ok) return refs
      const orphans = refs.value.filter((ref) => belongsTo(ref, installation) && !kept.includes(ref))
      for (const ref of orphans) {
        // oxlint-disable-next-line no-await-in-loop -- a keychain is asked one thing at a time
        const removed = await keychain.remove(ref)
        if (!removed.ok) return removed
      }
      return ok(orphans.length)
    },
  }
}
