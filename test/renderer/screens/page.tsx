/** Opens the whole page in jsdom on a line to the sample engine, and keeps what it asks of the engine, for tests of screens. */
import { RPCHandler } from '@orpc/server/message-port'
import { cleanup, configure, render } from '@testing-library/react'
import { type UserEvent, userEvent } from '@testing-library/user-event'
import { afterEach, vi } from 'vitest'
import { App } from '../../../src-renderer/app.tsx'
import { pageClock } from '../../../src-renderer/clock.ts'
import { type EngineClient, type EngineLine, engineLine } from '../../../src-renderer/engine.ts'
import { useDrafts } from '../../../src-renderer/screens/connections/draft.ts'
import { everything, useQueue } from '../../../src-renderer/screens/incidents/filter.ts'
import { useTermDrafts } from '../../../src-renderer/screens/pair/draft.ts'
import { useNavigation, placeOf } from '../../../src-renderer/stores/navigation.ts'
import { sampleEngine } from '../../support/sample-engine.ts'
import type { Mood } from '../../support/sample/scene.ts'

type Router = ReturnType<typeof sampleEngine>['router']

export interface Asked {
  /** `incidents.list` */
  readonly operation: string
  readonly input: unknown
}

export interface Page {
  readonly user: UserEvent
  /** Everything asked so far, oldest first. */
  readonly asked: readonly Asked[]
  /** Only the inputs of one operation. */
  readonly inputsOf: (operation: string) => readonly unknown[]
  /** All that the query library still holds of questions and commands, as text. */
  readonly remembered: () => string
}

interface PageOptions {
  readonly mood?: Mood
  /** Lets the engine answer some operations in another way. */
  readonly answering?: (router: Router) => Router
}

// Machines that run tests are busy: what is awaited takes its time there, and nothing waits longer than it must.
configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

const lines = new Set<EngineLine>()

export function openPage(
  at: string,
  { mood = 'busy', answering = (router) => router }: PageOptions = {},
): Page {
  standIn()
  const asked: Asked[] = []
  const engine = sampleEngine({ mood })
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(answering(engine.router)).upgrade(port1)
  port1.start()
  const clock = pageClock(() => Date.now())
  const line = engineLine(clock)
  lines.add(line)
  window.location.hash = at
  useNavigation.setState({ place: placeOf(at) })
  render(<App line={{ ...line, client: heard(line.client, [], asked) }} clock={clock} />)
  line.connect(port2)
  return {
    user: userEvent.setup({ delay: null }),
    asked,
    inputsOf: (operation) =>
      asked.filter((each) => each.operation === operation).map((each) => each.input),
    remembered: () =>
      JSON.stringify([
        line.queries
          .getQueryCache()
          .getAll()
          .map((query) => [query.queryKey, query.state]),
        line.queries
          .getMutationCache()
          .getAll()
          .map((mutation) => mutation.state),
      ]),
  }
}

afterEach(() => {
  cleanup()
  for (const line of lines) line.hangUp()
  lines.clear()
  useDrafts.setState({ kept: {} })
  useTermDrafts.setState({ kept: {} })
  useQueue.setState(everything)
})

/** The client itself, every call of which is written down first. */
function heard(client: EngineClient, path: readonly string[], asked: Asked[]): EngineClient {
  return new Proxy(client, {
    get(target, name) {
      const inner: unknown = Reflect.get(target, name)
      // The client is a function at every step of the path; what it is asked for stays of its type.
      return typeof name === 'string' && typeof inner === 'function'
        ? heard(inner as unknown as EngineClient, [...path, name], asked)
        : inner
    },
    apply(target, self, given: unknown[]) {
      asked.push({ operation: path.join('.'), input: given[0] })
      // As above.
      return Reflect.apply(target as unknown as (...inputs: unknown[]) => unknown, self, given)
    },
  })
}

/** What jsdom lacks: a screen with a size, on which rows are drawn, and questions about the medium. */
function standIn(): void {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  )
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  for (const [name, pixels] of [
    ['clientHeight', 600],
    ['clientWidth', 1000],
    ['offsetHeight', 600],
    ['offsetWidth', 1000],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => pixels })
  }
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() })
  HTMLElement.prototype.scrollTo = () => undefined
  HTMLElement.prototype.scrollIntoView = () => undefined
}
