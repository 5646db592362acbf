// @vitest-environment jsdom
/** A figure never passes for true once its promise is broken, and glows when it changed and only then. */
import { cleanup, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import type { AsOfView } from '../../../src-main/contract/views.ts'
import { PageClockContext } from '../../../src-renderer/clock.ts'
import { AsOf, Figure } from '../../../src-renderer/parts/figure.tsx'
import { Money } from '../../../src-renderer/parts/money.tsx'
import { fakePageClock, someMorning } from '../fake-clock.ts'

afterEach(cleanup)

const asOf: AsOfView = { at: someMorning, staleAfterMs: 60_000 }

function show(children: ReactNode, clock = fakePageClock()) {
  const inside = (each: ReactNode): ReactNode => <PageClockContext value={clock}>{each}</PageClockContext>
  const { rerender, container } = render(inside(children))
  return { clock, container, again: (each: ReactNode) => rerender(inside(each)) }
}

describe('a figure', () => {
  it('is struck through by the first tick after its promise, and not before', () => {
    const { clock, container } = show(<Figure asOf={asOf} told="23" />)
    clock.advance(60_000)
    expect(container.querySelector('s')).toBeNull()
    clock.advance(1_000)
    expect(container.querySelector('s')?.textContent).toBe('23')
    expect(container.textContent).toContain('out of date')
  })

  it('is whole again once it was read anew', () => {
    const { clock, container, again } = show(<Figure asOf={asOf} told="23" />)
    clock.advance(61_000)
    again(<Figure asOf={{ ...asOf, at: clock.now() }} told="23" />)
    expect(container.querySelector('s')).toBeNull()
  })

  it('strikes an amount together with its currency', () => {
    const { clock, container } = show(
      <Figure asOf={asOf} told="19.99">
        <Money amount={{ minor: 1999, currency: 'EUR' }} />
      </Figure>,
    )
    clock.advance(61_000)
    expect(container.querySelector('s')?.textContent).toBe('19.99EUR')
  })

  it('is a dash while it was never read, whatever number stands there', () => {
    const { container } = show(<Figure asOf={{ ...asOf, at: null }} told="0" />)
    expect(container.textContent).toBe('—not known yet')
  })

  it('loses its alarm colour when it is out of date', () => {
    const { clock, container } = show(<Figure asOf={asOf} told="23" tone="critical" />)
    expect(container.querySelector('.tone-critical')).not.toBeNull()
    clock.advance(61_000)
    expect(container.querySelector('.tone-critical')).toBeNull()
  })

  it('glows when it changed, not when it first appears and not when only its age moved', () => {
    const { clock, container, again } = show(<Figure asOf={asOf} told="23" />)
    const glows = (): boolean => container.querySelector('[data-glow]') !== null
    expect(glows()).toBe(false)
    clock.advance(5_000)
    again(<Figure asOf={{ ...asOf, at: clock.now() }} told="23" />)
    expect(glows()).toBe(false)
    again(<Figure asOf={{ ...asOf, at: clock.now() }} told="24" />)
    expect(glows()).toBe(true)
  })
})

describe('an age', () => {
  it('says stale in words, and what was promised', () => {
    const { clock } = show(<AsOf asOf={asOf} />)
    expect(screen.queryByText(/Stale/)).toBeNull()
    clock.advance(61_000)
    expect(screen.getByText(/Stale/).getAttribute('title')?.replaceAll(/\s/g, ' ')).toBe('Promised at most 1 min old')
  })
})
