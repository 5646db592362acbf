/** The demo: a living shop from one click or one command, something broken in it, noticed, and the way back to one's own. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type Plumbline, expect, test } from './app.ts'
import { shownNotifications } from './desktop.ts'

test.describe.configure({ timeout: 180_000 })

// What the demo was told of stands until somebody puts it away, and the next journey clicks what stands.
test.afterEach(() => void shownNotifications())

const stripe = (page: Page) => page.getByRole('region', { name: 'Demo', exact: true })
const panel = (page: Page) => page.getByRole('complementary', { name: 'Break something' })

test('explores the demo from the first run, breaks something, sees it noticed, repaired and healed, and leaves nothing behind', async ({ launch, home }) => {
  const app = await launch()
  const { page } = app
  await page.getByRole('link', { name: 'Connect a shop and an ERP' }).click()
  await expect(page.getByRole('button', { name: 'Explore the demo' })).toBeVisible()
  await pictures(app, 'welcome')
  await page.getByRole('button', { name: 'Explore the demo' }).click()
  await livingShop(page)
  await pictures(app, 'demo-overview')
  await loseAnOrder(app)
  await repairIt(app)
  await page.getByRole('link', { name: 'Overview' }).click()
  await endOutage(app)

  const told = shownNotifications()
  expect(told).toContainEqual(expect.stringMatching(/^Demo: .*A side cannot be read/))
  expect(told.filter((title) => !title.startsWith('Demo: '))).toEqual([])

  await stripe(page).getByRole('button', { name: 'Leave the demo' }).click()
  await expect(page.getByText('Nothing is connected yet')).toBeVisible({ timeout: 30_000 })
  await expect(stripe(page)).toBeHidden()
  await expect(page).toHaveTitle('Overview – Plumbline')
  await expect.poll(() => readdirSync(join(home, 'demo')), { timeout: 20_000 }).toEqual([])
})

test('begins in the demo when that is what was asked for, and ends with its window', async ({ launch }) => {
  const { electron, page, picture } = await launch({ args: ['--demo'] })
  await livingShop(page)
  await page.keyboard.press('F11')
  await expect(page.getByRole('main', { name: 'Wall' }).getByText('Demo', { exact: true })).toBeVisible()
  await page.waitForTimeout(2000)
  await picture('demo-wall')
  await page.keyboard.press('Escape')
  const ended = electron.waitForEvent('close')
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await ended
})

/** Both sides are read, and orders have arrived. */
async function livingShop(page: Page): Promise<void> {
  await expect(stripe(page)).toBeVisible({ timeout: 30_000 })
  await expect(page).toHaveTitle('Demo – Overview – Plumbline')
  await expect(page.getByText(/^Judged/)).toBeVisible({ timeout: 30_000 })
  await expect(panel(page).getByRole('switch').first()).toBeVisible()
}

async function loseAnOrder(app: Plumbline): Promise<void> {
  const { page } = app
  await panel(page).getByRole('button', { name: 'Do it Webhook lost' }).click()
  const noticed = panel(page).getByRole('link', { name: /^Paid order never reached the ERP/ }).first()
  await expect(noticed).toBeVisible({ timeout: 90_000 })
  await pictures(app, 'demo-noticed')
  await noticed.click()
  await expect(page.getByRole('heading', { level: 1, name: /is paid in Demo shop/ })).toBeVisible()
  await pictures(app, 'demo-incident')
}

async function repairIt(app: Plumbline): Promise<void> {
  const { page } = app
  const incident = page.url()
  await page.getByRole('link', { name: 'Switch it on in Settings' }).click()
  await page.getByRole('switch', { name: 'Create missing orders in the ERP' }).press('Space')
  await page.getByRole('button', { name: 'Switch it on' }).click()
  await expect(page.getByRole('switch', { name: 'Create missing orders in the ERP' })).toBeChecked()
  await page.goto(incident)
  await page.getByRole('button', { name: /preview/i }).first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Total in Odoo')).toBeVisible({ timeout: 30_000 })
  await pictures(app, 'demo-preview')
  await dialog.getByRole('textbox').fill('The customer waits for it.')
  await dialog.getByRole('button', { name: /create the order/i }).click()
  for (const state of ['Open', 'Repairing']) await expect(page.getByText(state, { exact: true })).toHaveCount(0, { timeout: 60_000 })
  await pictures(app, 'demo-repaired')
}

async function endOutage(app: Plumbline): Promise<void> {
  const { page } = app
  const lever = panel(page).getByRole('switch', { name: 'ERP goes down' })
  await lever.press('Space')
  const noticed = panel(page).getByRole('link', { name: /^A side cannot be read/ })
  await expect(noticed).toBeVisible({ timeout: 60_000 })
  await pictures(app, 'demo-erp-down')
  await lever.press('Space')
  // the order that was lost before has come to its end too, so the outage's own is asked for
  await expect(noticed.locator('..').getByText('was noticed and is resolved')).toBeVisible({ timeout: 90_000 })
  await pictures(app, 'demo-healed')
}

async function pictures({ page, picture }: Plumbline, name: string): Promise<void> {
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.waitForTimeout(400)
    await picture(`${name}-${scheme}`)
  }
}
