/** What a person chose for this machine's window; business settings live in the engine. */
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface Preferences {
  /** Keys without Ctrl or Cmd; WCAG 2.1.4 asks that they can be switched off. */
  readonly singleKeys: boolean
  readonly setSingleKeys: (on: boolean) => void
  /** Every moment in full instead of "12 min ago". */
  readonly exactTimes: boolean
  readonly setExactTimes: (on: boolean) => void
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      singleKeys: true,
      setSingleKeys: (on) => {
        set({ singleKeys: on })
      },
      exactTimes: false,
      setExactTimes: (on) => {
        set({ exactTimes: on })
      },
    }),
    { name: 'plumbline-preferences', version: 1 },
  ),
)
