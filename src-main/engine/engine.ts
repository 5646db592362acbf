/** Puts the rooms together: one store, one scheduler, one reconciler, the replays, and the router that answers for them. */
import { createHash } from 'node:crypto'
import type { Chance, Clock } from '../domain/clock.ts'
import { toSafeInteger } from '../domain/decimal.ts'
import { failed, fault } from '../domain/fault.ts'
import type { Pair } from '../domain/pair.ts'
import { days } from '../domain/time.ts'
import { engineView } from './about.ts'
import { appendAudit } from './audit/chain.ts'
import { doChores } from './chores.ts'
import { type ApiOptions, openApi } from './connectors/api.ts'
import type { AnyConnector } from './connectors/definition.ts'
import { newEvents } from './events.ts'
import { type Rooms, failsAfter, paceOf, settingsOf } from './handlers/rooms.ts'
import { whoSits } from './handlers/sitting.ts'
import { inTurn } from './in-turn.ts'
import { readLive } from './live-reading.ts'
import type { Log } from './log.ts'
import { outbox } from './notices/outbox.ts'
import { newCallBook } from './poll/calls.ts'
import { type Doors, newDoors } from './poll/doors.ts'
import { newLookUp } from './poll/lookup.ts'
import { newScheduler } from './poll/scheduler.ts'
import { newDuty } from './reconcile/duty.ts'
import { partsOfKey, seeStock } from './reconcile/lenses/stock.ts'
import { catalogue } from './reconcile/registry.ts'
import type { Change } from './reconcile/keep.ts'
import { reconciler } from './reconcile/reconciler.ts'
import { sightOf } from './reconcile/sight.ts'
import type { ExpectedStock } from './replay/parts.ts'
import { replays } from './replay/replays.ts'
import { routerOf } from './router.ts'
import { secondChannel } from './second-channel.ts'
import type { EngineSecrets } from './secrets/secrets.ts'
import type { Tx } from './store/database.ts'
import { openStore } from './store/store.ts'

export interface EngineOptions {
  /** A path, or `:memory:`. */
  readonly databasePath: string
  readonly version: string
  readonly clock: Clock
  readonly chance: Chance
  readonly secrets: EngineSecrets
  /** It watches a simulated seam: no connection of a person may be made in it. */
  readonly demo?: boolean
  readonly connectorOf: (platform: string) => AnyConnector | null
  readonly log: Log
  /** In which times are told to the owner, as `Europe/Paris`. */
  readonly zone: string
  /** Carries the machine's proxy and certificates; without it requests go direct. */
  readonly dispatcher?: ApiOptions<unknown>['dispatcher']
}

export type Engine = Awaited<ReturnType<typeof openEngine>>

