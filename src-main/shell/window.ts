/** The one window: sandboxed, kept where it was, loaded again when its renderer dies, hidden when it is closed. */
import { join } from 'node:path'
import { BrowserWindow, type Rectangle, app, nativeTheme } from 'electron'
import type { Clock } from '../domain/clock.ts'
import { type Instant, seconds } from '../domain/time.ts'
import { log } from './log.ts'
import { pageAddress } from './page-files.ts'
import type { Preferences } from './preferences.ts'
import { type Wall, openWall } from './wall.ts'

export interface Window {
  readonly browser: BrowserWindow
  readonly wall: Wall
  /** Loads the page; the window shows itself when there is something to see. */
  start(onWall: boolean): void
  /** Loads the page anew, from its beginning. */
  load(): void
  show(): void
}

export interface WindowOptions {
  readonly appPath: string
  readonly preferences: Preferences
  readonly clock: Clock
  /** The document is gone, and another one is on its way. */
  readonly pageGone: () => void
  readonly wallChanged: () => void
  /** True when the app ends: only then does closing the window close it. */
  readonly quitting: () => boolean
  /** Closing the window ends the app; else it is hidden, and the watch goes on. */
  readonly endsWithWindow: () => boolean
  readonly hidden: () => void
  /** The window was closed for the first time ever, and the watch goes on: the person is told so. */
  readonly hiddenFirst: () => void
}

/** A page that dies again at once is loaded at this pace, not as fast as the machine can. */
const reloadPause = seconds(3)

export function openWindow(options: WindowOptions): Window {
  const { preferences, clock } = options
  const kept = preferences.window()
  const browser = newBrowserWindow(options.appPath, kept?.bounds ?? { width: 1280, height: 800 })
  if (kept?.maximized === true) browser.maximize()
  const wall = openWall(browser, clock, options.wallChanged)
  let reloadedAt: Instant | null = null

  function load(): void {
    wall.loading()
    options.pageGone()
    // Rejects when another load takes its place.
    browser.loadURL(pageAddress(wall.on())).catch((error: unknown) => log('page not loaded', error))
  }

  async function loadAgain(): Promise<void> {
    const soon = reloadedAt !== null && clock.now() - reloadedAt < reloadPause
    // Not from within the event that tells of the death: the dead renderer is still being cleared away.
    await clock.sleep(soon ? reloadPause : 0)
    if (browser.isDestroyed() || options.quitting()) return
    reloadedAt = clock.now()
    load()
  }

  const showFirst = (): void => browser.show()
  browser.once('ready-to-show', showFirst)
  browser.on('leave-full-screen', () => wall.set(false))
  browser.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') void loadAgain()
  })
  browser.webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || input.key !== 'F11') return
    event.preventDefault()
    if (!input.isAutoRepeat) wall.set(!wall.on())
  })
  browser.on('close', (event) => {
    preferences.keepWindow(wall.place())
    if (options.quitting()) return
    event.preventDefault()
    if (options.endsWithWindow()) {
      app.quit()
      return
    }
    wall.set(false)
    // who closes it before its page is drawn does not want it to come up then
    browser.off('ready-to-show', showFirst)
    browser.hide()
    options.hidden()
    if (preferences.tellOfTray()) options.hiddenFirst()
  })

  return {
    browser,
    wall,
    load,
    start(onWall) {
      wall.set(onWall)
      load()
    },
    show() {
      if (browser.isMinimized()) browser.restore()
      browser.show()
      browser.focus()
    },
  }
}

function newBrowserWindow(appPath: string, bounds: Partial<Rectangle>): BrowserWindow {
  return new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Plumbline',
    icon: join(appPath, 'resources', 'icon.png'),
    // The page's own ground, so that nothing flashes before it is drawn.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e1014' : '#f7f8fa',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(appPath, 'out', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Chromium would fetch dictionaries from a server of its maker.
      spellcheck: false,
    },
  })
}
