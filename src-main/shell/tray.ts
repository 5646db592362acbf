/** The tray: how things stand at a glance, and the few things to do without the window. */
import { join } from 'node:path'
import { Menu, type NativeImage, Tray, nativeImage } from 'electron'
import type { TrayIcon, ViewSummary } from './summary.ts'

export interface TrayActions {
  open(): void
  setWall(on: boolean): void
  readNow(): void
  restartEngine(): void
  leaveDemo(): void
  quit(): void
}

export interface TrayState extends ViewSummary {
  readonly engineStopped: boolean
  readonly wall: boolean
}

export function openTray(appPath: string, actions: TrayActions): { show(state: TrayState): void } {
  const tray = new Tray(iconOf(appPath, 'blind'))
  tray.on('click', actions.open)
  let shown = ''

  return {
    show(state) {
      // On Linux a menu that is set anew closes the one that is open.
      const key = JSON.stringify(state)
      if (key === shown) return
      shown = key
      const { summary } = state
      tray.setImage(iconOf(appPath, summary.icon))
      tray.setToolTip(`Plumbline — ${summary.says}`)
      if (process.platform === 'darwin') tray.setTitle(String(summary.critical || ''))
      tray.setContextMenu(menuOf(state, actions))
    },
  }
}

function menuOf({ summary, demo, behind, engineStopped, wall }: TrayState, actions: TrayActions): Menu {
  return Menu.buildFromTemplate([
    { label: summary.says, enabled: false },
    ...(behind === null ? [] : [{ label: `Your own connections: ${behind}`, enabled: false }]),
    { type: 'separator' },
    ...(demo ? [{ label: 'Leave the demo', click: actions.leaveDemo }] : []),
    { label: 'Open Plumbline', click: actions.open },
    { label: 'Wall', type: 'checkbox', checked: wall, click: () => actions.setWall(!wall) },
    engineStopped
      ? { label: 'Start the engine again', click: actions.restartEngine }
      : { label: 'Read now', click: actions.readNow, enabled: summary.critical !== null },
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ])
}

/** macOS colours a template by itself; elsewhere the icon brings its own ground. @2x files are found by name. */
function iconOf(appPath: string, icon: TrayIcon): NativeImage {
  const template = process.platform === 'darwin' ? 'Template' : ''
  return nativeImage.createFromPath(join(appPath, 'resources', 'tray', `${icon}${template}.png`))
}
