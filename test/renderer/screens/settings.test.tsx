// @vitest-environment jsdom
/** Settings: a repair is switched on only after its meaning was read, and history is not dropped by a slip. */
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { openPage } from './page.tsx'

const repair = { name: /^Create missing orders in the ERP/ }
const off = {
  'order.create': false,
  'invoice.create': false,
  'stock.set': false,
  'status.push': false,
}

describe('settings', () => {
  it('ask who sits here, and take another for it', async () => {
    const page = openPage('#/settings')
    const who = await screen.findByRole<HTMLInputElement>('combobox', { name: 'I am' })
    expect(who.value).toBe('Marit Ahlers')
    await page.user.click(who)
    await page.user.keyboard('{ArrowDown}{Enter}')
    await waitFor(() => expect(page.inputsOf('people.sit')).toEqual([{ person: 'jonas' }]))
  })

  it('switch a repair off at once, and on only after its meaning was confirmed', async () => {
    const page = openPage('#/settings')
    await page.user.click(await screen.findByRole('switch', repair))
    await waitFor(() => expect(page.inputsOf('settings.save')).toEqual([{ repairs: off }]))
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>('switch', repair).checked).toBe(false),
    )
    await page.user.click(screen.getByRole('switch', repair))
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('Customers are never created')
    expect(page.inputsOf('settings.save')).toHaveLength(1)
    await page.user.click(within(dialog).getByRole('button', { name: 'Switch it on' }))
    await waitFor(() =>
      expect(page.inputsOf('settings.save').at(-1)).toEqual({
        repairs: { ...off, 'order.create': true },
      }),
    )
  })

  it('ask once more before history is dropped, and not when more of it is kept', async () => {
    const page = openPage('#/settings')
    const days = await screen.findByRole('textbox', { name: 'Days that history is kept' })
    const save = screen.getByRole('button', { name: 'Save' })
    await page.user.clear(days)
    await page.user.type(days, '30')
    await page.user.click(save)
    const dialog = await screen.findByRole('dialog', { name: 'Keep history for 30 days only' })
    expect(page.inputsOf('settings.save')).toHaveLength(0)
    await page.user.click(within(dialog).getByRole('button', { name: 'Drop what is older' }))
    await waitFor(() =>
      expect(page.inputsOf('settings.save')).toEqual([{ pollSeconds: 10, retentionDays: 30 }]),
    )
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true),
    )
    await page.user.clear(days)
    await page.user.type(days, '90')
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(page.inputsOf('settings.save').at(-1)).toEqual({ pollSeconds: 10, retentionDays: 90 }),
    )
  })

  it('refuse a pace outside its bounds in its place', async () => {
    const page = openPage('#/settings')
    const seconds = await screen.findByRole('textbox', {
      name: 'Seconds between reads of orders and stock',
    })
    await page.user.clear(seconds)
    await page.user.type(seconds, '2')
    expect(screen.getByText('From 5 to 3600 seconds.')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true)
  })
})
