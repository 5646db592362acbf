/** Where the window was, and the like: preferences of the shell, and nothing of the business. */
import { type Rectangle, screen } from 'electron'
import Store from 'electron-store'
import { z } from 'zod'

const windowSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(640), height: z.int().min(480) }),
  maximized: z.boolean(),
})

export interface Preferences {
  /** Null when none is kept, or when it lies on a screen that is not there any more. */
  window(): z.infer<typeof windowSchema> | null
  keepWindow(state: z.infer<typeof windowSchema>): void
  /** True once, ever: the person has then been told that closing the window does not stop the watch. */
  tellOfTray(): boolean
}

export function openPreferences(): Preferences {
  // A file that cannot be read is no reason not to start: it is begun anew.
  const store = new Store<Record<string, unknown>>({ name: 'preferences', clearInvalidConfig: true })
  return {
    window() {
      const kept = windowSchema.safeParse(store.get('window'))
      return kept.success && isOnScreen(kept.data.bounds) ? kept.data : null
    },
    keepWindow: (state) => store.set('window', state),
    tellOfTray() {
      if (store.get('toldOfTray') === true) return false
      store.set('toldOfTray', true)
      return true
    },
  }
}

/** Enough of the title bar must lie on some screen to take hold of it. */
function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
    const top = bounds.y >= workArea.y && bounds.y < workArea.y + workArea.height - 40
    return width >= 100 && top
  })
}
