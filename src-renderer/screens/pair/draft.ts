/** What was typed into a pair's form, kept while the person looks elsewhere: at the ERP's references, say. */
import { create } from 'zustand'
import type { Terms } from './terms.ts'

interface TermDrafts {
  readonly kept: Readonly<Record<string, Terms>>
  readonly keep: (key: string, terms: Terms) => void
  readonly drop: (key: string) => void
}

export const useTermDrafts = create<TermDrafts>((set) => ({
  kept: {},
  keep: (key, terms) => {
    set((state) => ({ kept: { ...state.kept, [key]: terms } }))
  },
  drop: (key) => {
    set((state) => ({
      kept: Object.fromEntries(Object.entries(state.kept).filter(([each]) => each !== key)),
    }))
  },
}))
