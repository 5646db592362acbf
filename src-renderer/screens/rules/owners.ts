/** Whom a thing may be given to, as choices of a field; and the pair whose rules are looked at. */
import { create } from 'zustand'
import type { PeopleView } from '../../../src-main/contract/duty-views.ts'

export interface OwnerChoices {
  readonly group: string
  readonly items: { readonly value: string; readonly label: string }[]
}

export function ownerChoices(people: PeopleView): OwnerChoices[] {
  const choice = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name })
  return [
    { group: 'People', items: people.people.map(choice) },
    { group: 'Roles', items: people.roles.map(choice) },
  ].filter(({ items }) => items.length > 0)
}

export function ownerName(people: PeopleView, id: string): string {
  return [...people.people, ...people.roles].find((one) => one.id === id)?.name ?? 'somebody who left'
}

/** Null: the first one. */
export const usePairChoice = create<{ readonly pair: string | null }>(() => ({ pair: null }))
