/** Pages of a list that the engine turns by where the last one ended: the ways back are kept here, and nothing of what is on them. */
import { create } from 'zustand'

export interface Pages<Filter, Cursor> {
  readonly filter: Filter
  /** Where each page after the first began; the last one is shown. */
  readonly cursors: readonly Cursor[]
  /** A change of what is looked for begins at the first page again. */
  readonly look: (change: Partial<Filter>) => void
  readonly onward: (cursor: Cursor) => void
  readonly back: () => void
  readonly anew: () => void
}

/** Kept while the person looks at one row and comes back. */
export function newPages<Filter, Cursor>(everything: Filter) {
  return create<Pages<Filter, Cursor>>((set) => ({
    filter: everything,
    cursors: [],
    look: (change) => {
      set((now) => ({ filter: { ...now.filter, ...change }, cursors: [] }))
    },
    onward: (cursor) => {
      set((now) => ({ cursors: [...now.cursors, cursor] }))
    },
    back: () => {
      set((now) => ({ cursors: now.cursors.slice(0, -1) }))
    },
    anew: () => {
      set({ filter: everything, cursors: [] })
    },
  }))
}
