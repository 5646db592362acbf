// @vitest-environment jsdom
/** Orders by keyboard and eye: the list is narrowed and paged by the engine, an order shows its gaps, and looking back changes nothing. */
import { implement } from '@orpc/server'
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contract } from '../../../src-main/contract/operations.ts'
import { everyOrder, useOrders } from '../../../src-renderer/screens/orders/filter.ts'
import { useTravel } from '../../../src-renderer/stores/travel.ts'
import { sampleOverviewThen } from '../../support/sample/overview.ts'
import { type Page, openPage } from './page.tsx'

const os = implement(contract)

beforeEach(() => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 100))
})
afterEach(() => {
  useOrders.setState({ filter: everyOrder, cursors: [] })
  useTravel.setState({ at: null })
  vi.restoreAllMocks()
})

const text = (element: HTMLElement): string => element.textContent.replaceAll(/\s/g, ' ')
const grid = (): Promise<HTMLElement> => screen.findByRole('grid', { name: 'Orders' })
const lastAsked = (page: Page, operation: string): unknown => page.inputsOf(operation).at(-1)

describe('the list of orders', () => {
  it('shows each order’s money, payment, ERP document and verdict in words', async () => {
    openPage('#/orders')
    const rows = within(await grid()).getAllByRole('row')
    expect(text(rows[0] ?? document.body)).toBe('NumberPlacedChannelTotalPaymentIn the ERPVerdict')
    expect(rows.some((row) => /Paid.*Done.*SO-.*Fine/.test(text(row)))).toBe(true)
    expect(rows.some((row) => /Not there.*Critical: Paid order never reached the ERP/.test(text(row)))).toBe(true)
    expect(rows.some((row) => /Not paid.*Not due.*Not yet due/.test(text(row)))).toBe(true)
  })

  it('asks the engine for what it is narrowed to, from the first page on', async () => {
    const page = openPage('#/orders')
    await page.user.click(await screen.findByRole('button', { name: 'Rows after' }))
    await waitFor(() => expect(lastAsked(page, 'orders.list')).toMatchObject({ cursor: '100' }))
    await page.user.click(screen.getByRole('radio', { name: 'Not judged' }))
    await waitFor(() => expect(lastAsked(page, 'orders.list')).toMatchObject({ filter: { verdict: 'not-judged' }, cursor: null }))
    await waitFor(async () => expect(within(await grid()).getAllByRole('row').slice(1).every((row) => text(row).includes('Not judged'))).toBe(true))
  })

  it('is walked and opened by keyboard', async () => {
    const page = openPage('#/orders')
    await grid()
    await page.user.keyboard('j')
    await waitFor(() => expect(document.activeElement?.getAttribute('data-index')).toBe('0'))
    await page.user.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement?.getAttribute('data-index')).toBe('1'))
    const number = text(document.activeElement?.querySelector<HTMLElement>('[role=gridcell]') ?? document.body)
    await page.user.keyboard('{Enter}')
    expect(await screen.findByRole('heading', { level: 1, name: number })).toBeTruthy()
    expect(window.location.hash).toBe(`#/orders/${number}?pair=nordlicht`)
    await page.user.keyboard('u')
    await grid()
  })

  it('says that no order is like that, and shows all again', async () => {
    const page = openPage('#/orders')
    await grid()
    await page.user.keyboard('/')
    await page.user.keyboard('nothing-begins-so')
    expect(await screen.findByText('No number begins with nothing-begins-so.')).toBeTruthy()
    await page.user.click(screen.getByRole('button', { name: 'Show every order' }))
    await grid()
  })

  it.each([
    ['unread', /was not read yet/],
    ['empty', /No shop is paired with an ERP yet/],
  ] as const)('is honest when there is nothing: %s', async (mood, words) => {
    openPage('#/orders', { mood })
    expect(await screen.findByText(words)).toBeTruthy()
  })
})

