// @vitest-environment jsdom
/** Tax: sums that lead to their orders, and one order as the way from one figure to the other. */
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { openPage } from './page.tsx'

describe('the variance of tax', () => {
  it('keeps over and under apart, a line a currency, and never adds currencies up', async () => {
    openPage('#/tax')
    const whole = (await screen.findByRole('rowheader', { name: 'EUR' })).closest('table')
    const lines = within(whole ?? document.body).getAllByRole('row').slice(1).map((row) => row.textContent?.replaceAll('\u202f', ' '))
    expect(lines).toEqual(['EUR+1 204 918.44EUR−84 211.07EUR+1 120 707.37EUR12 931', 'JPY+412 840JPY−1 200JPY+411 640JPY61', 'KWD—−1.044KWD−1.044KWD3'])
  })

  it('leads from each sum to the orders behind it', async () => {
    const page = openPage('#/tax')
    const market = (await screen.findByRole('heading', { name: 'By market' })).closest('section')
    await page.user.click(within(market ?? document.body).getByRole('link', { name: /^France 450/ }))
    expect(await screen.findByRole('heading', { name: 'France, EUR' })).toBeTruthy()
    await screen.findByRole('grid', { name: 'Orders whose tax differs' })
    expect(page.inputsOf('tax.orders')).toEqual([{ pair: 'nordlicht', currency: 'EUR', only: { by: 'market', value: 'FR' }, limit: 100, cursor: null }])
  })

  it('opens what is beyond the first rows of a roll-up', async () => {
    const page = openPage('#/tax')
    const market = (await screen.findByRole('heading', { name: 'By market' })).closest('section') ?? document.body
    expect(within(market).queryByRole('link', { name: /^United Kingdom/ })).toBeNull()
    await page.user.click(within(market).getByRole('button', { name: /^By market: show \d+ more$/ }))
    expect(within(market).getByRole('link', { name: /^United Kingdom/ }).getAttribute('href')).toContain('by=market&value=GB')
  })

  it('goes on through the orders from the weight where a page ended, by keyboard', async () => {
    const page = openPage('#/tax?pair=nordlicht&currency=EUR')
    await screen.findByRole('grid', { name: 'Orders whose tax differs' })
    await page.user.keyboard(']')
    await waitFor(() => expect(page.inputsOf('tax.orders').at(-1)).toMatchObject({ cursor: { weight: 600, number: 'NL-104089' } }))
    await page.user.keyboard('j')
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('row'))
    await page.user.keyboard('{Enter}')
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/tax\?pair=nordlicht&order=NL-/))
  })

  it('shows how each side rounds and how many orders say so', async () => {
    openPage('#/tax')
    const row = await screen.findByRole('row', { name: /^Germany/ })
    expect(row.textContent).toBe('Germanyper line, half up 398 of 400per document, unrounded lines, half to even, net first 400 of 400')
    expect(screen.getByRole('row', { name: /^No country named/ }).textContent).toContain('no one method explains its orders')
  })

  it.each([
    ['calm', 'Both sides agree on the tax of every order.'],
    ['unread', 'Not known until both sides were read once.'],
    ['empty', 'No shop is paired with an ERP yet'],
  ] as const)('says in the mood %s how it stands', async (mood, says) => {
    openPage('#/tax', { mood })
    expect(await screen.findByText(says)).toBeTruthy()
  })
})

describe('one order', () => {
  it('is drawn line by line, with the steps from the shop’s tax to the ERP’s', async () => {
    openPage('#/tax?pair=nordlicht&order=NL-103000')
    const way = (await screen.findByRole('heading', { name: 'From the shop’s tax to the ERP’s' })).closest('section')
    const steps = within(way ?? document.body).getAllByRole('rowheader').map((cell) => cell.textContent)
    expect(steps).toEqual(['Nordlicht Outdoor, EU storefront', 'Rounding', 'Another rate', 'Price', 'Tryton, Nordlicht Handelsgesellschaft mbH'])
    const line = screen.getByRole('row', { name: /^Olivenöl/ })
    expect(within(line).getAllByText('differs:').length).toBe(2)
    expect(screen.getByRole('link', { name: 'The whole order' }).getAttribute('href')).toBe('#/orders/NL-103000?pair=nordlicht')
  })

  it.each([
    ['NL-103011', 'Several explanations are equally small and equally exact.', 2, 1],
    ['NL-103022', 'No known difference explains it.', 0, 0],
  ])('says of %s how far it is explained, and of how many ways not all are shown', async (number, says, ways, more) => {
    openPage(`#/tax?pair=nordlicht&order=${number}`)
    expect(await screen.findByText(new RegExp(says))).toBeTruthy()
    expect(screen.queryAllByRole('heading', { name: /^One way/ })).toHaveLength(ways)
    expect(screen.queryAllByText('and 7 more')).toHaveLength(more)
  })
})
