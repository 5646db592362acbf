/** Keeps a picture of the window every few seconds, for a visitor of the demo who has no screen. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import type { Clock } from '../domain/clock.ts'
import { seconds } from '../domain/time.ts'
import { log } from './log.ts'

const every = seconds(5)
const picturesMax = 60
const numbered = /^\d{4,}\.png$/

export interface PicturesOptions {
  readonly folder: string
  readonly browser: BrowserWindow
  readonly clock: Clock
  /** Whether what the window shows may be kept: only ever the demo. */
  readonly may: () => boolean
}

/** `latest.png`, and the last ones numbered. Until the window is gone. */
export async function takePictures({ folder, browser, clock, may }: PicturesOptions): Promise<void> {
  rmSync(join(folder, 'latest.png'), { force: true })
  mkdirSync(folder, { recursive: true })
  forget(folder, 0)
  for (let nth = 1; !browser.isDestroyed(); nth += 1) {
    if (may()) await keepOne(folder, nth, browser).catch((error: unknown) => log('picture not taken', error))
    await clock.sleep(every)
  }
}

async function keepOne(folder: string, nth: number, browser: BrowserWindow): Promise<void> {
  const png = (await browser.webContents.capturePage()).toPNG()
  // A window that was not drawn yet has nothing to show.
  if (png.length === 0) return
  writeFileSync(join(folder, `${String(nth).padStart(4, '0')}.png`), png)
  // Whole, or not there: somebody may be looking.
  writeFileSync(join(folder, 'latest.part'), png)
  renameSync(join(folder, 'latest.part'), join(folder, 'latest.png'))
  forget(folder, picturesMax)
}

function forget(folder: string, but: number): void {
  const kept = readdirSync(folder).filter((name) => numbered.test(name)).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
  for (const name of kept.slice(0, Math.max(0, kept.length - but))) rmSync(join(folder, name))
}
