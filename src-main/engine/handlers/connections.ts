/** Answers about connections: what can be connected, how each one is, and testing, keeping and removing one. */
import { isDeepStrictEqual } from 'node:util'
import type { ConnectionDraft, ConnectionView, PlatformView } from '../../contract/views.ts'
import { type Connection, connectionSchema } from '../../domain/connection.ts'
import { type AnyConnector, type Field, secretSetsOf } from '../connectors/definition.ts'
import { connectorFor, connectors } from '../connectors/registry.ts'
import { type SecretPlace, refOf } from '../secrets/store.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import { type ParsedDraft, type Refusal, checkOf, isRefusal, lackingIn, parseDraft, secretsFor, typedIn } from './drafts.ts'
import { type Rooms, type Shown, closeAbout, os, paceOf, staleAfter } from './rooms.ts'

export function connectionViewOf(rooms: Pick<Shown, 'store' | 'scheduler'>, connection: Connection): ConnectionView {
  const { store, scheduler } = rooms
  const connector = connectorFor(connection.platform)
  const health = store.connections.health(connection.id)
  const secret = store.connections.secretOf(connection.id)
  const coverages = store.streams.coverages(connection.id)
  const lastReads = coverages.flatMap((one) => (one.to === null ? [] : [one.to]))
  return {
    id: connection.id,
    platform: connection.platform,
    platformLabel: connector?.label ?? connection.platform,
    role: connection.role,
    label: connection.label,
    state: health.state,
    says: health.says,
    since: health.since,
    clockOffsetMs: health.clockOffsetMs,
    lastReadAt: lastReads.length === 0 ? null : Math.max(...lastReads),
    nextReadAt: scheduler.nextDueAt(connection.id),
    settings: { ...connection.settings },
    secret: { stored: secret.where !== null, where: secret.where, setAt: secret.setAt },
    streams: coverages.map((one) => {
      const pass = store.streams.lastPass(connection.id, one.stream)
      return {
        stream: one.stream,
        coveredFrom: one.from,
        coveredTo: one.to,
        staleAfterMs: staleAfter(store, paceOf(connector, one.stream)),
        recordsLastPass: pass?.records ?? 0,
        recordsHeld: store.streams.recordsHeld(connection.id, one.stream),
        lastPassMs: pass === null ? null : pass.endedAt - pass.startedAt,
        faults: pass?.faults ?? {},
      }
    }),
  }
}

function platformViewOf(connector: AnyConnector): PlatformView {
  const field = (one: Field) => ({
    name: one.name,
    label: one.label,
    help: one.help,
    kind: one.kind,
    placeholder: one.placeholder,
    choices: [...(one.choices ?? [])],
  })
  return {
    id: connector.id,
    label: connector.label,
    role: connector.role,
    settingsFields: connector.settingsFields.map(field),
    secretFields: connector.secretFields.map(field),
    secretSets: secretSetsOf(connector).map((names) => [...names]),
  }
}

/** Real credentials have no business in the demo, and its own two sides are all that it watches. */
const notInDemo: Refusal = {
  says: 'The demo keeps to its own shop and ERP. Leave the demo to connect yours.',
  field: null,
}

/** Where the secrets of a connection are by now, and the way back. */
interface SecretsSet {
  readonly ref: string
  readonly where: SecretPlace
  readonly undo: () => Promise<unknown>
}

