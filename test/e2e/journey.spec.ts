/** The whole job over a real shop and a real ERP: first run, an incident, its notice, the repair, and its end by evidence. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { script } from '../real/servers.ts'
import { servers } from '../real/pair.ts'
import { type Plumbline, expect, test } from './app.ts'
import { shownNotifications } from './desktop.ts'
import { salesOf } from './erp.ts'

test.describe.configure({ mode: 'serial', timeout: 420_000 })

const screensShown = [
  'overview', 'incidents', 'orders', 'stock', 'tax', 'products', 'customers', 'records', 'replays', 'close', 'connections', 'rules', 'audit', 'settings', 'connect', 'pairs',
]

test.beforeAll(async () => {
  test.setTimeout(420_000)
  await script('up.sh')
})

test('connects both sides, finds a paid order that is missing, repairs it once, and closes by itself', async ({ launch }) => {
  const app = await launch()
  const { page } = app
  await connectBoth(app)
  const number = await openMissingOrder(app)
  await expect.poll(shownNotifications, { timeout: 60_000 }).toContainEqual(expect.stringMatching(/Paid order never reached the ERP/))

  await allowRepairs(page)
  await page.getByRole('link', { name: 'Incidents', exact: false }).first().click()
  await page.getByText(`Order ${number} is paid`).first().click()
  await repair(app)

  await expect.poll(async () => (await salesOf(number)).map((sale) => sale.state), { timeout: 120_000 }).toEqual(['draft'])
  for (const state of ['Open', 'Repairing']) await expect(page.getByText(state, { exact: true })).toHaveCount(0, { timeout: 120_000 })
  await expect(page.getByText('Resolved', { exact: true }).first()).toBeVisible()
  await app.picture('incident-resolved-light')
  expect((await salesOf(number)).map((sale) => sale.state)).toEqual(['draft'])
  await tour(app)
})

async function connectBoth(app: Plumbline): Promise<void> {
  const { page } = app
  const { shop, erp } = servers()
  await page.getByRole('link', { name: 'Connect a shop and an ERP' }).click()
  await expect(page.getByRole('heading', { name: /Plumbline watches the seam/ })).toBeVisible()
  await app.picture('first-run-welcome-light')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()

  await choosePlatform(page, /^Medusa/)
  await page.locator('[name="baseUrl"]').fill(shop.url)
  const number = page.locator('[name="orderNumber"]')
  await number.fill('metadata.shop_number')
  await page.locator('[name="apiKey"]').fill('sk_wrong')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 60_000 })
  await app.picture('first-run-wrong-key-light')
  await page.locator('[name="apiKey"]').fill(shop.apiKey)
  await testAndSave(page)

  await expect(page.getByText('Where are orders booked?')).toBeVisible({ timeout: 30_000 })
  await choosePlatform(page, /^Tryton/)
  await page.locator('[name="baseUrl"]').fill(erp.url)
  await page.locator('[name="user"]').fill(erp.integration.user)
  await page.locator('[name="password"]').fill(erp.integration.password)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('Enter sales')).toBeVisible({ timeout: 60_000 })
  await app.picture('first-run-erp-tested-light')
  await page.getByRole('button', { name: 'Save', exact: true }).click()

  await expect(page.getByText('How does the ERP name a shop order?')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/of \d+ references of the ERP name an order/)).toBeVisible({ timeout: 120_000 })
  await page.getByLabel('Grace in minutes').fill('0')
  for (const [code, name] of [['WH-LYON', 'Lyon'], ['WH-GENT', 'Gent']] as const) {
    await page.getByRole('textbox', { name: code }).or(page.getByRole('combobox', { name: code })).first().click()
    await page.getByRole('option', { name }).click()
  }
  await app.picture('first-run-pair-light')
  await page.getByRole('button', { name: 'Begin to watch' }).click()
}

async function choosePlatform(page: Page, label: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: 'Platform' }).click()
  await page.getByRole('option', { name: label }).click()
}

async function testAndSave(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Test( again)?$/ }).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeEnabled({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

/** The missing order whose customer and goods the ERP knows; its number. */
async function openMissingOrder(app: Plumbline): Promise<string> {
  const { page } = app
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  const first = page.locator('.order-row').first()
  await expect(first).toBeVisible({ timeout: 120_000 })
  await app.picture('overview-light')
  const text = await first.innerText()
  const number = /SO-\d+/.exec(text)?.[0]
  if (number === undefined) throw new Error(`no order number in ${text}`)
  await first.click()
  await expect(page.getByText(`Order ${number} is paid`).first()).toBeVisible()
  await app.picture('incident-open-light')
  return number
}

async function allowRepairs(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Switch it on in Settings' }).click()
  await page.getByRole('switch', { name: 'Create missing orders in the ERP' }).press('Space')
  await page.getByRole('button', { name: 'Switch it on' }).click()
  await expect(page.getByRole('switch', { name: 'Create missing orders in the ERP' })).toBeChecked()
}

async function repair(app: Plumbline): Promise<void> {
  const { page } = app
  await page.getByRole('button', { name: /preview/i }).first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Total in Tryton')).toBeVisible({ timeout: 60_000 })
  await app.picture('repair-preview-light')
  await dialog.getByRole('textbox').fill('The customer waits for it.')
  await dialog.getByRole('button', { name: /create the order/i }).click()
}

/** A picture of every screen, light and dark, and what a screen reader would stumble over: kept as artefacts of the run. */
async function tour(app: Plumbline): Promise<void> {
  const { page, picture } = app
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const screen of screensShown) {
      await page.evaluate((to) => {
        location.hash = `#/${to}`
      }, screen)
      await page.waitForTimeout(700)
      await picture(`${screen}-${scheme}`)
      expect(await barriersOn(page), `${screen} in ${scheme}`).toEqual([])
    }
  }
  await sizes(app)
  await page.keyboard.press('F11')
  const figure = page.locator('.wall-figure')
  await expect(figure).toBeVisible()
  const seen = new Set<string>()
  for (let turn = 0; turn < 60 && seen.size < 4; turn += 1) {
    const title = await page.locator('.wall-pane h1').innerText()
    if (!seen.has(title)) {
      seen.add(title)
      await picture(`wall-${seen.size}`)
    }
    await page.waitForTimeout(1000)
  }
  expect(seen.size).toBe(4)
}

/** Of WCAG 2.2 AA; each as the rule and the element that breaks it. */
async function barriersOn(page: Page): Promise<readonly string[]> {
  // Electron gives no second page to work in
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  const { violations } = await axe.analyze()
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`))
}

/** The smallest screen that it must fit without scrolling, and the largest. */
async function sizes({ electron, page, picture }: Plumbline): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/overview'
  })
  for (const [width, height] of [[1280, 720], [3840, 2160]] as const) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(700)
    await picture(`overview-${width}x${height}`)
    const over = await page.evaluate(() => {
      const screen = document.querySelector('#screen') ?? document.documentElement
      return { high: screen.scrollHeight - screen.clientHeight, wide: screen.scrollWidth - screen.clientWidth }
    })
    expect(over, `the overview at ${width} × ${height}`).toEqual({ high: 0, wide: 0 })
  }
  const bounds = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getContentBounds())
  await page.setViewportSize({ width: bounds?.width ?? 1280, height: bounds?.height ?? 800 })
}
