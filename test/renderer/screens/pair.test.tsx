// @vitest-environment jsdom
/** A pair's settings: the pattern is tried on real numbers while it is typed, and what cannot be used is marked in its place. */
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { openPage } from './page.tsx'

async function thePair() {
  const page = openPage('#/pairs/nordlicht')
  const form = await screen.findByRole('form', { name: 'Pair settings' })
  return { page, form }
}

describe('a pair', () => {
  it('tries its pattern on real references and shows which the shop has', async () => {
    const { page, form } = await thePair()
    await within(form).findByText('0 of 24 references of the ERP name an order that the shop has.')
    await page.user.click(within(form).getByRole('radio', { name: /part of its reference/ }))
    await page.user.click(within(form).getByRole('textbox', { name: 'Pattern' }))
    await page.user.paste(String.raw`^(?<store>\w+?)-(?<number>NL-\d+)$`)
    await within(form).findByText('21 of 24 references of the ERP name an order that the shop has.')
    const row = within(form).getByRole('cell', { name: 'EU-NL-104882' }).closest('tr')
    expect(row?.textContent).toContain('NL-104882')
    expect(row?.textContent).toContain('there')
  })

  it('says what is wrong with a pattern in its place, and saves nothing', async () => {
    const { page, form } = await thePair()
    await page.user.click(within(form).getByRole('radio', { name: /part of its reference/ }))
    const pattern = within(form).getByRole<HTMLInputElement>('textbox', { name: 'Pattern' })
    await page.user.click(pattern)
    await page.user.paste('^WEB-(')
    expect((await within(form).findAllByText(/not a regular expression/)).length).toBeGreaterThan(0)
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(document.activeElement).toBe(pattern))
    expect(pattern.getAttribute('aria-invalid')).toBe('true')
    expect(pattern.value).toBe('^WEB-(')
    expect(page.inputsOf('pairs.save')).toHaveLength(0)
  })

  it('refuses a grace that is no number of minutes without losing it', async () => {
    const { page, form } = await thePair()
    const grace = within(form).getByRole<HTMLInputElement>('textbox', { name: 'Grace in minutes' })
    await page.user.clear(grace)
    await page.user.type(grace, 'soon')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    expect(await within(form).findByText(/A number of minutes/)).toBeTruthy()
    expect(grace.value).toBe('soon')
    expect(page.inputsOf('pairs.save')).toHaveLength(0)
  })

  it('saves what was changed beside what was not', async () => {
    const { page, form } = await thePair()
    await page.user.click(
      await within(form).findByRole('combobox', { name: 'Paid by bank-transfer' }),
    )
    await page.user.keyboard('{ArrowDown}{Enter}')
    const buffer = within(form).getByRole('textbox', { name: 'Safety buffer in units' })
    await page.user.clear(buffer)
    await page.user.type(buffer, '2')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('pairs.save')).toHaveLength(1))
    expect(page.inputsOf('pairs.save')[0]).toEqual({
      id: 'nordlicht',
      shop: 'nordlicht-eu',
      erp: 'tryton-main',
      settings: {
        since: '2026-01-01T00:00:00Z',
        reference: null,
        store: 'EU',
        due: { 'bank-transfer': 'placed' },
        graceMinutes: 15,
        stockTargetMinutes: 15,
        stockBuffer: 2,
        locations: { 'WH-HH': 'Hamburg', 'WH-LEJ': 'Leipzig' },
        channels: [],
        testMarks: [],
      },
    })
  })

  it('keeps what was typed while the person looks elsewhere', async () => {
    const { page, form } = await thePair()
    const grace = within(form).getByRole('textbox', { name: 'Grace in minutes' })
    await page.user.clear(grace)
    await page.user.type(grace, '45')
    window.location.hash = '#/connections'
    await screen.findByRole('heading', { name: 'Connections' })
    window.location.hash = '#/pairs/nordlicht'
    expect(
      (await screen.findByRole<HTMLInputElement>('textbox', { name: 'Grace in minutes' })).value,
    ).toBe('45')
  })
})
