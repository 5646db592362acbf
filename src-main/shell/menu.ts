/** The application menu, hidden until Alt but on macOS: the home of the keys for zoom, wall and quitting. */
import { Menu, type MenuItemConstructorOptions, app } from 'electron'

export function setMenu(actions: { toggleWall(): void }): void {
  const mac = process.platform === 'darwin'
  const application: MenuItemConstructorOptions = mac
    ? { role: 'appMenu' }
    : { label: 'Plumbline', submenu: [{ role: 'quit', accelerator: 'Ctrl+Q' }] }
  const tools: MenuItemConstructorOptions[] = app.isPackaged ? [] : [{ role: 'toggleDevTools' }]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      application,
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          // The window hears the key itself, before the page does; here it is only shown.
          { label: 'Wall', accelerator: 'F11', registerAccelerator: false, click: actions.toggleWall },
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          ...tools,
        ],
      },
      { role: 'windowMenu' },
    ]),
  )
}
