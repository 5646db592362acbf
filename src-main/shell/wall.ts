/** Wall mode of the window: it fills the screen, keeps the display awake, and never shows a page that hangs. */
import { type BrowserWindow, type Rectangle, powerSaveBlocker, screen } from 'electron'
import type { Clock } from '../domain/clock.ts'
import { type Watchdog, watchPage } from './watchdog.ts'

/** Where a window is when it does not fill the screen. */
export interface Place {
  readonly bounds: Rectangle
  readonly maximized: boolean
}

export interface Wall {
  on(): boolean
  set(on: boolean): void
  /** Where the window is, or is to be again when the wall is left. */
  place(): Place
  /** The page has said that it is alive. */
  beat(): void
  /** The page is being loaded, and cannot be heard for a while. */
  loading(): void
}

export function openWall(browser: BrowserWindow, clock: Clock, changed: () => void): Wall {
  let left: Place | null = null
  let awake: number | null = null
  let watchdog: Watchdog | null = null

  function enter(): void {
    left = placeOf(browser)
    // A Linux without a window manager, as on a box behind a screen, knows no full screen: there the size must do.
    if (process.platform === 'linux') browser.setBounds(screen.getDisplayMatching(browser.getBounds()).bounds)
    browser.setFullScreen(true)
    browser.webContents.setBackgroundThrottling(false)
    awake = powerSaveBlocker.start('prevent-display-sleep')
    // A page that hangs cannot be asked to reload; when its process ends it is loaded again.
    watchdog = watchPage(clock, () => browser.webContents.forcefullyCrashRenderer())
  }

  function leave({ bounds, maximized }: Place): void {
    left = null
    browser.setFullScreen(false)
    if (process.platform === 'linux') browser.setBounds(bounds)
    if (maximized) browser.maximize()
    browser.webContents.setBackgroundThrottling(true)
    if (awake !== null) powerSaveBlocker.stop(awake)
    watchdog?.stop()
    awake = null
    watchdog = null
  }

  return {
    on: () => left !== null,
    set(on) {
      if (on === (left !== null)) return
      if (left === null) enter()
      else leave(left)
      changed()
    },
    place: () => left ?? placeOf(browser),
    beat: () => watchdog?.beat(),
    loading: () => watchdog?.loading(),
  }
}

function placeOf(browser: BrowserWindow): Place {
  return { bounds: browser.getNormalBounds(), maximized: browser.isMaximized() }
}
