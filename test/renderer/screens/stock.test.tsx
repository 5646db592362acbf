// @vitest-environment jsdom
/** Stock: the list and its pages, and one figure as the sum that it is. */
import { implement } from '@orpc/server'
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { contract } from '../../../src-main/contract/operations.ts'
import { pointsOf } from '../../../src-renderer/charts/stock-history-chart.tsx'
import { useShelf } from '../../../src-renderer/screens/stock/shelf.ts'
import { openPage } from './page.tsx'

const os = implement(contract)

afterEach(() => useShelf.getState().anew())

describe('the list of stock', () => {
  it('asks for the most outdated first, and goes on from where a page ended', async () => {
    const page = openPage('#/stock')
    await screen.findByRole('grid', { name: 'Stock' })
    await page.user.keyboard(']')
    await waitFor(() => expect(page.inputsOf('stock.list')).toHaveLength(2))
    const [first, second] = page.inputsOf('stock.list')
    const asked = { pair: 'nordlicht', filter: { standing: 'all', location: null, search: null }, sort: 'worst', limit: 100 }
    expect(first).toEqual({ ...asked, cursor: null })
    expect(second).toMatchObject({ ...asked, cursor: { sku: 'NL-10693', behindSince: null } })
    await page.user.keyboard('[[')
    expect(await screen.findByText(/^1–100/)).toBeTruthy()
  })

  it('says of each SKU in words whether too many or too few are on sale, and since when', async () => {
    openPage('#/stock')
    const grid = await screen.findByRole('grid', { name: 'Stock' })
    const row = await within(grid).findByRole('row', { name: /NL-10007/ })
    expect(within(row).getByText(/Too many, 2/)).toBeTruthy()
  })

  it('opens a SKU by keyboard alone, and comes back to the page it was on', async () => {
    const page = openPage('#/stock')
    await screen.findByRole('grid', { name: 'Stock' })
    await page.user.keyboard('j')
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('row'))
    await page.user.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement?.textContent).toContain('NL-10007'))
    await page.user.keyboard('{Enter}')
    await waitFor(() => expect(window.location.hash).toBe('#/stock?pair=nordlicht&sku=NL-10007&location=Hamburg'))
    expect(await screen.findByRole('heading', { name: 'NL-10007' })).toBeTruthy()
    await page.user.keyboard('u')
    await waitFor(() => expect(window.location.hash).toBe('#/stock?pair=nordlicht'))
  })

  it('is narrowed by how a SKU begins, once the word is typed', async () => {
    const page = openPage('#/stock')
    await screen.findByRole('grid', { name: 'Stock' })
    await page.user.keyboard('/')
    await page.user.keyboard('NL-100')
    await waitFor(() => expect(page.inputsOf('stock.list').at(-1)).toMatchObject({ filter: { search: 'NL-100' } }))
    expect(page.inputsOf('stock.list')).toHaveLength(2)
  })

  it('says of nothing behind that all is well, and of nothing read that it was not', async () => {
    const page = openPage('#/stock', { mood: 'calm' })
    await page.user.click(await screen.findByText('Behind'))
    expect(await screen.findByText('Nothing is behind')).toBeTruthy()
    expect(screen.getByText('No unit was sold that is not there.')).toBeTruthy()
  })

  it.each([
    ['unread', 'No stock was compared yet'],
    ['empty', 'No shop is paired with an ERP yet'],
  ] as const)('tells an owner in the mood %s what comes next', async (mood, says) => {
    openPage('#/stock', { mood })
    expect(await screen.findByText(says)).toBeTruthy()
  })
})

describe('one figure', () => {
  it('is drawn as its sum, and each term leads to what it is', async () => {
    openPage('#/stock?pair=nordlicht&sku=NL-10007')
    const sum = await screen.findByRole('table', { name: 'How the figure is made up' })
    const terms = within(sum).getAllByRole('row').map((row) => within(row).queryByRole('rowheader')?.textContent)
    expect(terms.slice(0, 7)).toEqual(['NL-ROPE-98-70 · the scarcest part decides', 'WH-HH', 'WH-LEJ-AUTOSTORE', 'Sold, not in the ERP yet', 'Safety buffer', 'Left', 'Enough for'])
    expect(within(sum).getAllByRole('link', { name: 'NL-104921' })[0]?.getAttribute('href')).toBe('#/orders/NL-104921?pair=nordlicht')
    expect(screen.getByText(/37 units in 31 orders/)).toBeTruthy()
    expect(screen.getAllByRole('link', { name: 'The product' })[0]?.getAttribute('href')).toBe('#/products?pair=nordlicht&sku=NL-10007')
  })

  it('says why nothing is expected of it', async () => {
    openPage('#/stock?pair=nordlicht&sku=NL-10049')
    expect(await screen.findByText('Not compared. The ERP has no stock figure for the SKU.')).toBeTruthy()
  })

  it('tells in the engine’s words that nobody has it', async () => {
    openPage('#/stock?sku=NONE', {
      answering: (router) => ({ ...router, stock: { ...router.stock, one: os.stock.one.handler(({ errors }) => { throw errors.NOT_FOUND({ data: { says: 'NONE was not read from the shop.' } }) }) } }),
    })
    expect(await screen.findByText('NONE was not read from the shop.')).toBeTruthy()
  })
})

it('holds each side’s figure until it moves again, and ends now', () => {
  const expected = [{ at: 10, figure: '9', observed: false, settledAt: 10 }, { at: 30, figure: '4', observed: true, settledAt: null }]
  const shop = [{ at: 20, figure: '9' }]
  expect(pointsOf({ expected, shop, until: 40 }).map(({ at, says }) => [at, says.expected, says.shop])).toEqual([
    [10, '9', null],
    [20, '9', '9'],
    [30, '4', '9'],
    [40, '4', '9'],
  ])
})