export function connectionHandlers(rooms: Rooms) {
  const { store, secrets, clock } = rooms

  /** Saving and removing wait for a keychain; one after the other, so that neither undoes half of the other. */
  let last: Promise<unknown> = Promise.resolve()
  function oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }

  /** Keychain first, then the row: a row without its secret would only fail later. */
  async function keep(draft: ConnectionDraft, parsed: ParsedDraft): Promise<Connection | Refusal> {
    const before = draft.id === null ? null : store.connections.get(draft.id)
    if (draft.id !== null && before === null) return { says: 'This connection was removed meanwhile. Add it as a new one.', field: null }
    if (before !== null && before.platform !== draft.platform) {
      return { says: `${before.label} is connected to another platform. Add a new connection instead.`, field: 'platform' }
    }
    const id = before?.id ?? freshId(draft.platform)
    // a new label needs no keychain
    const set = before?.secretRef == null || typedIn(draft, parsed.connector).length > 0 ? await setSecrets(id, draft, parsed) : null
    if (set !== null && 'says' in set) return set
    const connection = connectionSchema.parse({
      id,
      platform: draft.platform,
      role: parsed.connector.role,
      label: draft.label,
      settings: parsed.entered,
      secretRef: set?.ref ?? before?.secretRef ?? null,
      createdAt: before?.createdAt ?? clock.now(),
    })
    try {
      write(connection, before, set?.where ?? null)
    } catch (error) {
      // the disk refused: what is in the keychain must go on fitting what is in the file
      await set?.undo()
      throw error
    }
    if (set !== null) rooms.closeDoor(id)
    return connection
  }

  async function setSecrets(id: string, draft: ConnectionDraft, parsed: ParsedDraft): Promise<SecretsSet | Refusal> {
    const given = await secretsFor(rooms, draft, parsed.connector)
    if (!given.ok) return { says: given.fault.says, field: null }
    const lacking = lackingIn(given.value, parsed.connector)
    if (lacking !== null) return lacking
    const ref = refOf(rooms.installation, id)
    const put = await secrets.put(ref, given.value)
    if (!put.ok) return { says: put.fault.says, field: null }
    const where = put.value
    const undo = () => (given.before === null ? secrets.remove(ref, where) : secrets.put(ref, given.before))
    return { ref, where, undo }
  }

  function write(connection: Connection, before: Connection | null, where: SecretPlace | null): void {
    const { id, label, settings } = connection
    const subject = `connection ${id}`
    store.transaction((tx) => {
      store.connections.save(tx, connection)
      if (where !== null) {
        store.connections.noteSecret(tx, id, where, clock.now())
        rooms.audit(tx, { what: 'credential set', subject, before: null, after: { where }, why: null })
      }
      rooms.audit(tx, {
        what: before === null ? 'connection added' : 'connection changed',
        subject,
        before: before === null ? null : { label: before.label, settings: before.settings },
        after: { label, settings },
        why: null,
      })
    })
  }

  /** Never one that was used before: incidents, replays and the audit trail go on naming what had it. */
  function freshId(platform: string): string {
    const used = new Set([
      ...store.connections.list().map((one) => `connection ${one.id}`),
      ...store.audit.subjectsOf('connection added'),
    ])
    for (let count = 1; ; count += 1) {
      const id = count === 1 ? platform : `${platform}-${count}`
      if (!used.has(`connection ${id}`)) return id
    }
  }

  /** Null when it is gone; else why it cannot go. */
  async function remove(connection: Connection): Promise<Refusal | null> {
    const { id, label, secretRef } = connection
    const pairs = store.pairs.list().filter((pair) => pair.shop === id || pair.erp === id)
    const gone = new Set<string | null>(pairs.map((pair) => pair.id))
    const underway = (['confirmed', 'sending'] as const).flatMap((state) => store.intents.inState(state))
    if (underway.some((intent) => gone.has(intent.pair))) {
      return { says: `A repair in ${label} is on its way. Remove it once that has come to its end.`, field: null }
    }
    if (secretRef !== null) {
      const removed = await secrets.remove(secretRef, store.connections.secretOf(id).where)
      if (!removed.ok) return { says: removed.fault.says, field: null }
    }
    rooms.closeDoor(id)
    store.transaction((tx) => {
      // its pairs go with it
      const isAbout = (one: IncidentRecord): boolean => gone.has(one.pair) || (one.pair === null && one.subject.connection === id)
      closeAbout(rooms, tx, isAbout, 'The connection was removed.')
      store.connections.remove(tx, id)
      rooms.audit(tx, { what: 'connection removed', subject: `connection ${id}`, before: { label }, after: null, why: null })
    })
    return null
  }

  /** Nothing was typed: it is one of the connections that are there, as it is. */
  function isAsKept(draft: ConnectionDraft): boolean {
    const kept = draft.id === null ? null : store.connections.get(draft.id)
    return kept !== null && Object.keys(draft.secrets).length === 0 && isDeepStrictEqual(draft.settings, kept.settings)
  }

  return {
    platforms: os.connections.platforms.handler(() => [...connectors.values()].map(platformViewOf)),
    list: os.connections.list.handler(() => store.connections.list().map((one) => connectionViewOf(rooms, one))),
    test: os.connections.test.handler(async ({ input, signal, errors }) => {
      if (rooms.demo && !isAsKept(input)) throw errors.REFUSED({ data: notInDemo })
      const parsed = parseDraft(input)
      if (isRefusal(parsed)) throw errors.REFUSED({ data: parsed })
      return checkOf(rooms, input, parsed, signal)
    }),
    save: os.connections.save.handler(async ({ input, errors }) => {
      if (rooms.demo) throw errors.REFUSED({ data: notInDemo })
      const parsed = parseDraft(input)
      if (isRefusal(parsed)) throw errors.REFUSED({ data: parsed })
      const kept = await oneByOne(() => keep(input, parsed))
      if ('says' in kept) throw errors.REFUSED({ data: kept })
      rooms.scheduler.readNow(kept.id)
      rooms.publish(['connections', 'overview', 'audit'])
      return connectionViewOf(rooms, kept)
    }),
    remove: os.connections.remove.handler(async ({ input, errors }) => {
      if (rooms.demo) throw errors.REFUSED({ data: notInDemo })
      const refusal = await oneByOne(async () => {
        const connection = store.connections.get(input.id)
        if (connection === null) throw errors.NOT_FOUND({ data: { says: `There is no connection ${input.id}.` } })
        return remove(connection)
      })
      if (refusal !== null) throw errors.REFUSED({ data: refusal })
      rooms.publish(['connections', 'pairs', 'overview', 'incidents', 'notices', 'audit'])
      return {}
    }),
    readNow: os.connections.readNow.handler(({ input, errors }) => {
      if (store.connections.get(input.id) === null) {
        throw errors.NOT_FOUND({ data: { says: `There is no connection ${input.id}.` } })
      }
      rooms.scheduler.readNow(input.id)
      return {}
    }),
  }
}
