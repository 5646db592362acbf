/** What a place for passwords can do: put, get and remove them by a connection's reference, and say whether it works. */
import type { Outcome } from '../../domain/fault.ts'
import type { Secret } from '../../domain/secret.ts'

/** The passwords of one connection by their names in the connector's form. */
export type NamedSecrets = Readonly<Record<string, Secret>>

export type SecretPlace = 'keychain' | 'environment' | 'memory'

/** Whether the place can be used just now; `says` is for an owner. */
export type Availability = { readonly usable: true } | { readonly usable: false; readonly says: string }

export interface SecretStore {
  readonly where: SecretPlace
  available(): Promise<Availability>
  put(ref: string, secrets: NamedSecrets): Promise<Outcome<null>>
  /** Null when nothing is kept under the reference. */
  get(ref: string): Promise<Outcome<NamedSecrets | null>>
  /** True when there was something to remove. */
  remove(ref: string): Promise<Outcome<boolean>>
  /** Every reference that is kept here. */
  refs(): Promise<Outcome<readonly string[]>>
}

/**
 * The reference of a connection's secrets. It names the installation (the database) too: two databases on one machine
 * share the keychain, and neither may sweep away what the other keeps.
 */
export function refOf(installation: string, connection: string): string {
  return `${installation}/${connection}`
}

export function belongsTo(ref: string, installation: string): boolean {
  return ref.startsWith(`${installation}/`)
}
