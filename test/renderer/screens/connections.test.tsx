// @vitest-environment jsdom
/** Connections: health in words, how far each stream was read, and a removal that nobody does by accident. */
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { openPage } from './page.tsx'

describe('connections', () => {
  it('say how they are in words, and what it means when one is not well', async () => {
    openPage('#/connections', { mood: 'blind' })
    const [, erp] = within(await screen.findByRole('list', { name: 'Connections' })).getAllByRole(
      'listitem',
    )
    expect(erp?.textContent).toContain('Unreachable')
    expect(erp?.textContent).toContain('Orders are not judged until it is back')
  })

  it('lead to a connection with every stream, its age and its faults in words', async () => {
    const page = openPage('#/connections')
    await page.user.click(await screen.findByRole('link', { name: /Japan and Gulf/ }))
    const stock = (await screen.findByRole('rowheader', { name: 'Stock' })).closest('tr')
    expect(stock?.textContent).toContain('Stale')
    expect(stock?.textContent).toContain('14 × asked to slow down')
    expect(screen.getByRole('rowheader', { name: 'Orders' }).closest('tr')?.textContent).toContain(
      'none',
    )
  })

  it('offer nothing that is stored as a secret for reading, only where it is kept', async () => {
    const page = openPage('#/connections/nordlicht-eu')
    await screen.findByText(/^kept in the keychain since \d{4}-\d{2}-\d{2}$/)
    await page.user.click(
      screen.getByRole('button', { name: /^Edit or replace the secret API key/ }),
    )
    const secret = await screen.findByLabelText<HTMLInputElement>(/^Secret API key/, {
      selector: 'input',
    })
    expect([secret.type, secret.value]).toEqual(['password', ''])
    expect(secret.placeholder).toMatch(/^kept in the keychain since/)
  })

  it('are edited without typing the secret again', async () => {
    const page = openPage('#/connections/nordlicht-eu')
    await page.user.click(await screen.findByRole('button', { name: /^Edit or replace/ }))
    const form = await screen.findByRole('form', { name: /^Edit / })
    const name = within(form).getByLabelText<HTMLInputElement>(/^Name/)
    await page.user.clear(name)
    await page.user.type(name, 'EU shop')
    await page.user.click(within(form).getByRole('button', { name: 'Test' }))
    await within(form).findByText(/^It works/)
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(page.inputsOf('connections.save')).toEqual([
        expect.objectContaining({ id: 'nordlicht-eu', label: 'EU shop', secrets: {} }),
      ]),
    )
  })

  it('are removed only after their id was typed', async () => {
    const page = openPage('#/connections/nordlicht-eu')
    await page.user.click(await screen.findByRole('button', { name: /^Remove/ }))
    const dialog = await screen.findByRole('dialog')
    const remove = within(dialog).getByRole<HTMLButtonElement>('button', {
      name: 'Remove the connection',
    })
    await page.user.type(within(dialog).getByRole('textbox'), 'nordlicht')
    expect(remove.disabled).toBe(true)
    await page.user.type(within(dialog).getByRole('textbox'), '-eu')
    await page.user.click(remove)
    await waitFor(() =>
      expect(page.inputsOf('connections.remove')).toEqual([{ id: 'nordlicht-eu' }]),
    )
    expect(window.location.hash).toBe('#/connections')
  })
})
