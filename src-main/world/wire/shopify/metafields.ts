/** Metafields of whatever has a global id, with their digests for compare-and-set. */
import { createHash } from 'node:crypto'
import type { Instant } from '../../shop/shop.ts'

export interface Metafield {
  readonly id: number
  readonly owner: string
  readonly namespace: string
  readonly key: string
  readonly type: string
  readonly value: string
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

export class Metafields {
  readonly #byOwner = new Map<string, Map<string, Metafield>>()
  #lastId = 36_000_000_000_000

  of(owner: string): readonly Metafield[] {
    return [...this.#byOwner.get(owner)?.values() ?? []]
  }

  find(owner: string, namespace: string, key: string): Metafield | null {
    return this.#byOwner.get(owner)?.get(`${namespace}.${key}`) ?? null
  }

  set(made: Pick<Metafield, 'owner' | 'namespace' | 'key' | 'type' | 'value'>, at: Instant): Metafield {
    const known = this.find(made.owner, made.namespace, made.key)
    const metafield = { ...made, id: known?.id ?? this.#nextId(), createdAt: known?.createdAt ?? at, updatedAt: at }
    const owned = this.#byOwner.get(made.owner) ?? new Map<string, Metafield>()
    owned.set(`${made.namespace}.${made.key}`, metafield)
    this.#byOwner.set(made.owner, owned)
    return metafield
  }

  /** Whether there was one. */
  remove(owner: string, namespace: string, key: string): boolean {
    return this.#byOwner.get(owner)?.delete(`${namespace}.${key}`) ?? false
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }
}

export function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
