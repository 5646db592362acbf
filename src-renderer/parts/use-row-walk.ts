/** Walking the rows of a table by keyboard: one row is active, it alone is in the tab order, and the focus follows it. */
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useKeys } from './use-keys.ts'

interface RowWalkOptions {
  readonly label: string
  readonly box: RefObject<HTMLElement | null>
  readonly count: number
  readonly scrollTo: (index: number) => void
  readonly open: (index: number) => void
  /** Null where rows are not chosen. */
  readonly choose: ((index: number) => void) | null
}

export interface RowWalk {
  readonly active: number
  readonly setActive: (index: number) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

const pageOfRows = 10

export function useRowWalk({ label, box, count, scrollTo, open, choose }: RowWalkOptions): RowWalk {
  const [active, setActive] = useState(0)
  const at = Math.min(active, Math.max(0, count - 1))
  const moveTo = (index: number): void => {
    const to = Math.max(0, Math.min(count - 1, index))
    setActive(to)
    scrollTo(to)
    // In the next frame, since a row that was out of sight is drawn first.
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus({ preventScroll: true })
    })
  }
  useKeys({
    title: label,
    bindings: [
      { keys: 'j', does: 'Next row', run: () => moveTo(holdsFocus(box.current) ? at + 1 : at) },
      { keys: 'k', does: 'Row before', run: () => moveTo(at - 1) },
      ...(choose === null ? [] : [{ keys: 'x', does: 'Choose the row', run: () => choose(at) }]),
    ],
  })
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveTo(at + 1),
    ArrowUp: () => moveTo(at - 1),
    PageDown: () => moveTo(at + pageOfRows),
    PageUp: () => moveTo(at - pageOfRows),
    Home: () => moveTo(0),
    End: () => moveTo(count - 1),
    Enter: () => open(at),
    ' ': () => choose?.(at),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // A box and a link in a row keep their own keys.
    if (event.key === ' ' && event.target instanceof HTMLInputElement) return
    if (event.key === 'Enter' && event.target instanceof HTMLAnchorElement) return
    const move = moves[event.key]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move()
  }
  return { active: at, setActive, onKeyDown }
}

function holdsFocus(box: HTMLElement | null): boolean {
  return box !== null && box.contains(document.activeElement) && document.activeElement?.closest('.table-row') !== null
}
