/** The shell as a client of the engine, by the same contract as the page: the tray's count and the notifications. */
import { createORPCClient } from '@orpc/client'
import { RPCLink, type SupportedMessagePort } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Topic } from '../contract/events.ts'
import type { contract } from '../contract/operations.ts'
import type { NoticeView } from '../contract/views.ts'
import { openNoticeBoard } from './os-notices.ts'

export type EngineClient = ContractRouterClient<typeof contract>

export function engineClient(port: SupportedMessagePort): EngineClient {
  return createORPCClient(new RPCLink({ port }))
}

export interface AttendantOptions {
  readonly show: (notice: NoticeView, events: { shown(): void; clicked(): void }) => object
  readonly open: (incident: string | null) => void
  readonly criticalChanged: () => void
  /** Incidents opened, closed or moved: for who follows each of them; null when nobody does. */
  readonly incidentsChanged: ((client: EngineClient) => Promise<void>) | null
  readonly failed: (error: unknown) => void
}

export interface Attendant {
  /** The engine runs: asks, and listens for changes, until its line ends. */
  attend(client: EngineClient): Promise<void>
  /** Open critical incidents; null while the engine cannot be asked. */
  critical(): number | null
  /** Marks every connection due at once. */
  readNow(): Promise<void>
}

/** Keeps the tray's count true and shows what the engine wants to be told, through every restart of the engine. */
export function openAttendant(options: AttendantOptions): Attendant {
  let client: EngineClient | null = null
  let critical: number | null = null
  const board = openNoticeBoard({
    ...options,
    pending: async () => (client === null ? [] : client.notices.pending()),
    shown: async (id) => client?.notices.shown({ id }),
  })

  function setCritical(count: number | null): void {
    if (count === critical) return
    critical = count
    options.criticalChanged()
  }

  async function askForCount(asked: EngineClient): Promise<void> {
    const open = await asked.incidents.list({
      states: ['open', 'acknowledged', 'repairing'],
      severities: ['critical'],
      rule: null,
      search: null,
      limit: 1,
      offset: 0,
    })
    if (asked === client) setCritical(open.total)
  }

  /** For one line only: a question that was cut off with it must not hold up those on the next. */
  function listenerOf(asked: EngineClient): (topics: readonly Topic[]) => void {
    const recount = coalesced(() => askForCount(asked), options.failed)
    const deliver = coalesced(board.deliver, options.failed)
    const { incidentsChanged } = options
    const follow = incidentsChanged === null ? () => undefined : coalesced(() => incidentsChanged(asked), options.failed)
    return (topics) => {
      if (topics.includes('incidents')) {
        recount()
        follow()
      }
      if (topics.includes('notices')) deliver()
    }
  }

  return {
    async attend(fresh) {
      client = fresh
      const heard = listenerOf(fresh)
      try {
        const events = await fresh.engine.events()
        heard(['incidents', 'notices'])
        for await (const event of events) if (event.kind === 'changed') heard(event.topics)
      } finally {
        if (client === fresh) {
          client = null
          setCritical(null)
        }
      }
    },
    critical: () => critical,
    async readNow() {
      if (client === null) return
      for (const { id } of await client.connections.list()) await client.connections.readNow({ id })
    },
  }
}

/** Calls that come while `work` runs lead to one more run: a burst of changes asks twice, not a hundred times. */
export function coalesced(work: () => Promise<void>, failed: (error: unknown) => void): () => void {
  let busy = false
  let again = false

  async function run(): Promise<void> {
    busy = true
    do {
      again = false
      await work().catch(failed)
    } while (again)
    busy = false
  }

  return () => {
    if (busy) again = true
    else void run()
  }
}
