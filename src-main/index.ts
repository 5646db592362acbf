/** The app's entry: decides whether this launch may run, and hands over to the one that runs already. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { app, dialog } from 'electron'
import { type Asked, runShell } from './shell/app.ts'
import { guardEveryPage, registerPageScheme } from './shell/guard.ts'
import { refusalOf } from './shell/runtime.ts'

const asked = askedOf(process.argv)

// Where everything of this installation lies; tests and a second installation name their own.
const home = process.env['PLUMBLINE_HOME']
if (home !== undefined && home !== '') {
  mkdirSync(resolve(home), { recursive: true })
  app.setPath('userData', resolve(home))
}
app.setAppUserModelId('app.plumbline.desktop')

const noSandbox = app.commandLine.hasSwitch('no-sandbox')
const refusal = refusalOf({
  napi: process.versions['napi'],
  root: process.getuid?.() === 0,
  packaged: app.isPackaged,
  noSandbox,
})

if (refusal !== null) {
  process.stderr.write(`${refusal}\n`)
  dialog.showErrorBox('Plumbline', refusal)
  app.exit(1)
} else if (app.requestSingleInstanceLock()) {
  start()
} else {
  // The one that runs already has been told, and shows itself.
  process.stdout.write('Plumbline runs already: its window comes to the front.\n')
  app.quit()
}

function start(): void {
  // Where it may be given up, Chromium would not start with both.
  if (!noSandbox) app.enableSandbox()
  registerPageScheme()
  guardEveryPage()
  // Without a window it goes on watching, from the tray.
  app.on('window-all-closed', () => undefined)
  void app.whenReady().then(() => {
    const shell = runShell(asked)
    app.on('second-instance', (_event, argv) => shell.show(askedOf(argv)))
  })
}

function askedOf(words: readonly string[]): Asked {
  const pictures = words.find((word) => word.startsWith('--pictures='))?.slice('--pictures='.length)
  return {
    wall: words.includes('--wall'),
    demo: words.includes('--demo'),
    pictures: pictures === undefined || pictures === '' ? null : resolve(pictures),
  }
}
