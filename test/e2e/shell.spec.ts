/** The shell around the page: what it shows, what it survives, and what it never lets happen. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ElectronApplication, Page, TestInfo } from '@playwright/test'
import { findElectron } from '../../scripts/electron.mjs'
import { type Plumbline, expect, launchOptions, test } from './app.ts'
import { clickNotification, standingNotifications } from './desktop.ts'

const restarting = /engine restarts/i

test('starts, and shows its window with the page in it', async ({ launch }) => {
  const { page, electron, picture } = await launch()
  await expect(page).toHaveTitle(/Plumbline/)
  await expect(page.locator('#root')).not.toBeEmpty()
  expect(page.url()).toBe('plumbline://app/index.html')
  expect(await visible(electron)).toBe(true)
  await picture('shell-start')
})

test('gives the page nothing of Node or Electron', async ({ launch }) => {
  const { page } = await launch()
  const found = await page.evaluate(() => {
    const names = ['require', 'process', 'module', 'electron', 'Buffer', 'ipcRenderer']
    return names.filter((name) => name in globalThis)
  })
  expect(found).toEqual([])
})

test('hands a second launch over to the window that is there', async ({ launch, home }) => {
  const { electron, enginePid } = await launch()
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const engine = await engineRuns(enginePid)
  const { executablePath, args, env } = launchOptions(home, [])
  const second = spawn(executablePath, args, { env, stdio: 'ignore' })
  const [code] = await once(second, 'exit')
  expect(code).toBe(0)
  await expect.poll(() => visible(electron)).toBe(true)
  expect(await enginePid()).toBe(engine)
})

test('starts the engine again when it dies, and says so meanwhile', async ({ launch }) => {
  const { page, enginePid, picture } = await launch()
  const first = await engineRuns(enginePid)
  await expect(page.getByText(restarting)).toBeHidden()
  process.kill(first, 'SIGKILL')
  await expect(page.getByText(restarting)).toBeVisible()
  await picture('shell-engine-restarts')
  await expect(page.getByText(restarting)).toBeHidden()
  expect(await enginePid()).not.toBe(first)
})

test('says why when the engine cannot be started, and can still be quit', async ({ launch }) => {
  test.skip(findElectron().kind === 'official', 'there the engine runs inside of Electron, in no Node of its own')
  const { page, electron, picture } = await launch({ env: { PLUMBLINE_NODE: '/no/such/node' } })
  await expect(page.getByText(/Node\.js could not be started: spawn \/no\/such\/node ENOENT/)).toBeVisible()
  await picture('shell-engine-not-started')
  await electron.close()
})

test('opens its window where it was left', async ({ launch }) => {
  const left = { x: 120, y: 80, width: 1100, height: 700 }
  const first = await launch()
  await first.electron.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), left)
  await expect.poll(() => boundsOf(first.electron)).toEqual(left)
  await first.electron.close()
  const second = await launch()
  expect(await boundsOf(second.electron)).toEqual(left)
})

test('leaves no engine behind when it quits', async ({ launch }) => {
  const { electron, enginePid } = await launch()
  const engine = await engineRuns(enginePid)
  await electron.close()
  expect(() => process.kill(engine, 0)).toThrow('ESRCH')
})

test.describe('on the wall', () => {
  test('fills the screen and keeps the display awake', async ({ launch }) => {
    const { page, electron, picture } = await launch({ args: ['--wall'] })
    expect(page.url()).toBe('plumbline://app/index.html?wall=1')
    await expect.poll(() => onWall(electron)).toEqual({ full: true, awake: true })
    await expect.poll(() => fillsScreen(page)).toBe(true)
    await picture('shell-wall')
    await pressF11(electron)
    await expect.poll(() => onWall(electron)).toEqual({ full: false, awake: false })
    await expect.poll(() => fillsScreen(page)).toBe(false)
  })

  test('is back soon when its renderer is killed', async ({ launch }, info) => {
    const { electron } = await launch({ args: ['--wall'] })
    expect(await measured(info, 'killed renderer back after', backAfter(electron, 'killed'))).toBeLessThan(10_000)
  })

  test('is back soon when its page hangs', async ({ launch }, info) => {
    const { electron } = await launch({ args: ['--wall'] })
    expect(await measured(info, 'hanging page back after', backAfter(electron, 'hanging'))).toBeLessThan(10_000)
  })
})

test('denies every permission that a page can ask for', async ({ launch }) => {
  const { page } = await launch()
  const answers = await page.evaluate(async () => {
    const asked = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]
    const states = await Promise.all(asked.map((name) => navigator.permissions.query({ name })))
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).catch((error: Error) => error.name)
    return [...states.map(({ state }) => state), await Notification.requestPermission(), media]
  })
  expect(answers.slice(0, 5)).toEqual(['denied', 'denied', 'denied', 'denied', 'denied'])
  expect(['NotAllowedError', 'NotFoundError']).toContain(answers[5])
})

test('stays on its page whatever the page tries, and opens https links in the browser only', async ({ launch }) => {
  const { page, electron } = await launch()
  // the page is drawn: its messages are listened to
  await expect(page.getByRole('navigation')).toBeVisible()
  await electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (address) => void opened.push(address)
  })
  const before = page.url()
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
  const elsewhere = ['https://example.com/', 'file:///etc/passwd', 'data:text/html,hello', 'plumbline://app/assets/']
  for (const address of elsewhere) {
    await page.evaluate((to) => void window.location.assign(to), address)
  }
  await page.evaluate(() => {
    const links = ['http://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://example.com/orders/7']
    for (const url of links) {
      window.postMessage({ plumbline: 'external', url }, '/')
    }
  })
  // What was put there a moment ago.
  const opened = () => electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  await expect.poll(opened).toEqual(['https://example.com/orders/7'])
  expect(page.url()).toBe(before)
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('keeps the page away from the network and from compiled code', async ({ launch }) => {
  const { page } = await launch()
  const tried = await page.evaluate(async () => {
    const blocked: string[] = []
    window.addEventListener('securitypolicyviolation', (event) => {
      if (!blocked.includes(event.blockedURI)) blocked.push(event.blockedURI)
    })
    const fetched = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    )
    setTimeout('globalThis.compiled = true')
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { fetched, compiled: 'compiled' in globalThis, blocked }
  })
  expect(tried).toEqual({ fetched: 'refused', compiled: false, blocked: ['https://example.com/', 'eval'] })
})

test('draws its page without breaking its own policy', async ({ launch }) => {
  const { page } = await launch()
  const complaints = await complaintsWhile(page, async () => {
    await page.reload()
    await expect(page.locator('#root')).not.toBeEmpty()
    await page.waitForTimeout(1000)
  })
  expect(complaints).toEqual([])
})

test('tells in a notification that it goes on watching, and a click brings the window back', async ({ launch }) => {
  test.skip(process.platform !== 'linux', 'the desktop session with its own notification daemon is on Linux')
  const { electron, enginePid } = await launch()
  await engineRuns(enginePid)
  const before = standingNotifications()
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(standingNotifications).toBe(before + 1)
  expect(await visible(electron)).toBe(false)
  clickNotification()
  await expect.poll(() => visible(electron)).toBe(true)
})

function visible(electron: ElectronApplication): Promise<boolean> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true)
}

function onWall(electron: ElectronApplication): Promise<{ full: boolean; awake: boolean }> {
  return electron.evaluate(({ BrowserWindow, powerSaveBlocker }) => ({
    full: BrowserWindow.getAllWindows()[0]?.isFullScreen() === true,
    awake: powerSaveBlocker.isStarted(0) || powerSaveBlocker.isStarted(1),
  }))
}

/** But for the pixel that Chromium leaves where there is no window manager. */
function fillsScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => innerWidth >= screen.width - 1 && innerHeight >= screen.height - 1)
}

