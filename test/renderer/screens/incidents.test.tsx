// @vitest-environment jsdom
/** The queue as a person uses it: filters reach the engine, keys walk the rows, and an empty one says why it is empty. */
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { everything, useQueue } from '../../../src-renderer/screens/incidents/filter.ts'
import { openPage } from './page.tsx'

const everyOpenOne = {
  states: ['open', 'acknowledged', 'repairing'],
  severities: null,
  rule: null,
  owner: null,
  pair: null,
  parent: null,
  currency: null,
  market: null,
  cause: null,
  search: null,
  limit: 100,
  offset: 0,
}

async function rows(): Promise<HTMLElement[]> {
  const grid = await screen.findByRole('grid', { name: 'Incidents' })
  // Without its head; only as many as there is room for are drawn.
  return waitFor(() => {
    const drawn = within(grid).getAllByRole('row').slice(1)
    expect(drawn.length).toBeGreaterThan(5)
    return drawn
  })
}

describe('the queue asks the engine', () => {
  it('for what needs somebody, a page at a time', async () => {
    const page = openPage('#/incidents')
    await rows()
    expect(page.inputsOf('incidents.list')[0]).toEqual(everyOpenOne)
  })

  it('for the states behind a tab', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.click(screen.getByRole('radio', { name: /^Snoozed/ }))
    await waitFor(() =>
      expect(page.inputsOf('incidents.list').at(-1)).toEqual({
        ...everyOpenOne,
        states: ['snoozed'],
      }),
    )
  })

  it('for several severities at once, worst first, and for all again when none is pressed', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.click(screen.getByRole('button', { name: 'Medium' }))
    await page.user.click(screen.getByRole('button', { name: 'Critical' }))
    await waitFor(() =>
      expect(page.inputsOf('incidents.list').at(-1)).toEqual({
        ...everyOpenOne,
        severities: ['critical', 'medium'],
      }),
    )
    await page.user.click(screen.getByRole('button', { name: 'Medium' }))
    await page.user.click(screen.getByRole('button', { name: 'Critical' }))
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Critical' }).getAttribute('aria-pressed')).toBe(
        'false',
      ),
    )
    expect(page.inputsOf('incidents.list')).toContainEqual(everyOpenOne)
  })

  it('for one rule', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.click(screen.getByRole('combobox', { name: 'Rule' }))
    await page.user.click(await screen.findByRole('option', { name: /^Tax differs/, hidden: true }))
    await waitFor(() =>
      expect(page.inputsOf('incidents.list').at(-1)).toEqual({
        ...everyOpenOne,
        rule: 'F05-tax-differs',
      }),
    )
  })

  it('for those of one owner', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.click(await screen.findByRole('combobox', { name: 'Owner' }))
    await page.user.click(await screen.findByRole('option', { name: 'Finance', hidden: true }))
    await waitFor(() => expect(page.inputsOf('incidents.list').at(-1)).toEqual({ ...everyOpenOne, owner: 'finance' }))
  })

  it('for those of one pair', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.click(await screen.findByRole('combobox', { name: 'Pair' }))
    const [first] = await screen.findAllByRole('option', { name: /→/, hidden: true })
    if (first === undefined) throw new Error('there is no pair to choose')
    await page.user.click(first)
    await waitFor(() => expect(page.inputsOf('incidents.list').at(-1)).toMatchObject({ pair: expect.any(String) }))
  })

  it('for what a figure led to, said beside the fields until it is let go of', async () => {
    useQueue.getState().look({ ...everything, cause: 'wrong-rate', currency: 'EUR' })
    const page = openPage('#/incidents')
    await rows()
    expect(page.inputsOf('incidents.list')[0]).toEqual({ ...everyOpenOne, cause: 'wrong-rate', currency: 'EUR' })
    await page.user.click(screen.getByRole('button', { name: 'Show more than: Another rate' }))
    await waitFor(() => expect(page.inputsOf('incidents.list').at(-1)).toEqual({ ...everyOpenOne, currency: 'EUR' }))
  })

  it('for words once the typing pauses, reached by the slash key', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.keyboard('/')
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
    await page.user.keyboard('NL-1034')
    await waitFor(() =>
      expect(page.inputsOf('incidents.list').at(-1)).toEqual({
        ...everyOpenOne,
        search: 'NL-1034',
      }),
    )
    expect(page.inputsOf('incidents.list').length).toBeLessThan(5)
  })

  it('for the next page, and from the first row again when it is narrowed', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.click(screen.getByRole('button', { name: 'Rows after' }))
    await waitFor(() =>
      expect(page.inputsOf('incidents.list').at(-1)).toEqual({ ...everyOpenOne, offset: 100 }),
    )
    await page.user.click(screen.getByRole('button', { name: 'High' }))
    await waitFor(() =>
      expect(page.inputsOf('incidents.list').at(-1)).toEqual({
        ...everyOpenOne,
        severities: ['high'],
      }),
    )
  })
})

describe('the queue by keyboard', () => {
  it('walks with j and k and opens with Enter', async () => {
    const page = openPage('#/incidents')
    const [, second] = await rows()
    await page.user.keyboard('j')
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('row'))
    await page.user.keyboard('jkj')
    await waitFor(() => expect(document.activeElement).toBe(second))
    await page.user.keyboard('{Enter}')
    await waitFor(() =>
      expect(window.location.hash).toMatch(/^#\/incidents\/f02-paid-order-missing-\d+$/),
    )
  })

  it('chooses rows with x and acknowledges those that are open, all at once', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.keyboard('j')
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('row'))
    await page.user.keyboard('x')
    await page.user.keyboard('j')
    await page.user.keyboard('x')
    await screen.findByText('2 chosen')
    await page.user.click(screen.getByRole('button', { name: 'Acknowledge' }))
    await screen.findByText('2 done.')
    expect(page.inputsOf('incidents.decide')).toEqual([{ ids: [expect.any(String), expect.any(String)], decision: { kind: 'acknowledge' } }])
  })
})

describe('an empty queue says', () => {
  it('that nothing is open, and when both sides were compared', async () => {
    openPage('#/incidents', { mood: 'calm' })
    await screen.findByText('Nothing is open')
    expect(screen.getByText(/Both sides were read and compared/)).toBeTruthy()
  })

  it('that nothing is judged yet while the first pass is under way', async () => {
    openPage('#/incidents', { mood: 'unread' })
    await screen.findByText('Nothing is judged yet')
    expect(screen.queryByText('Nothing is open')).toBeNull()
  })

  it('that nothing is connected, with the way to connect', async () => {
    openPage('#/incidents', { mood: 'empty' })
    expect(
      (await screen.findByRole('link', { name: 'Connect a shop and an ERP' })).getAttribute('href'),
    ).toBe('#/first-run')
  })

  it('that its filters leave everything out, and clears them', async () => {
    const page = openPage('#/incidents')
    await rows()
    await page.user.type(screen.getByRole('searchbox'), 'no such order')
    await screen.findByText('Nothing matches')
    await page.user.click(screen.getByRole('button', { name: 'Clear the filters' }))
    await rows()
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('')
  })
})
