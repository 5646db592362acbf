// @vitest-environment jsdom
/** The close of a day: it is signed once it is over, told when it is another one than was signed, and printed. */
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type FromPage, type ShellMessage, fromPageSchema } from '../../../src-main/contract/shell-messages.ts'
import type { EngineLine } from '../../../src-renderer/engine.ts'
import { listenToShell } from '../../../src-renderer/shell.ts'
import { useLink } from '../../../src-renderer/stores/link.ts'
import { fakePageClock } from '../fake-clock.ts'
import { openPage } from './page.tsx'

const dayMs = 86_400_000
const dayBefore = (days: number): string => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10)
const aShell: ShellMessage = { plumbline: 'shell', engine: 'running', restarts: 0, says: null, wall: false, demo: false, developmentRuntime: false, version: '0.1.0' }

afterEach(() => {
  useLink.setState({ shell: null })
  vi.restoreAllMocks()
})

describe('a day', () => {
  it('opens each step to what it is made of: an incident where one is the place, else the whole order', async () => {
    const page = openPage('#/close')
    const waterfall = await screen.findByRole('table', { name: 'From takings to bookings, EUR' })
    await page.user.click(within(waterfall).getByRole('button', { name: /^Paid order never/, expanded: false }))
    expect((await within(waterfall).findByRole('link', { name: 'NL-103363' })).getAttribute('href')).toBe('#/incidents/incident-NL-103363')
    await page.user.click(within(waterfall).getByRole('button', { name: /^Booked on another day/, expanded: false }))
    await within(waterfall).findByRole('link', { name: 'NL-104901' })
    expect(within(waterfall).getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['NL-104901', 'NL-104903', 'NL-104907', 'NL-104902'].map((number) => `#/orders/${number}?pair=nordlicht`))
  })

  it('opens its totals too, page by page, and what is in neither', async () => {
    const page = openPage('#/close')
    const waterfall = await screen.findByRole('table', { name: 'From takings to bookings, EUR' })
    await page.user.click(within(waterfall).getByRole('button', { name: /^Nordlicht Outdoor, EU took/, expanded: false }))
    await within(waterfall).findByText(/1–60 of 1.091/)
    await page.user.click(within(waterfall).getByRole('button', { name: 'Rows after' }))
    await within(waterfall).findByRole('link', { name: 'NL-104060' })
    await page.user.click(within(waterfall).getByRole('button', { name: /^In neither total/, expanded: false }))
    expect((await within(waterfall).findByText('S10000')).closest('li')?.textContent).toMatch(/^S10000/)
  })

  it('that is another one than was signed says what was signed, what it is, and what came since', async () => {
    openPage(`#/close/nordlicht@${dayBefore(4)}`)
    const changed = await screen.findByRole('table', { name: 'What changed since it was signed, JPY' })
    const rows = within(changed).getAllByRole('row').slice(1).map((row) => row.textContent?.replaceAll(/\s/g, ' '))
    expect(rows).toEqual(['Nordlicht Outdoor, EU took26 113JPY25 613JPY', 'Tryton, Nordlicht Handels GmbH booked1 234 567JPY25 613JPY'])
    expect(screen.getByRole('list', { name: 'Came or changed since' }).textContent).toContain('refund of order NL-104199')
  })

  it('that nobody signed in time is named so among the days', async () => {
    const page = openPage('#/close')
    await page.user.click(await screen.findByRole('combobox', { name: 'Business day in Europe/Berlin' }))
    expect(await screen.findByText(`${dayBefore(2)}, not signed in time`)).toBeTruthy()
  })

  it('with something that has no place is signed with a name and a note, as it was seen', async () => {
    const page = openPage(`#/close/nordlicht@${dayBefore(1)}`)
    const panel = await screen.findByRole('region', { name: `${dayBefore(1)}, EUR` })
    await page.user.type(within(panel).getByRole('textbox', { name: /Your name/ }), 'Ada')
    expect(within(panel).getByRole('button', { name: 'Sign off the day' }).hasAttribute('disabled')).toBe(true)
    await page.user.type(within(panel).getByRole('textbox', { name: /Why you sign/ }), 'Thirteen cents; finance knows.')
    await page.user.click(within(panel).getByRole('button', { name: 'Sign off the day' }))
    await waitFor(() => expect(page.inputsOf('close.sign')).toMatchObject([{ pair: 'nordlicht', day: dayBefore(1), currency: 'EUR', name: 'Ada', figures: { unexplained: 13, notJudged: 4990 } }]))
  })

  it('is not printed where there is no shell to print it', async () => {
    openPage('#/close')
    await screen.findByRole('button', { name: 'Export CSV' })
    expect(screen.queryByRole('button', { name: 'Export PDF' })).toBeNull()
  })

  it('is printed whole and light by the shell, which says where it lies; then the sheet is gone', async () => {
    const asked: Extract<FromPage, { plumbline: 'print' }>[] = []
    vi.spyOn(window, 'postMessage').mockImplementation((message: unknown) => {
      const parsed = fromPageSchema.safeParse(message)
      if (parsed.success && parsed.data.plumbline === 'print') asked.push(parsed.data)
    })
    Object.defineProperty(document, 'fonts', { configurable: true, value: Object.assign(new EventTarget(), { ready: Promise.resolve() }) })
    // the page of this test has its own line to the engine: the shell only prints here
    listenToShell({ connect: () => undefined } as unknown as EngineLine, fakePageClock())
    const page = openPage(`#/close/nordlicht@${dayBefore(4)}`)
    Object.defineProperty(document, 'fonts', { configurable: true, value: Object.assign(new EventTarget(), { ready: Promise.resolve() }) })
    useLink.setState({ shell: aShell })
    await page.user.click(await screen.findByRole('button', { name: 'Export PDF' }))
    await waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]).toMatchObject({ name: `close-nordlicht-${dayBefore(4)}.pdf`, foot: expect.stringContaining('Nordlicht Outdoor, EU with Tryton') })
    const sheet = document.querySelector('.print-sheet')?.textContent ?? ''
    for (const words of ['Daily close', 'Basis', 'NL-104666', 'Not signed off in EUR.', 'Signed with other figures, and open again: Ada Lindqvist', 'Entry 412 of the audit trail']) expect(sheet).toContain(words)
    window.dispatchEvent(new MessageEvent('message', { data: { plumbline: 'printed', ask: asked[0]?.ask, outcome: 'saved', says: '/home/ada/close.pdf' }, source: window }))
    expect(await screen.findByText('Saved as /home/ada/close.pdf')).toBeTruthy()
    expect(document.querySelector('.print-sheet')).toBeNull()
  })
})