function boundsOf(electron: ElectronApplication) {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
}

/** As the keyboard does it: a key from the devtools would go past the shell. */
function pressF11(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'F11' })
  })
}

async function engineRuns(enginePid: Plumbline['enginePid']): Promise<number> {
  await expect.poll(enginePid).not.toBeNull()
  const pid = await enginePid()
  if (pid === null) throw new Error('the engine died just now')
  return pid
}

/** How long it takes from the mishap until the next document of the page is heard, in ms. */
function backAfter(electron: ElectronApplication, mishap: 'killed' | 'hanging'): Promise<number> {
  return electron.evaluate(async ({ BrowserWindow, ipcMain }, what) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents === undefined) throw new Error('there is no window')
    const heard = (kind: string, but: string): Promise<string> =>
      new Promise((resolve) => {
        ipcMain.on('plumbline:from-page', (_event, sent: { nonce: string; message: { plumbline: string } }) => {
          if (sent.message.plumbline === kind && sent.nonce !== but) resolve(sent.nonce)
        })
      })
    const dead = await heard('heartbeat', '')
    const began = performance.now()
    if (what === 'killed') contents.forcefullyCrashRenderer()
    else contents.executeJavaScript('for (;;);').catch(() => undefined)
    await heard('ready', dead)
    return Math.round(performance.now() - began)
  }, mishap)
}

/** Reported with the run; what is asserted is only a bound that a busy machine keeps too. */
async function measured(info: TestInfo, what: string, span: Promise<number>): Promise<number> {
  const ms = await span
  info.annotations.push({ type: what, description: `${ms} ms` })
  return ms
}

async function complaintsWhile(page: Page, doing: () => Promise<void>): Promise<string[]> {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await doing()
  return complaints
}
