// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FromPage, fromPageSchema } from '../../src-main/contract/shell-messages.ts'
import type { EngineLine } from '../../src-renderer/engine.ts'
import { listenToShell, tellShell } from '../../src-renderer/shell.ts'
import { useLink } from '../../src-renderer/stores/link.ts'
import { useNavigation } from '../../src-renderer/stores/navigation.ts'
import { fakePageClock, someMorning } from './fake-clock.ts'

const connected: unknown[] = []
/** Only `connect` is called here. */
const line = { connect: (port: unknown) => connected.push(port) } as unknown as EngineLine
const said: FromPage[] = []

/** As the preload does it: a message of the window to itself. */
function arrive(data: unknown, ports: MessagePort[] = []): void {
  window.dispatchEvent(new MessageEvent('message', { data, ports, source: window }))
}

beforeEach(() => {
  vi.useFakeTimers()
  connected.length = 0
  said.length = 0
  vi.spyOn(window, 'postMessage').mockImplementation((message: unknown) => {
    const parsed = fromPageSchema.safeParse(message)
    if (parsed.success) said.push(parsed.data)
  })
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

describe('the page', () => {
  it('says that it is ready, then beats once a second from the loop that draws', () => {
    listenToShell(line, fakePageClock())
    vi.advanceTimersByTime(3_100)
    expect(said).toEqual([{ plumbline: 'ready' }, ...Array.from({ length: 3 }, () => ({ plumbline: 'heartbeat', at: someMorning }))])
  })

  it('falls silent when nothing can be drawn any more', () => {
    vi.stubGlobal('requestAnimationFrame', () => 0)
    listenToShell(line, fakePageClock())
    vi.advanceTimersByTime(3_100)
    expect(said).toEqual([{ plumbline: 'ready' }])
  })

  it('talks over each new line it is handed, knows what the shell says, and opens what was clicked', () => {
    listenToShell(line, fakePageClock())
    const { port1 } = new MessageChannel()
    arrive({ plumbline: 'port' }, [port1])
    arrive({ plumbline: 'shell', engine: 'restarting', restarts: 1, says: null, wall: true, developmentRuntime: false, version: '0.1.0' })
    arrive({ plumbline: 'open', incident: 'ab/c' })
    vi.advanceTimersByTime(10)
    expect(connected.includes(port1)).toBe(true)
    expect(useLink.getState().shell).toMatchObject({ engine: 'restarting', wall: true })
    expect(window.location.hash).toBe('#/incidents/ab%2Fc')
  })

  it('is not moved by messages of anybody else', () => {
    useNavigation.setState({ place: { screen: 'overview', id: null, asked: {} } })
    listenToShell(line, fakePageClock())
    for (const data of [null, 'port', { plumbline: 'nonsense' }, { type: 'port' }]) arrive(data)
    expect(connected).toEqual([])
  })
})

it('says only what the shell understands', () => {
  tellShell({ plumbline: 'wall', on: true })
  tellShell({ plumbline: 'external', url: 'https://example.com/' })
  expect(said).toHaveLength(2)
})
