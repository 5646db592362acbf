// @vitest-environment jsdom
/** The Overview tells an owner what is wrong, how sure that is, and never more than is known. */
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { App } from '../../src-renderer/app.tsx'
import { type EngineLine, engineLine } from '../../src-renderer/engine.ts'
import { everything, useQueue } from '../../src-renderer/screens/incidents/filter.ts'
import { useLink } from '../../src-renderer/stores/link.ts'
import { home, useNavigation } from '../../src-renderer/stores/navigation.ts'
import { sampleEngine } from '../support/sample-engine.ts'
import type { Mood } from '../support/sample/scene.ts'
import { type FakePageClock, fakePageClock } from './fake-clock.ts'

let line: EngineLine | null = null

/** What jsdom lacks. */
beforeEach(() => {
  const watcher = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal('ResizeObserver', watcher)
  vi.stubGlobal('matchMedia', (media: string) => ({ media, matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }))
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 100))
})

afterEach(() => {
  cleanup()
  line?.hangUp()
  useLink.setState({ line: 'none', heardAt: null, shell: null })
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function open(mood: Mood, page: (line: EngineLine, clock: FakePageClock) => ReactNode = (each, clock) => <App line={each} clock={clock} />): FakePageClock {
  const clock = fakePageClock()
  useNavigation.setState({ place: home })
  line = engineLine(clock)
  const { port1, port2 } = new MessageChannel()
  sampleEngine({ mood, now: clock.now }).serve(port1)
  render(page(line, clock))
  line.connect(port2)
  return clock
}

const panel = (name: string): Promise<HTMLElement> => screen.findByRole('region', { name })
const text = (element: HTMLElement): string => element.textContent.replaceAll(/\s/g, ' ')

describe('on a bad day', () => {
  it('counts unmatched paid orders, sums each currency for itself, and links the oldest', async () => {
    open('busy')
    const unmatched = await panel('Unmatched paid orders')
    expect(text(unmatched)).toContain('23')
    expect(within(unmatched).getByRole('table').textContent.replaceAll(/\s/g, ' ')).toMatch(/EUR.*JPY.*KWD/)
    const links = within(within(unmatched).getByRole('list', { name: 'The oldest of them' })).getAllByRole('link')
    expect(links[0]?.getAttribute('href')).toMatch(/^#\/incidents\/f02-paid-order-missing-\d+$/)
    expect(text(unmatched)).toContain('312 not judged')
  })

  it('leads from each difference of tax to the incidents behind it', async () => {
    open('busy')
    const tax = await panel('Tax variance')
    const [market] = within(within(tax).getByRole('list', { name: 'By market' })).getAllByRole('link')
    const [cause] = within(within(tax).getByRole('list', { name: 'By cause' })).getAllByRole('link')
    if (market === undefined || cause === undefined) throw new Error('a figure leads nowhere')
    // the page stays where it is: the queue is another test's
    for (const link of [market, cause]) link.addEventListener('click', (event) => event.preventDefault())
    fireEvent.click(market)
    expect(useQueue.getState()).toMatchObject({ rule: 'F05-tax-differs', market: expect.stringMatching(/^[A-Z]{2}$/), currency: expect.stringMatching(/^[A-Z]{3}$/), cause: null })
    fireEvent.click(cause)
    expect(useQueue.getState()).toMatchObject({ rule: 'F05-tax-differs', market: null, cause: expect.any(String) })
    expect([market, cause].map((link) => link.getAttribute('href'))).toEqual(['#/incidents', '#/incidents'])
    useQueue.setState(everything)
  })

  it('strikes every figure through once nothing was read for longer than promised', async () => {
    const clock = open('busy')
    const unmatched = await panel('Unmatched paid orders')
    expect(unmatched.querySelector('s')).toBeNull()
    clock.advance(61_000)
    expect(unmatched.querySelector('s')?.textContent).toBe('23')
    expect(text(unmatched)).toContain('Stale:')
    for (const name of ['Stock staleness', 'Tax variance']) expect((await panel(name)).querySelector('s')).not.toBeNull()
  })

  it('says which connection is not well, in the words of the engine', async () => {
    open('blind')
    const health = await panel('Connections')
    expect(text(health)).toContain('Unreachable')
    expect(text(health)).toContain('No answer from erp.nordlicht.example')
  })
})

describe('on a good day', () => {
  it('says that all is well, in words and not by an empty panel', async () => {
    open('calm')
    expect(text(await panel('Unmatched paid orders'))).toContain('Every paid order is in the ERP.')
    expect(text(await panel('Tax variance'))).toContain('Both sides agree to the cent.')
  })

  it('takes that back when it is too old to know', async () => {
    const clock = open('calm')
    const unmatched = await panel('Unmatched paid orders')
    clock.advance(61_000)
    expect(text(unmatched)).not.toContain('Every paid order')
    expect(text(unmatched)).toContain('it may have changed since')
  })
})

describe('before anything is known', () => {
  it('shows dashes and not zeros', async () => {
    open('unread')
    const unmatched = await panel('Unmatched paid orders')
    expect(text(unmatched)).toContain('not known yet')
    expect(text(unmatched)).not.toMatch(/\d/)
  })

  it('leads to the first run when nothing is connected', async () => {
    open('empty')
    const link = await screen.findByRole('link', { name: 'Connect a shop and an ERP' })
    expect(link.getAttribute('href')).toBe('#/first-run')
  })
})

describe('on the wall', () => {
  const hang = (): void =>
    useLink.setState({ shell: { plumbline: 'shell', engine: 'running', restarts: 0, says: null, wall: true, demo: false, developmentRuntime: false, version: '0.1.0' } })

  it('shows one pane at a time, turns them by the clock, and offers nothing to press', async () => {
    hang()
    const clock = open('busy')
    await screen.findByRole('list', { name: 'All panes' })
    const titles: string[] = []
    for (let turn = 0; turn < 4; turn += 1) {
      titles.push((await screen.findByRole('heading', { level: 1 })).textContent)
      clock.advance(12_000)
    }
    expect(new Set(titles).size).toBe(4)
    expect(screen.queryAllByRole('button')).toEqual([])
    expect(screen.queryAllByRole('link')).toEqual([])
  })

  it('strikes what is out of date, on the pane that is shown and in the row of all', async () => {
    hang()
    const clock = open('busy')
    await screen.findByRole('heading', { level: 1, name: /./ })
    await screen.findByRole('list', { name: 'All panes' })
    clock.advance(61_000)
    expect(document.querySelector('.wall-figure s')).not.toBeNull()
    expect(screen.getByRole('list', { name: 'All panes' }).querySelectorAll('s')).toHaveLength(4)
  })
})
