// @vitest-environment jsdom
/** Channels and quiet hours: a test says at once what is wrong, a password is never shown, and nothing unusable is sent. */
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { openPage } from './page.tsx'

const field = (name: string): HTMLElement => screen.getByRole('textbox', { name })

describe('a channel', () => {
  it('by mail is tested with what is typed, refused in words, and kept only when it is saved', async () => {
    const page = openPage('#/channels/new-email')
    await page.user.type(await screen.findByRole('textbox', { name: 'SMTP server' }), 'smtp.refuses.example')
    await page.user.type(field('User'), 'u')
    await page.user.type(screen.getByLabelText('Password', { exact: false, selector: 'input' }), 's3cr3t')
    await page.user.type(field('From'), 'plumbline@example.org')
    await page.user.click(screen.getByRole('button', { name: 'Send a test' }))
    expect(await screen.findByText(/did not accept the user name and password/)).toBeTruthy()
    expect(page.inputsOf('channels.save')).toEqual([])
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('channels.save')).toHaveLength(1))
    expect(page.inputsOf('channels.save')[0]).toMatchObject({
      id: null,
      settings: { kind: 'email', host: 'smtp.refuses.example', port: 465, security: 'tls', user: 'u', to: [] },
      secrets: { password: 's3cr3t' },
    })
  })

  it('says in its place what cannot be, before anything is sent', async () => {
    const page = openPage('#/channels/new-email')
    await screen.findByRole('form', { name: 'Channel' })
    await page.user.clear(field('Port'))
    await page.user.type(field('Port'), '99999')
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('A port, from 1 to 65535.')).toBeTruthy()
    expect(screen.getByText('The server’s name, such as smtp.example.com.')).toBeTruthy()
    expect(page.inputsOf('channels.save')).toEqual([])
  })

  it('that is kept shows its settings, and of its password only that there is one', async () => {
    openPage('#/channels/mail')
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'SMTP server' })).value).toBe('smtp.nordlicht.example')
    const password = screen.getByPlaceholderText<HTMLInputElement>('Kept; type to replace it')
    expect(password.value).toBe('')
  })
})

describe('the delivery log', () => {
  it('tells what became of each message, and sends again what was given up', async () => {
    const page = openPage('#/channels')
    const log = await screen.findByRole('grid', { name: 'Deliveries' })
    expect(log.textContent).toContain('did not accept the user name and password')
    await page.user.click(screen.getByRole('button', { name: 'Send again' }))
    await waitFor(() => expect(page.inputsOf('channels.again')).toEqual([{ id: 'd3' }]))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull())
  })
})

describe('quiet hours', () => {
  it('are saved with the digest, and refused where they are none', async () => {
    const page = openPage('#/settings')
    const form = await screen.findByRole('form', { name: 'Quiet hours and digest' })
    const save = () => form.querySelector<HTMLButtonElement>('button[type=submit]')
    await page.user.clear(field('From'))
    await page.user.type(field('From'), '25:00')
    expect(screen.getByText('This is no time of day, such as 22:00.')).toBeTruthy()
    expect(save()?.disabled).toBe(true)
    await page.user.clear(field('From'))
    await page.user.type(field('From'), '21:30')
    await page.user.click(save() ?? form)
    await waitFor(() => expect(page.inputsOf('settings.save')).toHaveLength(1))
    expect(page.inputsOf('settings.save')[0]).toEqual({
      quiet: { enabled: true, from: '21:30', to: '07:00', zone: 'Europe/Berlin', exceptCritical: true },
      digest: { enabled: true, at: '08:00', zone: 'Europe/Berlin' },
    })
  })
})
