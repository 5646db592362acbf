/** Which keys do what right now: the `?` sheet is drawn from it, and the one listener of the page acts by it. */
import { create } from 'zustand'

export interface KeyBinding {
  /** `j`, `Enter`, `?`, `mod+k` (Cmd on macOS, Ctrl elsewhere), or two keys in a row: `g i`. */
  readonly keys: string
  /** What it does, as the sheet says it: "Open the incident". */
  readonly does: string
  readonly run: () => void
}

export interface KeyGroup {
  readonly title: string
  readonly bindings: readonly KeyBinding[]
}

interface Keys {
  /** By order of arrival; where two groups bind the same keys, the later one wins. */
  readonly groups: ReadonlyMap<symbol, KeyGroup>
  readonly sheetOpen: boolean
  readonly put: (owner: symbol, group: KeyGroup) => void
  readonly drop: (owner: symbol) => void
  readonly showSheet: (open: boolean) => void
}

export const useKeysStore = create<Keys>((set) => ({
  groups: new Map(),
  sheetOpen: false,
  put: (owner, group) => {
    set((state) => ({ groups: new Map(state.groups).set(owner, group) }))
  },
  drop: (owner) => {
    set((state) => {
      const groups = new Map(state.groups)
      groups.delete(owner)
      return { groups }
    })
  },
  showSheet: (open) => {
    set({ sheetOpen: open })
  },
}))
