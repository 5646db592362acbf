/** What can be broken in the demo, as the shell last told it, and whether the panel that does it is open. */
import { create } from 'zustand'
import type { LeverBoard } from '../../src-main/contract/demo.ts'
import { useLink } from './link.ts'

interface DemoStore extends LeverBoard {
  readonly panelOpen: boolean
  readonly showPanel: (open: boolean) => void
}

export const useDemo = create<DemoStore>((set) => ({
  levers: [],
  pulls: [],
  // What the demo is for stands open until it is put away.
  panelOpen: true,
  showPanel: (open) => {
    set({ panelOpen: open })
  },
}))

/** Whether the page shows the simulated shop and ERP. */
export function useInDemo(): boolean {
  return useLink((link) => link.shell?.demo === true)
}