export async function openEngine(options: EngineOptions) {
  const { clock, chance, log } = options
  const startedAt = clock.now()
  const store = openStore(options.databasePath, startedAt)
  const stopping = new AbortController()
  const events = newEvents(clock, stopping.signal)
  const calls = newCallBook(store, clock)
  const doors = newDoors({
    store,
    connectorOf: options.connectorOf,
    secrets: options.secrets,
    clock,
    chance,
    log: (connection, line) => {
      calls.note(connection, line)
      const { at: _at, detail: _detail, ...told } = line
      log.debug('request', { connection, ...told })
    },
    ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
  })
  // who is still at work while the engine stops must not begin new conversations
  const doorsUntilStop: Doors = {
    ...doors,
    open: async (id) => (stopping.signal.aborted ? failed(fault('temporary', 'Plumbline is closing.')) : doors.open(id)),
  }
  const lookUp = newLookUp({ store, doors: doorsUntilStop, clock })
  const duty = newDuty({ store, clock, zone: options.zone })
  duty.begin()
  const titleOf = (rule: string): string => catalogue.get(rule)?.title ?? rule
  const told = outbox({
    store,
    clock,
    chance,
    titleOf,
    atLeast: () => {
      const { notices } = settingsOf(store)
      return notices.enabled ? notices.atLeast : null
    },
    quiet: () => settingsOf(store).quiet,
  })
  const second = secondChannel({
    store,
    clock,
    chance,
    log,
    titleOf,
    demo: options.demo === true,
    signal: stopping.signal,
    secretsOf: options.secrets.get,
    publish: events.publish,
    ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
  })
  const follow = (tx: Tx, changes: readonly Change[]): void => {
    duty.settle(tx)
    told.tell(tx, changes)
  }
  const judge = reconciler({
    store,
    clock,
    chance,
    lookUp: (connection, by, values, stream = 'orders') => lookUp(connection, stream, { by, values }),
    onChange: follow,
    failed: (error) => log.error('judging-of-one-failed', {}, error),
    staleAfter: ({ platform }, stream) => failsAfter(store, paceOf(options.connectorOf(platform), stream)),
    days: {
      zone: options.zone,
      retentionMs: () => days(settingsOf(store).retentionDays),
      moved(tx, signed, to, present) {
        const { pair, day, currency, figures } = signed
        const fact = { what: `day ${to}`, subject: `close ${pair} ${day} ${currency}`, before: figures, after: present, why: null }
        appendAudit(tx, store, { ...fact, at: clock.now(), who: 'Plumbline', trace: null })
        events.publish(['close', 'audit'])
      },
    },
  })

  const judging = inTurn(async () => {
    // what was read last is marked in the file, and judged after the next start
    if (stopping.signal.aborted) return false
    try {
      const run = await judge.run()
      const changed = run.changes.length > 0
      events.publish(changed ? ['overview', 'incidents', 'notices', 'connections'] : ['overview', 'connections'])
      return true
    } catch (error) {
      // a bug in one judgement must not end the engine: it is told, and the next reading tries again
      log.error('judging-failed', {}, error)
      return false
    }
  })

  function expectedStock(pair: Pair, key: string): ExpectedStock | null {
    const { sku, location } = partsOfKey(key)
    const seen = seeStock(store, sightOf(store, pair), sku, location)
    if (seen.kind !== 'seen') return null
    return { sku, location, quantity: toSafeInteger(seen.seen.expected), shown: seen.seen.shop }
  }

  const replaying = replays({
    store,
    clock,
    chance,
    signal: stopping.signal,
    open: (connection) => doorsUntilStop.open(connection),
    readLive: (pair, subject, action) => readLive({ lookUp, scheduler, judge: judging.ask }, pair, subject, action),
    expectedStock,
    repairOf: (rule) => catalogue.get(rule)?.repair ?? null,
    stillSpeaks: (incident) => store.incidents.get(incident.id)?.state !== 'resolved',
    switchedOn: (action) => settingsOf(store).repairs[action],
    changed: () => events.publish(['replays', 'incidents', 'overview', 'audit']),
    who: () => whoSits(store).id,
    failed: (error) => log.error('replay-failed', {}, error),
  })
  const scheduler = newScheduler({
    store,
    doors,
    connectorOf: options.connectorOf,
    clock,
    chance,
    log,
    pollSeconds: () => settingsOf(store).pollSeconds,
    zone: options.zone,
    onPass: (connection) => {
      calls.keep(connection)
      void judging.ask()
    },
    onHealth: () => events.publish(['connections', 'overview']),
  })

  // what is being put into the keychain must not look like an orphan to the sweep
  let sweeping: Promise<void> = Promise.resolve()
  const installation = createHash('sha256').update(options.databasePath).digest('hex').slice(0, 12)
  const rooms: Rooms = {
    store,
    clock,
    chance,
    secrets: {
      ...options.secrets,
      put: async (ref, kept) => {
        await sweeping
        return options.secrets.put(ref, kept)
      },
    },
    scheduler,
    replays: replaying,
    duty,
    courier: second.courier,
    deliver: second.deliver,
    changed: follow,
    who: () => whoSits(store),
    audit: (tx, fact) => appendAudit(tx, store, { ...fact, at: clock.now(), who: whoSits(store).id, trace: null }),
    openApi: (connector, settings, secrets, signal) =>
      openApi({
        connector,
        settings,
        secrets,
        clock,
        chance,
        signal: AbortSignal.any([signal, stopping.signal]),
        log: () => undefined,
        ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
      }),
    closeDoor: doors.close,
    reconcile: judging.ask,
    publish: events.publish,
    events: events.listen,
    about: () => engineView(options, store, startedAt),
    installation,
    demo: options.demo === true,
    zone: options.zone,
  }

  const chores = (): Promise<void> =>
    doChores({
      store,
      clock,
      log,
      signal: stopping.signal,
      retentionDays: () => settingsOf(store).retentionDays,
      watch: () => replaying.watch(),
      tell: (tx, woken) => told.tell(tx, woken.map((incident) => ({ incident, what: 'reopened' }))),
      woke: () => events.publish(['incidents', 'overview', 'notices']),
      escalate: second.escalate,
      deliver: second.deliver,
      released: () => events.publish(['notices']),
    })
  let atWork: Promise<unknown> = Promise.resolve()

  return {
    router: routerOf(rooms),
    store,
    scheduler,
    /** Whether any client listens to the events. */
    heard: events.heard,
    /** Judges what changed; false when it could not, and the log says why. */
    reconcile: judging.ask,
    /** Polls, recovers what was under way, and keeps the file tidy, until `stop`. */
    start(): void {
      const refs = [...store.connections.list(), ...store.channels.list()].flatMap((one) => one.secretRef ?? [])
      sweeping = options.secrets.sweep(installation, refs).then(
        () => undefined,
        (error: unknown) => log.error('sweep-of-secrets-failed', {}, error),
      )
      replaying.recover()
      events.start()
      scheduler.start()
      atWork = chores()
    },
    /** The machine woke up: whatever is known is old. */
    resumed(): void {
      scheduler.readNow()
    },
    /** Finishes the page at hand, refuses new work, closes the file whatever happens. */
    async stop(): Promise<void> {
      stopping.abort(new DOMException('the engine stops', 'AbortError'))
      try {
        await scheduler.stop()
        doors.closeAll()
        await Promise.all([replaying.settled(), judging.settled(), second.settled(), atWork])
      } finally {
        store.close()
      }
    },
  }
}
