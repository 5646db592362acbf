// @vitest-environment jsdom
/** Everything in a table is reached without a mouse, and only what is seen is drawn. */
import { cleanup, render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Column, Table } from '../../../src-renderer/parts/table.tsx'
import { useKeyListener } from '../../../src-renderer/parts/use-keys.ts'
import { usePreferences } from '../../../src-renderer/stores/preferences.ts'

interface Row {
  readonly id: string
}

const columns: readonly Column<Row>[] = [{ id: 'id', title: 'Number', width: '1fr', draw: (row) => row.id }]
const rows: readonly Row[] = Array.from({ length: 5_000 }, (_, index) => ({ id: `NL-${index}` }))

let opened: string[] = []

function Page({ chooses = false }: { readonly chooses?: boolean }): ReactNode {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  useKeyListener()
  return (
    <>
      <input aria-label="Search" />
      <Table
        label="Orders"
        rows={rows}
        columns={columns}
        idOf={(row) => row.id}
        onOpen={(row) => opened.push(row.id)}
        empty="Nothing"
        {...(chooses ? { chosen, onChoose: setChosen } : {})}
      />
    </>
  )
}

/** What jsdom lacks: a box with a size, and somebody who watches it. */
beforeEach(() => {
  opened = []
  vi.stubGlobal('ResizeObserver', class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  })
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 })
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1000 })
  HTMLElement.prototype.scrollTo = () => undefined
})

afterEach(() => {
  cleanup()
  usePreferences.setState({ singleKeys: true })
})

/** Focus follows in the next frame, once the row is drawn. */
const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()))
const focused = (): string | null => document.activeElement?.textContent ?? null

describe('rows are walked', () => {
  it('with j and k from anywhere on the page, and opened with Enter', async () => {
    const user = userEvent.setup()
    render(<Page />)
    await user.keyboard('j')
    await frame()
    expect(focused()).toBe('NL-0')
    await user.keyboard('jj')
    await frame()
    await user.keyboard('k')
    await frame()
    expect(focused()).toBe('NL-1')
    await user.keyboard('{Enter}')
    expect(opened).toEqual(['NL-1'])
  })

  it('with the arrows once one has the focus, and never past the ends', async () => {
    const user = userEvent.setup()
    render(<Page />)
    await user.tab()
    await user.tab()
    expect(focused()).toBe('NL-0')
    await user.keyboard('{ArrowUp}')
    await frame()
    expect(focused()).toBe('NL-0')
    await user.keyboard('{ArrowDown}{ArrowDown}')
    await frame()
    expect(focused()).toBe('NL-2')
  })

  it('not while somebody types, and not when single keys are switched off', async () => {
    const user = userEvent.setup()
    render(<Page />)
    const search = screen.getByLabelText('Search')
    await user.type(search, 'jkj')
    expect(document.activeElement).toBe(search)
    search.blur()
    usePreferences.setState({ singleKeys: false })
    await user.keyboard('j')
    await frame()
    expect(focused()).not.toBe('NL-0')
  })
})

it('chooses with Space and x, one and all', async () => {
  const user = userEvent.setup()
  render(<Page chooses />)
  await user.keyboard('j')
  await frame()
  await user.keyboard(' ')
  await user.keyboard('j')
  await frame()
  await user.keyboard('x')
  const chosen = (): number => screen.getAllByRole('row').filter((row) => row.getAttribute('aria-selected') === 'true').length
  expect(chosen()).toBe(2)
  await user.click(screen.getByLabelText('Choose all rows'))
  expect(chosen()).toBeGreaterThan(10)
})

it('draws only what is seen, and says how many there are', () => {
  render(<Page />)
  const grid = screen.getByRole('grid', { name: 'Orders' })
  expect(grid.getAttribute('aria-rowcount')).toBe('5001')
  const drawn = within(grid).getAllByRole('row').length
  expect(drawn).toBeGreaterThan(15)
  expect(drawn).toBeLessThan(60)
})

it('shows its empty state in place of a bare head', () => {
  render(<Table label="Orders" rows={[]} columns={columns} idOf={(row: Row) => row.id} empty="Nothing is open" />)
  expect(screen.queryByRole('grid')).toBeNull()
  expect(screen.getByText('Nothing is open')).toBeDefined()
})
