/** Answers about connections: what can be connected, how each one is, and testing, keeping and removing one. */
import type { CheckView, ConnectionDraft, ConnectionView, PlatformView } from '../../contract/views.ts'
import { type Connection, connectionSchema } from '../../domain/connection.ts'
import { Secret } from '../../domain/secret.ts'
import { seconds } from '../../domain/time.ts'
import { baseOf } from '../connectors/address.ts'
import type { AnyConnector, Field } from '../connectors/definition.ts'
import { connectorFor, connectors } from '../connectors/registry.ts'
import { refOf } from '../secrets/store.ts'
import { type Rooms, closeAbout, os, paceOf, staleAfter } from './rooms.ts'

/** A test that takes longer tells a person nothing more. */
const testTimeout = seconds(90)

export function connectionViewOf(rooms: Rooms, connection: Connection): ConnectionView {
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
  }
}

/** A refusal with the field of the form that it is about. */
interface Refusal {
  readonly says: string
  readonly field: string | null
}

interface ParsedDraft {
  readonly connector: AnyConnector
  readonly settings: unknown
  /** What may be kept of the form: the fields that the platform knows, as they were entered. */
  readonly entered: Readonly<Record<string, unknown>>
}
type Parsed = ParsedDraft | Refusal

function isRefusal(value: Parsed): value is Refusal {
  return 'says' in value
}

function parseDraft(draft: ConnectionDraft): Parsed {
  const connector = connectorFor(draft.platform)
  if (connector === null) return { says: `Plumbline does not know the platform ${draft.platform}.`, field: 'platform' }
  const parsed = connector.settings.safeParse(draft.settings)
  if (parsed.success) {
    // settings are kept in the file and shown: an address with a password in it must not become one
    const base = baseOf(connector.baseUrl(parsed.data))
    if (!base.ok) return { says: base.fault.says, field: base.fault.path }
    const names = new Set(connector.settingsFields.map((field) => field.name))
    const entered = Object.fromEntries(Object.entries(draft.settings).filter(([name]) => names.has(name)))
    return { connector, settings: parsed.data, entered }
  }
  const issue = parsed.error.issues[0]
  const name = String(issue?.path[0] ?? '')
  const label = connector.settingsFields.find((field) => field.name === name)?.label ?? name
  return { says: `${label}: ${issue?.message ?? 'is not valid'}.`, field: name }
}

