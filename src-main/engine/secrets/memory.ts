/** Passwords for this run only: gone when the engine ends. The last resort, and a banner says so. */
import { ok } from '../../domain/fault.ts'
import type { NamedSecrets, SecretStore } from './store.ts'

export function memorySecrets(): SecretStore {
  const kept = new Map<string, NamedSecrets>()
  return {
    where: 'memory',
    available: async () => ({ usable: true }),
    async put(ref, secrets) {
      kept.set(ref, secrets)
      return ok(null)
    },
    get: async (ref) => ok(kept.get(ref) ?? null),
    remove: async (ref) => ok(kept.delete(ref)),
    refs: async () => ok([...kept.keys()]),
  }
}
