/** The close of a day on paper: what the screen says, in a PDF where the person wanted it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { shownNotifications } from './desktop.ts'

const reader = spawnSync('pdftotext', ['-v']).error === undefined

test.describe.configure({ timeout: 180_000 })
// What the demo was told of stands until somebody puts it away, and the next journey clicks what stands.
test.afterEach(() => void shownNotifications())

test('saves the close of a day as a PDF with the figures of the screen, and nothing when the dialog is left', async ({ launch, home }) => {
  test.skip(!reader, 'pdftotext is not there: install poppler-utils')
  const { electron, page, picture } = await launch({ args: ['--demo'] })
  await expect(page.getByText(/^Judged/)).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Close', exact: false }).first().click()
  const waterfall = page.getByRole('table', { name: /^From takings to bookings/ }).first()
  await expect(waterfall).toBeVisible({ timeout: 60_000 })
  await page.emulateMedia({ colorScheme: 'dark' })

  await answerDialog(electron, null)
  await page.getByRole('button', { name: 'Export PDF' }).click()
  await expect(page.getByRole('button', { name: 'Export PDF' })).toBeEnabled()
  await expect(page.getByText(/^Saved as/)).toHaveCount(0)

  const path = join(home, 'close.pdf')
  await answerDialog(electron, path)
  // the demo's day goes on: what is printed is what the screen said then
  await expect(async () => {
    const took = await totalsOf(page)
    await page.getByRole('button', { name: 'Export PDF' }).click()
    await expect(page.getByText(`Saved as ${path}`)).toBeVisible({ timeout: 20_000 })
    const text = words(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }))
    for (const total of took) expect(text).toContain(total)
    expect(text).toContain('Daily close')
    expect(text).toMatch(/Unexplained Not judged/)
    expect(text).toMatch(/Page 1 of \d/)
  }).toPass({ timeout: 90_000 })
  await picture('close-saved-dark')

  await answerDialog(electron, join(home, 'no-such-folder', 'close.pdf'))
  await page.getByRole('button', { name: 'Export PDF' }).click()
  await expect(page.getByText(/^It could not be saved: ENOENT/)).toBeVisible({ timeout: 20_000 })
})

/** As the person would choose; null: they leave the dialog. */
async function answerDialog(electron: ElectronApplication, path: string | null): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? '' })
  }, path)
}

/** Taken and booked, of the first currency. */
async function totalsOf(page: Page): Promise<readonly string[]> {
  const totals = await page.locator('.waterfall-total .money-amount').allInnerTexts()
  return totals.slice(0, 2).map(words)
}

/** One space between words, whatever kind it was. */
function words(text: string): string {
  return text.replaceAll(/[\s\u202f\u00a0]+/g, ' ')
}
