// @vitest-environment jsdom
/** The demo around every screen: that it is marked, what may be broken in it, what was noticed, and the way back. */
import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LeverBoard } from '../../../src-main/contract/demo.ts'
import { type FromPage, fromPageSchema } from '../../../src-main/contract/shell-messages.ts'
import { useDemo } from '../../../src-renderer/stores/demo.ts'
import { useLink } from '../../../src-renderer/stores/link.ts'
import { aPull, sampleBoard } from '../../support/sample/levers.ts'
import { sampleIncidents } from '../../support/sample/incidents.ts'
import { openPage } from '../screens/page.tsx'

const said: FromPage[] = []

beforeEach(() => {
  said.length = 0
  vi.spyOn(window, 'postMessage').mockImplementation((message: unknown) => {
    const parsed = fromPageSchema.safeParse(message)
    if (parsed.success) said.push(parsed.data)
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  useLink.setState({ shell: null })
  useDemo.setState({ levers: [], pulls: [], panelOpen: true })
})

function stand(demo: boolean, wall = false): void {
  useLink.setState({
    shell: { plumbline: 'shell', engine: 'running', restarts: 0, says: null, wall, demo, developmentRuntime: false, version: '0.1.0' },
  })
}

function openDemo(board: LeverBoard = sampleBoard(Date.now()), at = '#/incidents') {
  stand(true)
  useDemo.setState(board)
  return openPage(at)
}

const panel = () => screen.findByRole('complementary', { name: 'Break something' })

describe('in the demo', () => {
  it('is marked above every screen, in the title of the window, and on the wall', async () => {
    openDemo()
    const stripe = await screen.findByRole('region', { name: 'Demo' })
    expect(stripe.textContent).toContain('Nothing of it is real')
    expect(document.title).toBe('Demo – Incidents – Plumbline')
    act(() => stand(true, true))
    const wall = await screen.findByRole('main', { name: 'Wall' })
    expect(within(wall).getByText('Demo')).toBeTruthy()
    expect(within(wall).queryAllByRole('button')).toEqual([])
  })

  it('breaks what holds by a switch, what happens once by a button, and mends by the switch again', async () => {
    const { user } = openDemo()
    const shown = await panel()
    const erp = within(shown).getByRole('switch', { name: 'The ERP goes down' })
    expect((erp as HTMLInputElement).checked).toBe(true)
    await user.click(erp)
    await user.click(within(shown).getByRole('button', { name: 'Do it A webhook is lost' }))
    expect(said.filter((each) => each.plumbline === 'pull')).toEqual([
      { plumbline: 'pull', lever: 'erp-down' },
      { plumbline: 'pull', lever: 'webhook-lost' },
    ])
  })

  it('leads from what was broken to the incident that speaks of it, and says when none does yet', async () => {
    const row = sampleIncidents({ mood: 'busy', now: Date.now(), poll: 0 }).find(({ resolvedAt }) => resolvedAt === null)
    if (row === undefined) throw new Error('a busy day has an open incident')
    const pulls = [
      aPull({ id: 2, title: 'A webhook is lost' }),
      aPull({ id: 1, at: row.openedAt - 6000, expected: [{ rule: row.rule, key: row.subject.key }] }),
    ]
    openDemo({ ...sampleBoard(Date.now()), pulls })
    const shown = await panel()
    const link = await within(shown).findByRole('link', { name: `${row.title}: ${row.subject.key}` })
    expect(link.getAttribute('href')).toBe(`#/incidents/${row.id}`)
    expect(link.closest('li')?.textContent).toMatch(/noticed after 6\s+s/)
    expect(within(shown).getByText('A webhook is lost', { selector: '.pull > p' }).closest('li')?.textContent).toContain('Not noticed yet.')
  })

  it('puts its panel away and brings it back by one key', async () => {
    const { user } = openDemo()
    await panel()
    await user.keyboard('b')
    expect(screen.queryByRole('complementary')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Break something' }))
    await panel()
  })

  it('takes nothing of one’s own, and shows the way back to it', async () => {
    const { user, inputsOf } = openDemo(sampleBoard(Date.now()), '#/connect')
    await screen.findByText('Nothing of yours is connected in the demo')
    expect(document.querySelector('input[type=password]')).toBeNull()
    await user.click(within(screen.getByRole('region', { name: 'Demo' })).getByRole('button', { name: 'Leave the demo' }))
    expect(said).toContainEqual({ plumbline: 'demo', on: false })
    expect(inputsOf('connections.test')).toEqual([])
  })
})

describe('outside of the demo', () => {
  it('is neither marked as one nor has anything to break', async () => {
    stand(false)
    useDemo.setState(sampleBoard(Date.now()))
    openPage('#/incidents')
    await screen.findByRole('heading', { name: 'Incidents' })
    expect(screen.queryByRole('region', { name: 'Demo' })).toBeNull()
    expect(screen.queryByRole('complementary')).toBeNull()
    expect(document.title).toBe('Incidents – Plumbline')
  })

  it('is entered from the first run, by whoever has nothing to connect yet', async () => {
    stand(false)
    const { user } = openPage('#/first-run', { mood: 'empty' })
    await user.click(await screen.findByRole('button', { name: 'Explore the demo' }))
    await waitFor(() => expect(said).toContainEqual({ plumbline: 'demo', on: true }))
  })
})
