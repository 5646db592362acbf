/** The moment that a person looks back to: kept while they go from the first screen to an order, and left with these. */
import { create } from 'zustand'
import type { Instant } from '../../src-main/domain/time.ts'
import { useNavigation } from './navigation.ts'

interface Travel {
  /** Null: now. */
  readonly at: Instant | null
  readonly lookBack: (at: Instant) => void
  readonly backToNow: () => void
}

/** Screens that can tell of a moment before; every other one tells of now, and is never taken for then. */
const travelling: readonly string[] = ['overview', 'orders']

export const useTravel = create<Travel>((set) => ({
  at: null,
  lookBack: (at) => {
    set({ at })
  },
  backToNow: () => {
    set({ at: null })
  },
}))

useNavigation.subscribe(({ place }) => {
  if (!travelling.includes(place.screen)) useTravel.getState().backToNow()
})
