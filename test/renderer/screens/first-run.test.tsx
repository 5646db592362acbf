// @vitest-environment jsdom
/** From nothing to a pair: what was typed stays through every failure, and a secret stays nowhere. */
import { implement } from '@orpc/server'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { contract } from '../../../src-main/contract/operations.ts'
import { useDrafts } from '../../../src-renderer/screens/connections/draft.ts'
import { openPage } from './page.tsx'

const os = implement(contract)
const key = 'sk_a-secret-that-nobody-may-see'

async function atTheShop(options: Parameters<typeof openPage>[1] = {}) {
  const page = openPage('#/first-run', { mood: 'empty', ...options })
  await page.user.click(await screen.findByRole('button', { name: 'Connect' }))
  const form = await screen.findByRole('form', { name: 'Connect Medusa' })
  const field = (name: RegExp): HTMLInputElement =>
    within(form).getByLabelText<HTMLInputElement>(name, { selector: 'input' })
  return {
    page,
    form,
    address: field(/^Address of the shop/),
    secret: field(/^Secret API key/),
    name: field(/^Name/),
  }
}

describe('first run', () => {
  it('says what Plumbline does and has no button that does nothing', async () => {
    openPage('#/first-run', { mood: 'empty' })
    expect(await screen.findByText(/paid orders that the ERP never heard of/)).toBeTruthy()
    expect(screen.getByText(/It only reads/)).toBeTruthy()
    expect(screen.getByRole("button", { name: "Explore the demo" })).toBeTruthy()
  })

  it('asks for a password in a field that hides it and starts empty', async () => {
    const { secret } = await atTheShop()
    expect(secret.type).toBe('password')
    expect(secret.value).toBe('')
  })

  it('marks what is missing in its place and asks nobody', async () => {
    const { page, form, address } = await atTheShop()
    await page.user.click(within(form).getByRole('button', { name: 'Test' }))
    expect(await within(form).findByText(/An address is needed/)).toBeTruthy()
    expect(within(form).getByText(/Secret API key is needed/)).toBeTruthy()
    expect(document.activeElement).toBe(address)
    expect(page.inputsOf('connections.test')).toHaveLength(0)
  })

  it('keeps everything that was typed after a test that failed, and names the step that did', async () => {
    const { page, form, address, secret, name } = await atTheShop()
    await page.user.type(address, 'https://wrong.example.com')
    await page.user.type(secret, key)
    await page.user.type(name, 'Our shop')
    await page.user.click(within(form).getByRole('button', { name: 'Test' }))
    const found = await within(form).findByRole('region', { name: 'What the test found' })
    expect(found.textContent).toContain('Failed')
    expect(found.textContent).toContain('Check the address for a typing error.')
    expect([address.value, secret.value, name.value]).toEqual([
      'https://wrong.example.com',
      key,
      'Our shop',
    ])
    expect(page.inputsOf('connections.test')).toEqual([
      expect.objectContaining({ id: null, label: 'Our shop', secrets: { apiKey: key } }),
    ])
  })

  it('puts a refusal of the engine to the field that it is about, and keeps what was typed', async () => {
    const { page, form, address, secret } = await atTheShop({
      answering: (router) => ({
        ...router,
        connections: {
          ...router.connections,
          test: os.connections.test.handler(({ errors }) => {
            throw errors.REFUSED({
              data: { says: 'Address of the shop: is not that of a Medusa.', field: 'baseUrl' },
            })
          }),
        },
      }),
    })
    await page.user.type(address, 'https://shop.example.com')
    await page.user.type(secret, key)
    await page.user.click(within(form).getByRole('button', { name: 'Test' }))
    await within(form).findByText('Address of the shop: is not that of a Medusa.')
    await waitFor(() => expect(document.activeElement).toBe(address))
    expect(address.getAttribute('aria-invalid')).toBe('true')
    expect(secret.value).toBe(key)
  })

  it('asks for a new test when something was changed after one', async () => {
    const { page, form, address, secret } = await atTheShop()
    await page.user.type(address, 'https://shop.example.com')
    await page.user.type(secret, key)
    await page.user.click(within(form).getByRole('button', { name: 'Test' }))
    await within(form).findByText(/^It works/)
    const save = within(form).getByRole<HTMLButtonElement>('button', { name: 'Save' })
    expect(save.disabled).toBe(false)
    await page.user.type(address, '/other')
    expect(save.disabled).toBe(true)
    expect(within(form).getByText(/^Tested before you changed something/)).toBeTruthy()
  })

  it('forgets the secret once it is saved, keeps it in no store, and goes on to the ERP', async () => {
    const { page, form, address, secret } = await atTheShop()
    await page.user.type(address, 'https://shop.example.com')
    await page.user.type(secret, key)
    expect(JSON.stringify(useDrafts.getState())).not.toContain(key)
    await page.user.click(within(form).getByRole('button', { name: 'Test' }))
    await within(form).findByText(/^It works/)
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    const erp = await screen.findByRole('form', { name: 'Connect Tryton' })
    expect(page.inputsOf('connections.save')).toEqual([
      expect.objectContaining({
        platform: 'medusa',
        settings: { baseUrl: 'https://shop.example.com' },
        secrets: { apiKey: key },
      }),
    ])
    expect(page.remembered()).not.toContain(key)
    expect(JSON.stringify(useDrafts.getState())).not.toContain(key)
    expect(document.body.innerHTML).not.toContain(key)
    expect([...document.querySelectorAll('input')].map((input) => input.value)).not.toContain(key)
    expect(erp.closest('[role=group]')).toBe(document.activeElement)
  })

  it('keeps a secret out of what the page remembers even when saving fails', async () => {
    const { page, form, address, secret } = await atTheShop({
      answering: (router) => ({
        ...router,
        connections: {
          ...router.connections,
          save: os.connections.save.handler(({ errors }) => {
            throw errors.REFUSED({
              data: { says: 'The keychain is locked. Unlock it and save again.', field: null },
            })
          }),
        },
      }),
    })
    await page.user.type(address, 'https://shop.example.com')
    await page.user.type(secret, key)
    await page.user.click(within(form).getByRole('button', { name: 'Test' }))
    await within(form).findByText(/^It works/)
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await within(form).findByText('The keychain is locked. Unlock it and save again.')
    expect([address.value, secret.value]).toEqual(['https://shop.example.com', key])
    expect(page.remembered()).not.toContain(key)
  })

  it('goes on with an address that was typed before a look elsewhere, without its secret', async () => {
    const { page, address, secret } = await atTheShop()
    await page.user.type(address, 'https://shop.example.com')
    await page.user.type(secret, key)
    window.location.hash = '#/settings'
    await screen.findByRole('heading', { name: 'Settings' })
    window.location.hash = '#/first-run'
    await page.user.click(await screen.findByRole('button', { name: 'Connect' }))
    const form = await screen.findByRole('form', { name: 'Connect Medusa' })
    expect(within(form).getByLabelText<HTMLInputElement>(/^Address of the shop/).value).toBe(
      'https://shop.example.com',
    )
    expect(
      within(form).getByLabelText<HTMLInputElement>(/^Secret API key/, { selector: 'input' }).value,
    ).toBe('')
  })
})
