// @vitest-environment jsdom
/** Products and customers: what differs in its place, who stands there twice, and how well records say where they come from. */
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { useCatalogue } from '../../../src-renderer/screens/products/products-screen.tsx'
import { useQueue } from '../../../src-renderer/screens/incidents/filter.ts'
import { openPage } from './page.tsx'

afterEach(() => useCatalogue.getState().anew())

describe('products', () => {
  it('show both sides’ words where they are not one, and one word where they are', async () => {
    openPage('#/products')
    const grid = await screen.findByRole('grid', { name: 'Products' })
    const differing = await within(grid).findByRole('row', { name: /^NL-10000/ })
    expect(within(differing).getByText('Stück ≠ Karton')).toBeTruthy()
    const alike = within(grid).getByRole('row', { name: /^NL-10014/ })
    expect(alike.textContent).not.toContain('≠')
  })

  it('are narrowed and turned by the engine, which says how far it looked', async () => {
    const page = openPage('#/products')
    await screen.findByRole('grid', { name: 'Products' })
    await page.user.click(screen.getByText('Differing'))
    await waitFor(() => expect(page.inputsOf('products.list').at(-1)).toEqual({ pair: 'nordlicht', filter: { only: 'differing', search: null }, limit: 100, cursor: null }))
    await page.user.click(screen.getByText('All'))
    await page.user.keyboard(']')
    await waitFor(() => expect(page.inputsOf('products.list').at(-1)).toMatchObject({ filter: { only: 'all' }, cursor: 'NL-10693' }))
  })

  it('open by keyboard to all facts of both sides', async () => {
    const page = openPage('#/products')
    await screen.findByRole('grid', { name: 'Products' })
    await page.user.keyboard('j')
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('row'))
    await page.user.keyboard('{Enter}')
    await waitFor(() => expect(window.location.hash).toBe('#/products?pair=nordlicht&sku=NL-10000'))
    expect(await screen.findByText('They differ in title, unit, pieces in one, tax code, list price, barcode, on sale.')).toBeTruthy()
    expect(screen.getAllByText('differs from')).toHaveLength(7)
    expect(screen.getByText(/Price of NL-10000: 1 199.00 EUR → 1 249.90 EUR/)).toBeTruthy()
  })
})

describe('customers', () => {
  it('that ought to be one are told by what they share, without anybody’s address', async () => {
    const page = openPage('#/customers')
    const grid = await screen.findByRole('grid', { name: 'Customers that stand in the ERP more than once' })
    await page.user.click(await within(grid).findByRole('row', { name: /VAT id.*D10401, D10402/ }))
    expect(await screen.findByRole('heading', { name: '21 customers with one VAT id' })).toBeTruthy()
    expect(screen.getAllByText(/^…@/)).toHaveLength(21)
  })

  it('mark in which facts they contradict each other', async () => {
    openPage('#/customers?pair=nordlicht&id=10501')
    expect(await screen.findByText(/They contradict each other in VAT id and Country/)).toBeTruthy()
  })

  it('lead to their orders, page by page', async () => {
    const page = openPage('#/customers?pair=nordlicht&id=10501')
    const grid = await screen.findByRole('grid', { name: 'Orders of this customer' })
    expect(within(grid).getAllByRole('row').length).toBeGreaterThan(1)
    await page.user.keyboard(']')
    await waitFor(() => expect(page.inputsOf('customers.orders').at(-1)).toEqual({ pair: 'nordlicht', id: '10501', side: 'erp', limit: 20, cursor: '20' }))
  })

  it.each([
    ['calm', 'Nobody stands there twice'],
    ['unread', 'Customers were not read yet'],
  ] as const)('say in the mood %s how it stands', async (mood, says) => {
    openPage('#/customers', { mood })
    expect(await screen.findByText(says)).toBeTruthy()
  })
})

describe('where records come from', () => {
  it('is a share of the newest of each kind, never rounded up', async () => {
    openPage('#/records')
    const row = await screen.findByRole('row', { name: /^Invoices/ })
    expect(within(row).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['200', '100 %', '99 %', '100 %', '0 %'])
    expect(screen.getByText('Corrected by hand')).toBeTruthy()
  })

  it('says how long parcels and refunds take to be heard of, and what waits', async () => {
    openPage('#/records')
    const told = await screen.findByText(/^Parcels, told to/)
    expect([...(told.closest('dl')?.querySelectorAll('dd') ?? [])].map((one) => one.textContent?.replace(/\s/g, ' '))).toEqual(['412', '3 min', '18 min', '1, oldest 2 h'])
  })

  it('counts support tickets by reason beside the incidents, out of an export that is taken or refused in words', async () => {
    const page = openPage('#/records')
    const row = (await screen.findByRole('rowheader', { name: 'Where is my order?' })).closest('tr')
    expect([...(row?.querySelectorAll('td') ?? [])].map((one) => one.textContent)).toEqual(['902', '388'])
    const picker = document.querySelector<HTMLInputElement>('input[type=file]')
    if (picker === null) throw new Error('nothing takes a file')
    await page.user.upload(picker, new File(['Subject'], 'wrong.csv', { type: 'text/csv' }))
    expect((await screen.findByRole('alert')).textContent).toContain('A column is missing')
    await page.user.upload(picker, new File(['Ticket ID,Order number'], 'tickets.csv', { type: 'text/csv' }))
    expect(await screen.findByText('Tickets that name an order: 3, of them new: 2. About an order that the shop was not seen to have: 1. Passed over, as they name no order: 1.')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
    await page.user.click(screen.getByRole('button', { name: 'Forget them' }))
    await page.user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Forget them' }))
    await waitFor(() => expect(page.inputsOf('tickets.forget')).toEqual([{ pair: 'nordlicht' }]))
  })

  it('leads from a rule to its incidents', async () => {
    const page = openPage('#/records')
    await page.user.click(await screen.findByRole('link', { name: 'Tax code without a mapping' }))
    await waitFor(() => expect(window.location.hash).toBe('#/incidents'))
    expect(useQueue.getState().rule).toBe('F10-unmapped-tax-code')
  })
})
