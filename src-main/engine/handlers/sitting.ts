/** Who sits at this computer and decides: chosen among the people, or the only one there is; else it is said that nobody knows. */
import { z } from 'zod'
import { firstPerson } from '../../domain/person.ts'
import type { Tx } from '../store/database.ts'
import type { Store } from '../store/store.ts'

export interface Sitting {
  readonly id: string
  readonly name: string
}

const key = 'sits-here'
const kept = z.string().max(100)

/** Several people are there, and none of them has said that it is they. */
export const nobodyKnown: Sitting = { id: 'unknown', name: 'Somebody unknown' }

export function whoSits({ people, settings }: Pick<Store, 'people' | 'settings'>): Sitting {
  const all = people.people()
  const chosen = settings.get(key, kept)
  const known = all.find((one) => one.id === chosen) ?? (all.length === 1 ? all[0] : undefined)
  if (known !== undefined) return { id: known.id, name: known.name }
  return all.length === 0 ? { id: firstPerson, name: 'You' } : nobodyKnown
}

export function isSomebody({ id }: Sitting): boolean {
  return id !== nobodyKnown.id
}

export function sitDown(tx: Tx, { settings }: Pick<Store, 'settings'>, person: string): void {
  settings.save(tx, key, kept, person)
}

/** Whoever a trail or a timeline names by id, by the name that they bear now. */
export function nameOf({ people }: Pick<Store, 'people'>, who: string): string {
  if (who === nobodyKnown.id) return nobodyKnown.name
  return people.owner(who)?.name ?? who
}
