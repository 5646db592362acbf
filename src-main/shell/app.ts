/** Puts the shell together: what it watches, window, tray, notifications, power; each part knows only what it is given here. */
import { join } from 'node:path'
import { type IpcMainEvent, type MessagePortMain, app, dialog, ipcMain, powerMonitor, session } from 'electron'
import type { FromPage, ShellMessage } from '../contract/shell-messages.ts'
import { steadyClock } from './clock.ts'
import { forgetDemos, startDemo } from './demo-start.ts'
import { guardSession, openOutside } from './guard.ts'
import { setMenu } from './menu.ts'
import { showNotification } from './notification.ts'
import { isPageAddress } from './page-files.ts'
import { type PageLine, openPageLine } from './page-line.ts'
import { takePictures } from './pictures.ts'
import { openPreferences } from './preferences.ts'
import { type Printer, openPrinter } from './printer.ts'
import type { Place } from './processes.ts'
import { isDevelopmentRuntime } from './runtime.ts'
import { viewSummary } from './summary.ts'
import { openTeller } from './teller.ts'
import { openTray } from './tray.ts'
import { type Views, type ViewsOptions, openViews } from './views.ts'
import { type WatchOptions, startWatch } from './watch.ts'
import { type Window, openWindow } from './window.ts'

export interface Asked {
  readonly wall: boolean
  /** Begins in the demo, tells its incidents on stdout, and ends with its window. */
  readonly demo: boolean
  /** The folder for pictures of the demo; null: none are taken. */
  readonly pictures: string | null
}

export interface Shell {
  /** Another launch of the app asks for the window, and perhaps for more. */
  show(asked: Pick<Asked, 'wall' | 'demo'>): void
}

/** Runs until the app quits. */
export function runShell(asked: Asked): Shell {
  const appPath = app.getAppPath()
  const icon = join(appPath, 'resources', 'icon.png')
  const developmentRuntime = isDevelopmentRuntime({ napi: process.versions['napi'] })
  guardSession(session.defaultSession, join(appPath, 'out', 'renderer'))

  forgetDemos()
  const views = openWatches(asked, { appPath, besideElectron: developmentRuntime }, icon, {
    changed: showStanding,
    boardChanged: () => line.boardChanged(),
    switched() {
      window.load()
      showTray()
    },
    open(incident) {
      window.show()
      line.open(incident)
    },
  })
  const quitting = quitGently(views.stop, () => window.browser.hide())
  const line: PageLine = openPageLine({
    post: (sent, ports) => window.browser.webContents.postMessage('plumbline:to-page', sent, ports),
    newPort: () => views.shown().newPort(),
    standing: pageStanding,
    board: views.board,
    asked: (message) => answerPage(message, { views, window, printer }),
  })
  const window: Window = openWindow({
    appPath,
    preferences: openPreferences(),
    clock: steadyClock,
    quitting,
    pageGone: line.gone,
    wallChanged: showStanding,
    // A demo that was asked for by name is all there is; another one gives way to what it stood before.
    endsWithWindow: () => asked.demo && views.inDemo(),
    hidden: views.leaveDemo,
    hiddenFirst: () => showNotification(stillHere, icon, { shown: () => undefined, clicked: window.show }),
  })
  const printer = openPrinter({
    contents: window.browser.webContents,
    folder: () => app.getPath('documents'),
    // within the window that asked, so that nobody looks for it behind it
    choose: (path) => dialog.showSaveDialog(window.browser, { defaultPath: path, filters: [{ name: 'PDF', extensions: ['pdf'] }] }),
    printed: line.printed,
  })
  const tray = openTray(appPath, {
    open: window.show,
    setWall: window.wall.set,
    readNow: () => views.shown().readNow(),
    restartEngine: () => views.shown().restart(),
    leaveDemo: views.leaveDemo,
    quit: () => app.quit(),
  })

  function pageStanding(): Omit<ShellMessage, 'plumbline'> {
    const here = { wall: window.wall.on(), demo: views.inDemo(), developmentRuntime, version: app.getVersion() }
    return { ...views.shown().standing(), ...here }
  }

  function showStanding(): void {
    line.standingChanged()
    showTray()
  }

  function showTray(): void {
    const engineStopped = views.shown().standing().engine === 'stopped'
    tray.show({ ...viewSummary(views), engineStopped, wall: window.wall.on() })
  }

  ipcMain.on('plumbline:from-page', (event, sent: unknown) => {
    if (isOurPage(event, window)) line.hear(sent)
  })
  powerMonitor.on('suspend', () => views.tell({ kind: 'suspended' }))
  powerMonitor.on('resume', () => views.tell({ kind: 'resumed' }))
  app.on('activate', window.show)
  setMenu({ toggleWall: () => window.wall.set(!window.wall.on()) })
  showTray()
  window.start(asked.wall)
  if (asked.pictures !== null) {
    void takePictures({ folder: asked.pictures, browser: window.browser, clock: steadyClock, may: views.inDemo })
  }

  return {
    show({ wall, demo }) {
      window.show()
      if (demo) views.enterDemo()
      if (wall) window.wall.set(true)
    },
  }
}

interface WatchEvents extends Pick<ViewsOptions<never>, 'switched' | 'open'> {
  changed(): void
  boardChanged(): void
}

/** The person's own connections and the demo, each to be started when it is shown first. */
function openWatches(asked: Asked, place: Place, icon: string, events: WatchEvents): Views<MessagePortMain> {
  const watching: Pick<WatchOptions, 'place' | 'session' | 'show' | 'changed'> = {
    place,
    session: session.defaultSession,
    show: (notice, heard) => showNotification(notice, icon, heard),
    changed: events.changed,
  }
  return openViews<MessagePortMain>({
    begin: asked.demo ? 'demo' : 'own',
    startOwn(open) {
      const databasePath = join(app.getPath('userData'), 'plumbline.sqlite')
      return startWatch({ ...watching, open, databasePath, demo: null, incidentsChanged: null })
    },
    startDemo(open) {
      const incidentsChanged = asked.demo ? openTeller(print).look : null
      return startDemo({ ...watching, open, incidentsChanged, boardChanged: events.boardChanged })
    },
    switched: events.switched,
    open: events.open,
  })
}

const stillHere = {
  title: 'Plumbline is still watching',
  body: 'It tells you when something is wrong. Quit it in the tray; start it again to see its window.',
  severity: 'low',
} as const

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function answerPage(
  message: Exclude<FromPage, { plumbline: 'ready' }>,
  { views, window, printer }: { readonly views: Views<MessagePortMain>; readonly window: Window; readonly printer: Printer },
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
      views.shown().restart()
      return
    case 'demo':
      if (message.on) views.enterDemo()
      else views.leaveDemo()
      return
    case 'pull':
      views.pull(message.lever)
      return
    case 'print':
      void printer(message)
      return
    default:
      message satisfies never
  }
}

/** Engines finish their page before the app ends; a second wish to quit meanwhile changes nothing. */
function quitGently(stop: () => Promise<void>, leave: () => void): () => boolean {
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
    void stop().then(() => setImmediate(quitNow))
  })
  return () => quitting
}

/** Only the main frame of our one window, while it shows our page. */
function isOurPage(event: IpcMainEvent, window: Window): boolean {
  const contents = window.browser.webContents
  const frame = event.senderFrame
  return event.sender === contents && frame !== null && frame === contents.mainFrame && isPageAddress(frame.url)
}
