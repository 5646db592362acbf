/** The one window: sandboxed, kept where it was, reloaded when its renderer dies or hangs on the wall. */
import { join } from 'node:path'
import { BrowserWindow, type Rectangle, nativeTheme, powerSaveBlocker, screen } from 'electron'
import type { Clock } from '../domain/clock.ts'
import { type Instant, seconds } from '../domain/time.ts'
import { pageAddress } from './page-files.ts'
import type { Preferences } from './preferences.ts'
import { type Watchdog, watchPage } from './watchdog.ts'

export interface Window {
  readonly browser: BrowserWindow
  /** Loads the page; the window shows itself when there is something to see. */
  start(wall: boolean): void
  show(): void
  wall(): boolean
  setWall(on: boolean): void
  /** The page has said that it is alive. */
  beat(): void
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
  let wall = false
  /** Where the window is to be again when the wall is left. */
  let beforeWall: { readonly bounds: Rectangle; readonly maximized: boolean } | null = null
  let awake: number | null = null
  let watchdog: Watchdog | null = null
  let reloadedAt: Instant | null = null

  function load(): void {
    watchdog?.loading()
    options.pageGone()
    void browser.loadURL(pageAddress(wall))
  }

  async function loadAgain(): Promise<void> {
    const soon = reloadedAt !== null && clock.now() - reloadedAt < reloadPause
    // Not from within the event that tells of the death: the dead renderer is still being cleared away.
    await clock.sleep(soon ? reloadPause : 0)
    if (browser.isDestroyed() || options.quitting()) return
    reloadedAt = clock.now()
    load()
  }

  /** A Linux without a window manager, as on a box behind a screen, knows no full screen: there the size must do. */
  function fillScreen(on: boolean): void {
    if (on) beforeWall = { bounds: browser.getNormalBounds(), maximized: browser.isMaximized() }
    if (on && process.platform === 'linux') browser.setBounds(screen.getDisplayMatching(browser.getBounds()).bounds)
    browser.setFullScreen(on)
    if (!on && process.platform === 'linux' && beforeWall !== null) browser.setBounds(beforeWall.bounds)
    if (!on && beforeWall?.maximized === true) browser.maximize()
    if (!on) beforeWall = null
  }

  function setWall(on: boolean): void {
    if (on === wall) return
    wall = on
    fillScreen(on)
    browser.webContents.setBackgroundThrottling(!on)
    if (on) {
      awake = powerSaveBlocker.start('prevent-display-sleep')
      // A page that hangs cannot be asked to reload; when its process ends it is loaded again.
      watchdog = watchPage(clock, () => browser.webContents.forcefullyCrashRenderer())
    } else {
      if (awake !== null) powerSaveBlocker.stop(awake)
      watchdog?.stop()
      awake = null
      watchdog = null
    }
    options.wallChanged()
  }

  browser.once('ready-to-show', () => browser.show())
  browser.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') void loadAgain()
  })
  browser.webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || input.key !== 'F11') return
    event.preventDefault()
    if (!input.isAutoRepeat) setWall(!wall)
  })
  browser.on('leave-full-screen', () => setWall(false))
  browser.on('close', (event) => {
    preferences.keepWindow(beforeWall ?? { bounds: browser.getNormalBounds(), maximized: browser.isMaximized() })
    if (options.quitting()) return
    event.preventDefault()
    setWall(false)
    browser.hide()
    if (preferences.tellOfTray()) options.hiddenFirst()
  })

  return {
    browser,
    start(onWall) {
      setWall(onWall)
      load()
    },
    show() {
      if (browser.isMinimized()) browser.restore()
      browser.show()
      browser.focus()
    },
    wall: () => wall,
    setWall,
    beat: () => watchdog?.beat(),
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
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
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
