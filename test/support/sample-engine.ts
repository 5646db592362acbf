/** An engine made of sample data: the real contract on a port, so that tests and screenshots see screens as people do. */
import { EventPublisher, implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { EngineEvent, Topic } from '../../src-main/contract/events.ts'
import { contract } from '../../src-main/contract/operations.ts'
import type { ConnectionView, IncidentRow, IncidentView, IntentView, PairView, SettingsView } from '../../src-main/contract/views.ts'
import type { IncidentState } from '../../src-main/domain/incident.ts'
import { type PairSettings, numberIn, pairSettingsSchema, referenceProblem } from '../../src-main/domain/pair.ts'
import type { Instant } from '../../src-main/domain/time.ts'
import type { Decision } from '../../src-main/domain/decision.ts'
import { auditHandlers } from './sample/audit.ts'
import { sampleCheck, sampleConnections, samplePlatforms } from './sample/connections.ts'
import { type Channels, channelHandlers, sampleChannels } from './sample/channels.ts'
import { type Duties, dutyHandlers, sampleDuties } from './sample/duties.ts'
import { kinds, sampleIncident, sampleIncidents } from './sample/incidents.ts'
import { sampleClose, sampleCloseRows, signedClose } from './sample/close.ts'
import { sampleLatency } from './sample/latency.ts'
import { sampleChain, sampleOrders, sampleSearch } from './sample/orders.ts'
import { sampleOverview, sampleOverviewThen } from './sample/overview.ts'
import { panelHandlers } from './sample/panels.ts'
import { aPreview, anIntent, movesOf, sampleReplays } from './sample/replays.ts'
import { type Mood, type Scene, erp, erpEast, shop, shopEast } from './sample/scene.ts'

export interface SampleEngine {
  readonly router: ReturnType<typeof routerOf>
  /** Serves one end of a MessageChannel. */
  serve(port: MessagePort): void
  /** One more poll: the figures move, and the topics are told as changed. */
  poll(now?: Instant): void
  setMood(mood: Mood): void
}

interface World {
  scene: Scene
  incidents: IncidentRow[]
  connections: ConnectionView[]
  pairs: PairView[]
  replays: IntentView[]
  settings: SettingsView
  readonly duties: Duties
  readonly channels: Channels
  readonly moved: Map<string, IncidentView['timeline']>
  readonly events: EventPublisher<{ event: EngineEvent }>
  readonly now: () => Instant
}

const everyTopic: readonly Topic[] = ['overview', 'incidents', 'connections', 'pairs', 'people', 'replays', 'notices', 'channels', 'settings', 'audit']

export function sampleEngine(options: { readonly mood?: Mood; readonly now?: () => Instant } = {}): SampleEngine {
  const now = options.now ?? (() => Date.now())
  const world = aWorld(options.mood ?? 'busy', now)
  const router = routerOf(world)
  const handler = new RPCHandler(router)
  return {
    router,
    serve(port) {
      handler.upgrade(port)
      port.start()
    },
    poll(at = now()) {
      world.scene = { ...world.scene, now: at, poll: world.scene.poll + 1 }
      world.connections = sampleConnections(world.scene)
      tell(world, { kind: 'changed', topics: ['overview', 'connections'] })
    },
    setMood(mood) {
      Object.assign(world, aWorld(mood, now), { events: world.events })
      tell(world, { kind: 'changed', topics: [...everyTopic] })
    },
  }
}

function aWorld(mood: Mood, now: () => Instant): World {
  const scene: Scene = { mood, now: now(), poll: 0 }
  const rows = sampleIncidents(scene)
  return {
    scene,
    now,
    incidents: rows,
    connections: sampleConnections(scene),
    pairs:
      mood === 'empty'
        ? []
        : [
            { id: 'nordlicht', shop: shop.id, erp: erp.id, shopLabel: shop.label, erpLabel: erp.label, settings: pairSettings('EU') },
            { id: 'nordlicht-east', shop: shopEast.id, erp: erpEast.id, shopLabel: shopEast.label, erpLabel: erpEast.label, settings: pairSettings('JP') },
          ],
    replays: sampleReplays(rows, scene),
    settings: {
      pollSeconds: 10,
      retentionDays: 400,
      repairs: { 'order.create': true, 'invoice.create': false, 'stock.set': false, 'status.push': false },
      notices: { enabled: true, atLeast: 'high' },
      quiet: { enabled: true, from: '22:00', to: '07:00', zone: 'Europe/Berlin', exceptCritical: true },
      digest: { enabled: true, at: '08:00', zone: 'Europe/Berlin' },
    },
    duties: sampleDuties(now()),
    channels: sampleChannels(now()),
    moved: new Map(),
    events: new EventPublisher(),
  }
}

function pairSettings(store: string): PairSettings {
  return pairSettingsSchema.parse({ since: '2026-01-01T00:00:00Z', store, locations: { 'WH-HH': 'Hamburg', 'WH-LEJ': 'Leipzig' } })
}

function tell(world: World, event: EngineEvent): void {
  world.events.publish('event', event)
}

const os = implement(contract)

function routerOf(world: World) {
  const duties = dutyHandlers(world.duties, () => tell(world, { kind: 'changed', topics: ['people', 'pairs', 'incidents'] }), world.now)
  return os.router({ ...reads(world), ...panelHandlers(() => world.scene), ...duties, channels: channelHandlers(world.channels, () => tell(world, { kind: 'changed', topics: ['channels'] }), world.now), incidents: incidents(world), connections: connections(world), pairs: pairs(world), replays: replays(world), settings: settings(world) })
}

function reads(world: World) {
  return {
    engine: {
      about: os.engine.about.handler(() => ({
        version: '0.1.0',
        startedAt: world.scene.now - 6 * 86_400_000,
        now: world.now(),
        banners: [],
        databasePath: '/home/owner/.config/Plumbline/plumbline.db',
      })),
      events: os.engine.events.handler(({ signal }) => events(world, signal)),
    },
    overview: {
      get: os.overview.get.handler(({ input }) => (input.asOf == null ? sampleOverview(world.scene) : sampleOverviewThen(world.scene, input.asOf))),
      latency: os.overview.latency.handler(() => sampleLatency(world.scene)),
    },
    orders: {
      list: os.orders.list.handler(({ input }) => sampleOrders(world.scene, input)),
      chain: os.orders.chain.handler(({ input, errors }) => {
        const chain = sampleChain(world.scene, input.number, input.asOf)
        if (chain === null) throw errors.NOT_FOUND({ data: { says: `Neither side has an order ${input.number}.` } })
        return chain
      }),
    },
    search: { find: os.search.find.handler(({ input }) => sampleSearch(world.scene, input.text)) },
    close: {
      get: os.close.get.handler(({ input }) => sampleClose(world.scene, input.day)),
      rows: os.close.rows.handler(({ input }) => sampleCloseRows(world.scene, input)),
      sign: os.close.sign.handler(({ input }) => signedClose(world.scene, input)),
      csv: os.close.csv.handler(({ input }) => ({ name: `close-${input.pair}-${input.day}.csv`, text: 'day,currency,place,detail,order,amount\r\n' })),
    },
    notices: { pending: os.notices.pending.handler(() => []), shown: os.notices.shown.handler(() => ({})) },
    audit: auditHandlers(() => world.scene, () => tell(world, { kind: 'changed', topics: ['audit'] }), world.now),
  }
}

/** Says that it is alive as the engine does, and whatever a command or a poll changed. */
async function* events(world: World, signal: AbortSignal | undefined): AsyncGenerator<EngineEvent, void> {
  const alive = setInterval(() => tell(world, { kind: 'alive', at: world.now() }), 5_000)
  try {
    yield { kind: 'alive', at: world.now() }
    yield* world.events.subscribe('event', { signal })
  } finally {
    clearInterval(alive)
  }
}

function incidents(world: World) {
  const severityOrder = ['critical', 'high', 'medium', 'low']
  const viewOf = (row: IncidentRow): IncidentView => sampleIncident(row, world.scene, world.moved.get(row.id) ?? [], world.replays.filter((replay) => replay.incident === row.id))
  const move = (id: string, state: IncidentState, says: string): IncidentView | null => {
    const row = world.incidents.find((each) => each.id === id)
    if (row === undefined) return null
    const next = { ...row, state, resolvedAt: null }
    world.incidents = world.incidents.map((each) => (each.id === id ? next : each))
    world.moved.set(id, [...(world.moved.get(id) ?? []), { at: world.now(), what: state, who: 'You', says }])
    tell(world, { kind: 'changed', topics: ['incidents', 'overview'] })
    return viewOf(next)
  }
  const note = (id: string, what: string, says: string): void => {
    world.moved.set(id, [...(world.moved.get(id) ?? []), { at: world.now(), what, who: 'You', says }])
    tell(world, { kind: 'changed', topics: ['incidents'] })
  }
  const give = (id: string, owner: string | null): void => {
    const { people, roles } = world.duties.people
    const name = [...people, ...roles].find((one) => one.id === (owner ?? 'you'))?.name ?? 'Nobody'
    world.incidents = world.incidents.map((row) => (row.id === id ? { ...row, owner: { id: owner ?? 'you', name } } : row))
    note(id, 'assigned', `Given to ${name}.`)
  }
  const decide = (id: string, decision: Decision): void => {
    if (decision.kind === 'acknowledge') move(id, 'acknowledged', 'Acknowledged.')
    else if (decision.kind === 'snooze') move(id, 'snoozed', decision.why)
    else if (decision.kind === 'ignore') move(id, 'ignored', decision.why)
    else if (decision.kind === 'reopen') move(id, 'open', 'Opened again.')
    else if (decision.kind === 'assign') give(id, decision.owner)
    else if (decision.kind === 'comment') note(id, 'comment', decision.says)
    else note(id, 'override', `${decision.what} — ${decision.why}`)
  }
  return {
    list: os.incidents.list.handler(({ input }) => {
      const wanted = world.incidents
        .filter((row) => input.severities === null || input.severities.includes(row.severity))
        .filter((row) => input.rule === null || row.rule === input.rule)
        .filter((row) => input.owner == null || row.owner?.id === input.owner)
        .filter((row) => input.pair == null || row.pair === input.pair)
        .filter((row) => input.parent == null || row.parent === input.parent)
        .filter((row) => input.currency == null || row.amount?.currency === input.currency)
        .filter((row) => input.cause == null || row.cause === input.cause)
        .filter((row) => input.search === null || `${row.subject.key} ${row.says}`.toLowerCase().includes(input.search.toLowerCase()))
      const counts: Partial<Record<IncidentState, number>> = {}
      for (const row of wanted) counts[row.state] = (counts[row.state] ?? 0) + 1
      const rows = wanted
        .filter((row) => input.states === null || input.states.includes(row.state))
        .toSorted((left, right) => severityOrder.indexOf(left.severity) - severityOrder.indexOf(right.severity) || left.openedAt - right.openedAt)
      return {
        rows: rows.slice(input.offset, input.offset + input.limit),
        total: rows.length,
        counts,
        rules: kinds.map((kind) => ({ id: kind.rule, title: kind.title, count: rows.filter((row) => row.rule === kind.rule).length })).filter((rule) => rule.count > 0),
      }
    }),
    get: os.incidents.get.handler(({ input, errors }) => {
      const row = world.incidents.find((each) => each.id === input.id)
      if (row === undefined) throw errors.NOT_FOUND({ data: { says: 'This incident is not known here any more.' } })
      return viewOf(row)
    }),
    acknowledge: os.incidents.acknowledge.handler(({ input, errors }) => found(move(input.id, 'acknowledged', 'Acknowledged.'), errors)),
    snooze: os.incidents.snooze.handler(({ input, errors }) => found(move(input.id, 'snoozed', input.why), errors)),
    ignore: os.incidents.ignore.handler(({ input, errors }) => found(move(input.id, 'ignored', input.why), errors)),
    reopen: os.incidents.reopen.handler(({ input, errors }) => found(move(input.id, 'open', 'Opened again.'), errors)),
    decide: os.incidents.decide.handler(({ input }) => {
      for (const id of input.ids) decide(id, input.decision)
      return { done: input.ids, refused: [] }
    }),
  }
}

function found<T>(value: T | null | undefined, errors: { NOT_FOUND: (options: { data: { says: string } }) => Error }): T {
  if (value === null || value === undefined) throw errors.NOT_FOUND({ data: { says: 'There is no such thing here any more.' } })
  return value
}

function connections(world: World) {
  return {
    platforms: os.connections.platforms.handler(() => samplePlatforms),
    list: os.connections.list.handler(() => world.connections),
    test: os.connections.test.handler(async ({ input }) => {
      await new Promise((resolve) => setTimeout(resolve, 600))
      return sampleCheck(String(input.settings['baseUrl'] ?? '').includes('wrong'))
    }),
    save: os.connections.save.handler(({ input }) => {
      const platform = samplePlatforms.find((each) => each.id === input.platform)
      const saved: ConnectionView = {
        id: input.id ?? `${input.platform}-${world.connections.length + 1}`,
        platform: input.platform,
        platformLabel: platform?.label ?? input.platform,
        role: platform?.role ?? 'shop',
        label: input.label,
        state: 'new',
        says: null,
        since: null,
        clockOffsetMs: null,
        lastReadAt: null,
        nextReadAt: world.now() + 1_000,
        settings: input.settings,
        secret: { stored: true, where: 'keychain', setAt: world.now() },
        streams: [],
      }
      world.connections = [...world.connections.filter((each) => each.id !== saved.id), saved]
      tell(world, { kind: 'changed', topics: ['connections', 'overview'] })
      return saved
    }),
    remove: os.connections.remove.handler(({ input }) => {
      world.connections = world.connections.filter((each) => each.id !== input.id)
      tell(world, { kind: 'changed', topics: ['connections', 'overview'] })
      return {}
    }),
    readNow: os.connections.readNow.handler(() => ({})),
  }
}

function pairs(world: World) {
  return {
    list: os.pairs.list.handler(() => world.pairs),
    save: os.pairs.save.handler(({ input }) => {
      const labelOf = (id: string): string => world.connections.find((each) => each.id === id)?.label ?? id
      const before = world.pairs.find((each) => each.id === input.id)
      const saved: PairView = {
        id: input.id ?? `pair-${world.pairs.length + 1}`,
        shop: input.shop,
        erp: input.erp,
        shopLabel: labelOf(input.shop),
        erpLabel: labelOf(input.erp),
        settings: pairSettingsSchema.parse({ ...before?.settings, ...input.settings }),
      }
      world.pairs = [...world.pairs.filter((each) => each.id !== saved.id), saved]
      tell(world, { kind: 'changed', topics: ['pairs', 'overview'] })
      return saved
    }),
    remove: os.pairs.remove.handler(({ input }) => {
      world.pairs = world.pairs.filter((each) => each.id !== input.id)
      return (tell(world, { kind: 'changed', topics: ['pairs', 'overview'] }), {})
    }),
    history: os.pairs.history.handler(() => world.duties.pairHistory),
    tryReference: os.pairs.tryReference.handler(({ input }) => {
      const problem = input.reference === null ? null : referenceProblem(input.reference)
      if (problem !== null) return { problem, rows: [], matched: 0, total: 0 }
      const rules = pairSettingsSchema.parse({ reference: input.reference, store: input.store })
      const rows = Array.from({ length: 24 }, (_, index) => {
        const reference = index % 7 === 6 ? `Phone order, Mrs. Ahlers ${index}` : `EU-NL-${104_882 - index * 3}`
        const number = numberIn(reference, rules, input.shop)
        return { reference, number, shopHasIt: number !== null && /^NL-\d+$/.test(number) }
      })
      return { problem: null, rows, matched: rows.filter((row) => row.shopHasIt).length, total: rows.length }
    }),
    choices: os.pairs.choices.handler(() => ({
      shopLocations: ['Hamburg', 'Leipzig', 'Rotterdam cross-dock, bonded area'],
      erpLocations: ['WH-HH', 'WH-LEJ', 'WH-RTM'],
      channels: ['Web', 'Wholesale', 'Point of sale, Hamburg flagship store'],
      methods: ['card', 'paypal', 'klarna-pay-later', 'bank-transfer'],
      actors: ['2', '7', '9'],
    })),
  }
}

function replays(world: World) {
  const change = (id: string, state: IntentView['state'], says: string): IntentView | null => {
    const before = world.replays.find((each) => each.id === id)
    if (before === undefined) return null
    const next = { ...before, state, says, moves: movesOf(state), movedAt: world.now() }
    world.replays = world.replays.map((each) => (each.id === id ? next : each))
    tell(world, { kind: 'changed', topics: ['replays', 'incidents'] })
    return next
  }
  return {
    preview: os.replays.preview.handler(({ input, errors }) => {
      const row = world.incidents.find((each) => each.id === input.incident)
      if (row === undefined) throw errors.NOT_FOUND({ data: { says: 'This incident is not known here any more.' } })
      const intent = anIntent(row, 'previewed', { ...world.scene, now: world.now() })
      world.replays = [intent, ...world.replays.filter((each) => each.id !== intent.id)]
      return aPreview(row, intent, { ...world.scene, now: world.now() })
    }),
    confirm: os.replays.confirm.handler(({ input, errors }) => {
      const confirmed = found(change(input.id, 'confirmed', 'Confirmed; waits for its turn.'), errors)
      setTimeout(() => change(input.id, 'sending', 'Sent; Tryton is asked whether it arrived.'), 1_500)
      setTimeout(() => change(input.id, 'verified', 'Found once in Tryton as draft SO-48213.'), 4_500)
      return { ...confirmed, reason: input.reason }
    }),
    abandon: os.replays.abandon.handler(({ input, errors }) => found(change(input.id, 'expired', 'Given up by a person.'), errors)),
    verify: os.replays.verify.handler(({ input, errors }) => found(change(input.id, 'verified', 'Found once in Tryton as draft SO-48213.'), errors)),
    list: os.replays.list.handler(({ input }) => ({ rows: world.replays.slice(input.offset, input.offset + input.limit), total: world.replays.length })),
  }
}

function settings(world: World) {
  return {
    get: os.settings.get.handler(() => world.settings),
    save: os.settings.save.handler(({ input }) => {
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
      world.settings = { ...world.settings, ...given }
      tell(world, { kind: 'changed', topics: ['settings'] })
      return world.settings
    }),
  }
}
