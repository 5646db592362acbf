/** Puts the shell together: engine, window, tray, notifications, power; each part knows only what it is given here. */
import { join } from 'node:path'
import { type IpcMainEvent, app, ipcMain, powerMonitor, session } from 'electron'
import type { FromPage, ShellMessage } from '../contract/shell-messages.ts'
import { seconds } from '../domain/time.ts'
import { type Attendant, engineClient, openAttendant } from './attendant.ts'
import { steadyClock } from './clock.ts'
import type { EngineStanding } from './engine-process.ts'
import { type RunningEngine, newPort, startEngine } from './engine-start.ts'
import { guardSession, openOutside } from './guard.ts'
import { log } from './log.ts'
import { setMenu } from './menu.ts'
import { showNotification } from './notification.ts'
import { isPageAddress } from './page-files.ts'
import { openPageLine } from './page-line.ts'
import { openPreferences } from './preferences.ts'
import { isDevelopmentRuntime } from './runtime.ts'
import { summaryOf } from './summary.ts'
import { openTray } from './tray.ts'
import { type Window, openWindow } from './window.ts'

/** Runs until the app quits. Another launch of the app calls `show`. */
export function runShell(asked: { readonly wall: boolean }): { show(wall: boolean): void } {
  const appPath = app.getAppPath()
  const icon = join(appPath, 'resources', 'icon.png')
  const developmentRuntime = isDevelopmentRuntime({ napi: process.versions['napi'] })
  guardSession(session.defaultSession, join(appPath, 'out', 'renderer'))

  const engine = startEngine({
    appPath,
    besideElectron: developmentRuntime,
    session: session.defaultSession,
    changed: engineChanged,
  })
  const quitting = quitGently(engine, () => window.browser.hide())
  const line = openPageLine({
    post: (sent, ports) => window.browser.webContents.postMessage('plumbline:to-page', sent, ports),
    newPort: () => newPort(engine),
    standing: pageStanding,
    asked: (message) => answerPage(message, engine, window),
  })
  const window: Window = openWindow({
    appPath,
    preferences: openPreferences(),
    clock: steadyClock,
    quitting,
    pageGone: line.gone,
    wallChanged: showStanding,
    hiddenFirst: () => showNotification(stillHere, icon, { shown: () => undefined, clicked: window.show }),
  })
  const attendant = openAttendant({
    show: (notice, events) => showNotification(notice, icon, events),
    open,
    criticalChanged: showTray,
    failed: (error) => log('engine gave no answer', error),
  })
  const tray = openTray(appPath, {
    open: window.show,
    setWall: window.wall.set,
    readNow: () => void attendant.readNow().catch((error: unknown) => log('read now failed', error)),
    restartEngine: engine.restart,
    quit: () => app.quit(),
  })

  function engineChanged(standing: EngineStanding): void {
    log(`engine ${standing.engine}`, standing.says ?? undefined)
    if (standing.engine === 'running') void keepAttending(engine, attendant)
    showStanding()
  }

  function pageStanding(): Omit<ShellMessage, 'plumbline'> {
    return { ...engine.standing(), wall: window.wall.on(), developmentRuntime, version: app.getVersion() }
  }

  function showStanding(): void {
    line.standingChanged()
    showTray()
  }

  function showTray(): void {
    const standing = engine.standing()
    const summary = summaryOf(standing, attendant.critical())
    tray.show({ summary, engineStopped: standing.engine === 'stopped', wall: window.wall.on() })
  }

  function open(incident: string | null): void {
    window.show()
    line.open(incident)
  }

  ipcMain.on('plumbline:from-page', (event, sent: unknown) => {
    if (isOurPage(event, window)) line.hear(sent)
  })
  powerMonitor.on('suspend', () => engine.tell({ kind: 'suspended' }))
  powerMonitor.on('resume', () => engine.tell({ kind: 'resumed' }))
  app.on('activate', window.show)
  setMenu({ toggleWall: () => window.wall.set(!window.wall.on()) })
  showTray()
  window.start(asked.wall)

  return {
    show(wall) {
      window.show()
      if (wall) window.wall.set(true)
    },
  }
}

const stillHere = {
  title: 'Plumbline is still watching',
  body: 'It tells you when something is wrong. Quit it in the tray; start it again to see its window.',
  severity: 'low',
} as const

function answerPage(
  message: Exclude<FromPage, { plumbline: 'ready' }>,
  engine: RunningEngine,
  window: Window,
): void {
  switch (message.plumbline) {
    case 'heartbeat':
      window.wall.beat()
      return
    case 'wall':
      window.wall.set(message.on)
      return
    case 'external':
      openOutside(message.url)
      return
    case 'restart':
      engine.restart()
      return
    default:
      message satisfies never
  }
}

/** Until this run of the engine ends; a line that ends before it is opened anew. */
async function keepAttending(engine: RunningEngine, attendant: Attendant): Promise<void> {
  const run = engine.standing().restarts
  while (engine.standing().restarts === run) {
    const port = newPort(engine)
    if (port === null) return
    const client = engineClient(port)
    port.start()
    const reason = await attendant.attend(client).catch((error: unknown) => error)
    await steadyClock.sleep(seconds(1))
    if (engine.standing().engine === 'running') log('line to the engine opened anew', reason)
  }
}

/** The engine finishes its page before the app ends; a second wish to quit meanwhile changes nothing. */
function quitGently(engine: RunningEngine, leave: () => void): () => boolean {
  let quitting = false
  let stopped = false
  function quitNow(): void {
    stopped = true
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    if (quitting) return
    quitting = true
    leave()
    // Not from within the event: Electron would forget that it is quitting when the event returns.
    void engine.stop().then(() => setImmediate(quitNow))
  })
  return () => quitting
}

/** Only the main frame of our one window, while it shows our page. */
function isOurPage(event: IpcMainEvent, window: Window): boolean {
  const contents = window.browser.webContents
  const frame = event.senderFrame
  return event.sender === contents && frame !== null && frame === contents.mainFrame && isPageAddress(frame.url)
}
