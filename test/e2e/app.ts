/** Launches the built app as a person would, with a home of its own, and shows what it said when a journey fails. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type ElectronApplication, type Page, _electron, test as base } from '@playwright/test'
import { findElectron } from '../../scripts/electron.mjs'

export interface Launch {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface Plumbline {
  readonly electron: ElectronApplication
  readonly page: Page
  /** Of the app's main process. */
  readonly pid: number
  /** The engine's process, whichever way it was started; null while there is none. */
  enginePid(): Promise<number | null>
  /** Keeps a picture of the page as an artefact of the run. */
  picture(name: string): Promise<void>
}

interface Fixtures {
  /** Where the app keeps everything; goes with the test. */
  readonly home: string
  readonly launch: (launch?: Launch) => Promise<Plumbline>
}

const pictures = resolve(import.meta.dirname, '..', '..', 'artefacts', 'pictures')

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from this pattern
  home: async ({}, use) => {
    const home = mkdtempSync(join(tmpdir(), 'plumbline-e2e-'))
    await use(home)
    rmSync(home, { recursive: true, force: true })
  },
  launch: async ({ home }, use, info) => {
    const running: ElectronApplication[] = []
    const said: string[] = []
    await use(async ({ args = [], env = {} } = {}) => {
      const electron = await _electron.launch(launchOptions(home, args, env))
      running.push(electron)
      electron.process().stderr?.on('data', (bytes: Buffer) => said.push(bytes.toString()))
      return plumbline(electron, await electron.firstWindow())
    })
    const failed = info.status !== info.expectedStatus
    for (const [nth, electron] of running.entries()) {
      const [page] = electron.windows()
      // what a person would have seen when it went wrong; a window that is gone has nothing to show
      if (failed) await page?.screenshot({ path: join(pictures, `failed-${nth + 1}.png`) }).catch(() => undefined)
      await electron.close()
    }
    if (info.status !== info.expectedStatus) await info.attach('what the app said', { body: said.join('') })
  },
})

export { expect } from '@playwright/test'

/** What starts the app; also for a second launch beside the one that runs. */
export function launchOptions(home: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const electron = findElectron()
  const given = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return {
    executablePath: electron.path,
    args: [...electron.args, ...args],
    env: { ...(Object.fromEntries(given) as Record<string, string>), PLUMBLINE_HOME: home, ...env },
  }
}

function plumbline(electron: ElectronApplication, page: Page): Plumbline {
  const pid = electron.process().pid
  if (pid === undefined) throw new Error('the app was launched and has no process')
  return {
    electron,
    page,
    pid,
    async enginePid() {
      const inside = await electron.evaluate(({ app }) => {
        return app.getAppMetrics().find(({ name }) => name === 'Plumbline engine')?.pid
      })
      return inside ?? childOf(pid, 'engine.cjs')
    },
    async picture(name) {
      await page.screenshot({ path: join(pictures, `${name}.png`) })
    },
  }
}

/** Playwright may have put a process of its own between itself and the app: grandchildren count. */
function childOf(ancestor: number, words: string): number | null {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .filter((match) => match !== null)
    .map(([, own, parent, args = '']) => ({ pid: Number(own), parent: Number(parent), args }))
  const family = new Set([ancestor])
  for (const row of rows.toSorted((a, b) => a.pid - b.pid)) if (family.has(row.parent)) family.add(row.pid)
  return rows.find((row) => family.has(row.pid) && row.args.includes(words))?.pid ?? null
}
