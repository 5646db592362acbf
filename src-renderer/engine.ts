/** The page's line to the engine: a typed client over whichever port is the newest, and questions asked again when their topics change. */
import { ORPCError, type ClientLink, createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { QueryClient } from '@tanstack/react-query'
import type { Topic } from '../src-main/contract/events.ts'
import type { contract } from '../src-main/contract/operations.ts'
import type { Span } from '../src-main/domain/time.ts'
import type { PageClock } from './clock.ts'
import { useLink } from './stores/link.ts'

export type EngineClient = ContractRouterClient<typeof contract>

/** The end of a MessageChannel, as the shell hands it over. */
export type EnginePort = Pick<MessagePort, 'addEventListener' | 'postMessage' | 'start' | 'close'>

export interface EngineLine {
  readonly client: EngineClient
  readonly queries: QueryClient
  /** Talks over this port from now on; calls that still wait on an earlier one fail, and everything is asked again. */
  connect(port: EnginePort): void
  hangUp(): void
}

/** No line to the engine, or an answer that did not come in time: not a refusal, and nothing is known to have been done. */
export class LineFault extends Error {
  override readonly name = 'LineFault'
}

/** Calls that make the engine ask a platform live take as long as the platform does. */
const patientOperations: readonly string[] = ['connections.test', 'channels.test', 'connections.save', 'pairs.tryReference', 'pairs.choices', 'replays.preview', 'replays.confirm', 'replays.verify']
const answerWithinMs: Span = 30_000
const answerPatientlyWithinMs: Span = 180_000
/** Changes that arrive in one burst (a poll touches several topics) lead to one round of questions. */
const gatherChangesMs: Span = 150
const listenAgainAfterMs: Span = 1_000

interface Line {
  readonly link: ClientLink<Record<never, never>>
  readonly port: EnginePort
  readonly ended: AbortController
}

export function engineLine(clock: PageClock): EngineLine {
  const queries = new QueryClient({
    defaultOptions: {
      // The engine is on this machine: no internet is needed to reach it, and it says itself when to ask again.
      queries: { networkMode: 'always', staleTime: Infinity, retry: false, refetchOnWindowFocus: false },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  let line: Line | null = null
  const client = createORPCClient<EngineClient>({
    call: (path, input, options) => {
      if (line === null) return Promise.reject(new LineFault('there is no line to the engine'))
      return bounded(line, path, input, options)
    },
  })
  const hangUp = (): void => {
    if (line === null) return
    line.ended.abort(new LineFault('the line to the engine was replaced'))
    line.port.close()
    line = null
    useLink.setState({ line: 'down' })
  }
  return {
    client,
    queries,
    hangUp,
    connect(port) {
      hangUp()
      const fresh: Line = { link: new RPCLink({ port }), port, ended: new AbortController() }
      line = fresh
      port.addEventListener('close', () => {
        if (line === fresh) hangUp()
      })
      port.start()
      useLink.setState({ line: 'up' })
      void queries.invalidateQueries()
      void listen(client, queries, clock, fresh.ended.signal)
    },
  }
}

/** A call that fails when its line ends or its time is up: a dead port answers nothing, not even no. */
async function bounded(
  line: Line,
  path: readonly string[],
  input: unknown,
  options: Parameters<ClientLink<Record<never, never>>['call']>[2],
): Promise<unknown> {
  const stop = new AbortController()
  const stopWith = (signal: AbortSignal) => (): void => {
    stop.abort(signal.reason)
  }
  const lineEnds = stopWith(line.ended.signal)
  line.ended.signal.addEventListener('abort', lineEnds)
  const given = options.signal
  const askerLeaves = given === undefined ? null : stopWith(given)
  if (given !== undefined && askerLeaves !== null) given.addEventListener('abort', askerLeaves)
  const withinMs = patientOperations.includes(path.join('.')) ? answerPatientlyWithinMs : answerWithinMs
  const timer = setTimeout(() => {
    stop.abort(new LineFault(`the engine did not answer within ${withinMs / 1000} s`))
  }, withinMs)
  const stopped = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => {
      reject(stop.signal.reason instanceof Error ? stop.signal.reason : new LineFault('the call was stopped'))
    })
  })
  try {
    return await Promise.race([line.link.call(path, input, { ...options, signal: stop.signal }), stopped])
  } finally {
    clearTimeout(timer)
    // An event iterator outlives its call and must still end with the line, so only the asker's own wish is forgotten.
    if (askerLeaves !== null && path.join('.') !== 'engine.events') given?.removeEventListener('abort', askerLeaves)
    if (path.join('.') !== 'engine.events') line.ended.signal.removeEventListener('abort', lineEnds)
  }
}

/** Hears the engine's events for as long as the line lives, and asks again what they say has changed. */
async function listen(client: EngineClient, queries: QueryClient, clock: PageClock, ended: AbortSignal): Promise<void> {
  const gather = gatherer(queries)
  while (!ended.aborted) {
    try {
      for await (const event of await client.engine.events(undefined, { signal: ended })) {
        if (ended.aborted) return
        useLink.setState({ heardAt: clock.now() })
        if (event.kind === 'changed') gather(event.topics)
      }
    } catch (error) {
      // Expected when the line ends or the engine is busy going down; anything else is a bug of ours.
      if (!(error instanceof LineFault) && !(error instanceof ORPCError) && !ended.aborted) console.error('events', error)
    }
    // What changed while nobody listened is not known: everything is asked again.
    await new Promise((resolve) => setTimeout(resolve, listenAgainAfterMs))
    if (!ended.aborted) void queries.invalidateQueries()
  }
}

function gatherer(queries: QueryClient): (topics: readonly Topic[]) => void {
  const waiting = new Set<Topic>()
  return (topics) => {
    const first = waiting.size === 0
    for (const topic of topics) waiting.add(topic)
    if (!first || waiting.size === 0) return
    setTimeout(() => {
      const changed = new Set(waiting)
      waiting.clear()
      void queries.invalidateQueries({ predicate: (query) => topicsOf(query.meta).some((topic) => changed.has(topic)) })
    }, gatherChangesMs)
  }
}

function topicsOf(meta: Record<string, unknown> | undefined): readonly Topic[] {
  // `meta` is untyped in the library; `useAnswer` is the only one who writes it.
  return (meta?.['topics'] as readonly Topic[] | undefined) ?? []
}