export function connectionHandlers(rooms: Rooms) {
  const { store, secrets, clock } = rooms

  /** What was typed, over what is kept. */
  async function secretsFor(draft: ConnectionDraft): Promise<Record<string, Secret>> {
    const typed = Object.entries(draft.secrets).filter(([, value]) => value !== '')
    const known = draft.id === null ? null : store.connections.get(draft.id)
    const kept = known?.secretRef == null ? null : await secrets.get(known.secretRef)
    return {
      ...(kept?.ok === true ? kept.value : {}),
      ...Object.fromEntries(typed.map(([name, value]) => [name, new Secret(value)])),
    }
  }

  async function test(draft: ConnectionDraft, parsed: ParsedDraft): Promise<CheckView> {
    const given = await secretsFor(draft)
    const failedAt = (title: string, says: string): CheckView => ({
      ok: false,
      steps: [{ title, state: 'failed', says }],
      clockOffsetMs: null,
      locations: [],
      channels: [],
    })
    const lacking = parsed.connector.secretFields.find((field) => given[field.name] === undefined)
    if (lacking !== undefined) return failedAt(lacking.label, `${lacking.label} is needed: ${lacking.help}`)
    const api = rooms.openApi(parsed.connector, parsed.settings, given, AbortSignal.timeout(testTimeout))
    const checked = await parsed.connector.check(api, parsed.settings)
    if (!checked.ok) return failedAt('Reach and log in', checked.fault.says)
    return {
      ok: checked.value.steps.every((step) => step.state !== 'failed'),
      steps: checked.value.steps.map((step) => ({ title: step.title, state: step.state, says: step.says })),
      clockOffsetMs: checked.value.clockOffsetMs === null ? null : Math.round(checked.value.clockOffsetMs),
      locations: [...checked.value.locations],
      channels: [...checked.value.channels],
    }
  }

  /** Keychain first, then the row: a row without its secret would only fail later. */
  async function keep(draft: ConnectionDraft, parsed: ParsedDraft): Promise<Connection | Refusal> {
    const id = draft.id ?? freshId(draft.platform)
    const before = store.connections.get(id)
    if (before !== null && before.platform !== draft.platform) {
      return { says: `${before.label} is connected to another platform. Add a new connection instead.`, field: 'platform' }
    }
    const ref = refOf(rooms.installation, id)
    const typed = Object.values(draft.secrets).some((value) => value !== '')
    const put = typed || before === null ? await secrets.put(ref, await secretsFor(draft)) : null
    if (put !== null && !put.ok) return { says: put.fault.says, field: null }
    const connection = connectionSchema.parse({
      id,
      platform: draft.platform,
      role: parsed.connector.role,
      label: draft.label,
      settings: parsed.entered,
      secretRef: ref,
      createdAt: before?.createdAt ?? clock.now(),
    })
    store.transaction((tx) => {
      store.connections.save(tx, connection)
      if (put?.ok === true) {
        store.connections.noteSecret(tx, id, put.value, clock.now())
        rooms.audit(tx, { what: 'credential set', subject: `connection ${id}`, before: null, after: { where: put.value }, why: null })
      }
      rooms.audit(tx, {
        what: before === null ? 'connection added' : 'connection changed',
        subject: `connection ${id}`,
        before: before === null ? null : { label: before.label, settings: before.settings },
        after: { label: connection.label, settings: connection.settings },
        why: null,
      })
    })
    return connection
  }

  function freshId(platform: string): string {
    const taken = new Set(store.connections.list().map((one) => one.id))
    for (let count = 1; ; count += 1) {
      const id = count === 1 ? platform : `${platform}-${count}`
      if (!taken.has(id)) return id
    }
  }

  return {
    platforms: os.connections.platforms.handler(() => [...connectors.values()].map(platformViewOf)),
    list: os.connections.list.handler(() => store.connections.list().map((one) => connectionViewOf(rooms, one))),
    test: os.connections.test.handler(async ({ input, errors }) => {
      const parsed = parseDraft(input)
      if (isRefusal(parsed)) throw errors.REFUSED({ data: parsed })
      return test(input, parsed)
    }),
    save: os.connections.save.handler(async ({ input, errors }) => {
      const parsed = parseDraft(input)
      if (isRefusal(parsed)) throw errors.REFUSED({ data: parsed })
      const kept = await keep(input, parsed)
      if ('says' in kept) throw errors.REFUSED({ data: kept })
      rooms.scheduler.readNow(kept.id)
      rooms.publish(['connections', 'overview', 'audit'])
      return connectionViewOf(rooms, kept)
    }),
    remove: os.connections.remove.handler(async ({ input, errors }) => {
      const connection = store.connections.get(input.id)
      if (connection === null) throw errors.NOT_FOUND({ data: { says: `There is no connection ${input.id}.` } })
      if (connection.secretRef !== null) {
        const removed = await secrets.remove(connection.secretRef, store.connections.secretOf(input.id).where)
        if (!removed.ok) throw errors.REFUSED({ data: { says: removed.fault.says, field: null } })
      }
      // its pairs go with it
      const pairs = store.pairs.list().filter((pair) => pair.shop === input.id || pair.erp === input.id)
      const gone = new Set<string | null>(pairs.map((pair) => pair.id))
      store.transaction((tx) => {
        closeAbout(
          rooms,
          tx,
          ({ pair, subject }) => gone.has(pair) || (pair === null && subject.connection === input.id),
          'The connection was removed.',
        )
        store.connections.remove(tx, input.id)
        rooms.audit(tx, { what: 'connection removed', subject: `connection ${input.id}`, before: { label: connection.label }, after: null, why: null })
      })
      rooms.publish(['connections', 'pairs', 'overview', 'incidents', 'audit'])
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
