// @vitest-environment jsdom
/** The line to the engine: what changed is asked again, a dead line loses nothing that was known, and no call waits for ever. */
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EngineLineContext, failureOf, useAnswer, useCommand } from '../../src-renderer/ask.ts'
import { systemPageClock } from '../../src-renderer/clock.ts'
import { type EngineLine, LineFault, engineLine } from '../../src-renderer/engine.ts'
import { useLink } from '../../src-renderer/stores/link.ts'
import { type SampleEngine, sampleEngine } from '../support/sample-engine.ts'

let line: EngineLine

beforeEach(() => {
  useLink.setState({ line: 'none', heardAt: null, shell: null })
  line = engineLine(systemPageClock)
})

afterEach(() => {
  cleanup()
  line.hangUp()
  line.queries.clear()
  vi.useRealTimers()
})

function connectTo(engine: SampleEngine): void {
  const { port1, port2 } = new MessageChannel()
  engine.serve(port1)
  line.connect(port2)
}

function Count(): ReactNode {
  const answer = useAnswer(['overview'], ['overview.get', null], (client, options) => client.overview.get({ pair: null }, options))
  if (answer.state !== 'known') return <p>{answer.state}</p>
  return (
    <p>
      {answer.value.unmatched.count} missing{answer.failure === null ? '' : ', last known'}
    </p>
  )
}

function show(children: ReactNode): void {
  render(
    <QueryClientProvider client={line.queries}>
      <EngineLineContext value={line}>{children}</EngineLineContext>
    </QueryClientProvider>,
  )
}

describe('a question', () => {
  it('waits for the first line without failing, and is answered when it comes', async () => {
    show(<Count />)
    expect(screen.getByText('waiting')).toBeDefined()
    act(() => connectTo(sampleEngine()))
    expect(await screen.findByText('23 missing')).toBeDefined()
  })

  it('is asked again when the engine says that its topic changed', async () => {
    const engine = sampleEngine()
    connectTo(engine)
    show(<Count />)
    await screen.findByText('23 missing')
    await waitFor(() => expect(useLink.getState().heardAt).not.toBeNull())
    engine.poll()
    expect(await screen.findByText('24 missing')).toBeDefined()
  })

  it('keeps its last answer while the line is gone, and asks the next engine when there is one', async () => {
    connectTo(sampleEngine())
    show(<Count />)
    await screen.findByText('23 missing')
    act(() => line.hangUp())
    expect(useLink.getState().line).toBe('down')
    expect(screen.getByText('23 missing')).toBeDefined()
    act(() => connectTo(sampleEngine({ mood: 'calm' })))
    expect(await screen.findByText('0 missing')).toBeDefined()
    expect(useLink.getState().line).toBe('up')
  })

  it('hears the events of the new engine and no more of the old one', async () => {
    const first = sampleEngine()
    const second = sampleEngine({ mood: 'calm' })
    connectTo(first)
    show(<Count />)
    await screen.findByText('23 missing')
    useLink.setState({ heardAt: null })
    act(() => connectTo(second))
    await screen.findByText('0 missing')
    await waitFor(() => expect(useLink.getState().heardAt).not.toBeNull())
    second.setMood('busy')
    expect(await screen.findByText('23 missing')).toBeDefined()
  })
})

describe('a call', () => {
  it('fails at once without a line', async () => {
    await expect(line.client.settings.get()).rejects.toThrow(LineFault)
  })

  it('fails when its line is replaced, since a dead port answers nothing', async () => {
    const { port2 } = new MessageChannel()
    line.connect(port2)
    const call = line.client.settings.get()
    connectTo(sampleEngine())
    await expect(call).rejects.toThrow(LineFault)
  })

  it('fails after its time, and later where the engine itself has to ask a platform', async () => {
    vi.useFakeTimers()
    const { port2 } = new MessageChannel()
    line.connect(port2)
    const outcomes: string[] = []
    const note = (name: string) => (): void => void outcomes.push(name)
    line.client.settings.get().catch(note('settings'))
    line.client.connections.readNow({ id: 'x' }).catch(note('readNow'))
    line.client.replays.preview({ incident: 'x', action: 'order.create' }).catch(note('preview'))
    await vi.advanceTimersByTimeAsync(29_000)
    expect(outcomes).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(outcomes).toEqual(['settings', 'readNow'])
    await vi.advanceTimersByTimeAsync(150_000)
    expect(outcomes).toEqual(['settings', 'readNow', 'preview'])
  })
})

describe('a failure in words', () => {
  it('tells the refusal of the engine as the engine words it', async () => {
    connectTo(sampleEngine())
    const error: unknown = await line.client.incidents.get({ id: 'nothing' }).catch((caught: unknown) => caught)
    expect(failureOf(error).what).toBe('This incident is not known here any more.')
  })

  it('names the field that the contract refused', async () => {
    connectTo(sampleEngine())
    const error: unknown = await line.client.settings.save({ pollSeconds: 1 }).catch((caught: unknown) => caught)
    expect(failureOf(error)).toMatchObject({ field: 'pollSeconds' })
  })

  it('does not claim that nothing was done when no answer came', () => {
    expect(failureOf(new LineFault('gone')).means).not.toContain('changed')
  })
})

it('sends a command once, and never again by itself', async () => {
  let calls = 0
  function Press(): ReactNode {
    const press = useCommand(() => {
      calls += 1
      return Promise.reject(new LineFault('gone'))
    })
    return (
      <button type="button" onClick={() => void press.run(undefined)}>
        {press.failure?.what ?? 'Press'}
      </button>
    )
  }
  show(<Press />)
  act(() => screen.getByText('Press').click())
  await screen.findByText('The engine did not answer.')
  expect(calls).toBe(1)
})