describe('an order’s chain', () => {
  it('draws what is missing as a gap with the moment it was due, and links its incident', async () => {
    openPage('#/orders/NL-101202?pair=nordlicht')
    const chain = await screen.findByRole('region', { name: 'The chain, station by station' })
    const gap = within(chain).getByText('Missing').closest<HTMLElement>('li')
    expect(gap?.dataset['state']).toBe('missing')
    expect(text(gap ?? document.body)).toMatch(/ERP order.*Missing.*due/)
    const incidents = screen.getByRole('region', { name: 'Incidents' })
    expect(within(incidents).getAllByRole('link')[0]?.getAttribute('href')).toMatch(/^#\/incidents\//)
  })

  it('explains the tax line by line', async () => {
    openPage('#/orders/NL-104882?pair=nordlicht')
    const tax = await screen.findByRole('region', { name: 'Tax, line by line' })
    expect(text(tax)).toContain('Each of these turns the shop’s tax into the ERP’s, to the cent')
    expect(within(tax).getAllByRole('row').length).toBe(6)
  })

  it('names the tickets of customers who wrote about it, and opens one in the person’s own browser', async () => {
    const page = openPage('#/orders/NL-101202?pair=nordlicht')
    const tickets = await screen.findByRole('region', { name: 'Support tickets' })
    expect(within(tickets).getAllByRole('listitem').map((one) => text(one).replace(/, opened .*/, ''))).toEqual(['Where is my order?Ticket 88213', 'No reason givenTicket 88102'])
    const told = vi.spyOn(window, 'postMessage')
    await page.user.click(within(tickets).getByRole('link', { name: 'Ticket 88213' }))
    expect(told).toHaveBeenCalledWith({ plumbline: 'external', url: 'https://nordlicht.helpdesk.example/tickets/88213' }, '/')
  })

  it('says in words that there is no such order', async () => {
    openPage('#/orders/NOPE')
    expect(await screen.findByText('Neither side has an order NOPE.')).toBeTruthy()
    expect(screen.getByRole('heading', { level: 1, name: 'NOPE' })).toBeTruthy()
  })

  it('is linked from its incident', async () => {
    openPage('#/incidents/f02-paid-order-missing-0')
    const link = await screen.findByRole('link', { name: 'The order’s whole chain' })
    expect(link.getAttribute('href')).toMatch(/^#\/orders\/NL-\d+\?pair=nordlicht$/)
  })
})

describe('looking back', () => {
  it('asks for the moment, says so in a stripe, offers nothing of now, and comes back', async () => {
    const page = openPage('#/overview')
    await screen.findByRole('region', { name: 'Unmatched paid orders' })
    await page.user.keyboard('w')
    await page.user.click(await screen.findByRole('button', { name: /^An hour ago/ }))
    const stripe = await screen.findByText(/^As of /)
    await waitFor(() => expect(lastAsked(page, 'overview.get')).toMatchObject({ asOf: expect.any(Number) }))
    const unmatched = await screen.findByRole('region', { name: 'Unmatched paid orders' })
    await waitFor(() => expect(within(unmatched).getAllByRole('link').every((link) => link.getAttribute('href')?.startsWith('#/orders/'))).toBe(true))
    expect(text(await screen.findByRole('region', { name: 'Flow and backlog' }))).toContain('Not kept of that moment')
    const hrefs = within(screen.getByRole('main')).getAllByRole('link').map((link) => link.getAttribute('href'))
    expect(hrefs.filter((href) => href?.startsWith('#/incidents') || href?.startsWith('#/connections'))).toEqual([])
    await page.user.keyboard('n')
    await waitFor(() => expect(stripe.isConnected).toBe(false))
    expect(useTravel.getState().at).toBeNull()
  })

  it.each([
    ['that its curve is not kept that far', -60_000, 'The curve is not kept that far: it begins'],
    ['that nothing was watched in the day before', null, 'No change of stock was watched in the 24 hours before.'],
  ])('says of stock %s, and not that nothing was watched yet', async (_what, before, says) => {
    const page = openPage('#/overview', {
      answering: (router) => ({
        ...router,
        overview: {
          ...router.overview,
          get: os.overview.get.handler(({ input }) => {
            const now = Date.now()
            const told = sampleOverviewThen({ mood: 'busy', now, poll: 0 }, input.asOf ?? now)
            return { ...told, stock: { ...told.stock, series: [], watched: null, seriesFrom: before === null ? null : now + before } }
          }),
        },
      }),
    })
    await screen.findByRole('region', { name: 'Unmatched paid orders' })
    await page.user.keyboard('w')
    await page.user.click(await screen.findByRole('button', { name: /^An hour ago/ }))
    const stock = await screen.findByRole('region', { name: 'Stock staleness' })
    await waitFor(() => expect(text(stock)).toContain(says))
    expect(text(stock)).not.toContain('watched yet')
  })

  it('keeps the moment from the first screen to an order, and leaves it with them', async () => {
    const page = openPage('#/orders/NL-101202?pair=nordlicht')
    await screen.findByRole('region', { name: 'Incidents' })
    await page.user.keyboard('w')
    await page.user.click(await screen.findByRole('button', { name: /^15 minutes ago/ }))
    await waitFor(() => expect(lastAsked(page, 'orders.chain')).toMatchObject({ asOf: expect.any(Number) }))
    expect(await screen.findByRole('region', { name: 'Not kept of that moment' })).toBeTruthy()
    expect(within(screen.getByRole('region', { name: 'Incidents' })).queryAllByRole('link')).toEqual([])
    await page.user.keyboard('gi')
    await waitFor(() => expect(useTravel.getState().at).toBeNull())
  })

  it('refuses a moment that has not come, in its place', async () => {
    const page = openPage('#/overview')
    await screen.findByRole('region', { name: 'Unmatched paid orders' })
    await page.user.keyboard('w')
    const field = await screen.findByLabelText('Or any moment')
    await page.user.clear(field)
    await page.user.click(screen.getByRole('button', { name: 'Look back' }))
    expect(await screen.findByText('A day and a time, such as yesterday at 14:05.')).toBeTruthy()
    expect(useTravel.getState().at).toBeNull()
  })
})

describe('the palette', () => {
  it('finds an order by how its number begins, and opens its chain', async () => {
    const page = openPage('#/overview')
    await screen.findByRole('region', { name: 'Unmatched paid orders' })
    await page.user.keyboard('{Control>}k{/Control}')
    await page.user.keyboard('nl-10488')
    await waitFor(() => expect(lastAsked(page, 'search.find')).toEqual({ text: 'nl-10488' }))
    const found = await screen.findAllByText(/^NL-10488\d$/)
    const number = text(found[0] ?? document.body)
    await page.user.click(found[0] ?? document.body)
    expect(await screen.findByRole('heading', { level: 1, name: number })).toBeTruthy()
  })
})
