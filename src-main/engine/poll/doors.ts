/** The open door of each connection: its Api is kept across passes with its session, and opened anew when it must be. */
import type { Chance, Clock } from '../../domain/clock.ts'
import type { Connection } from '../../domain/connection.ts'
import { type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import { type ApiLogLine, type ApiOptions, openApi } from '../connectors/api.ts'
import { type AnyConnector, type Api, secretWanted } from '../connectors/definition.ts'
import type { EngineSecrets } from '../secrets/secrets.ts'
import type { NamedSecrets } from '../secrets/store.ts'
import type { Store } from '../store/store.ts'

/** All that reading from, or writing to, a connection takes. */
export interface Door {
  readonly connection: Connection
  readonly connector: AnyConnector
  /** As parsed by the connector's own schema. */
  readonly settings: unknown
  readonly api: Api
}

export interface Doors {
  /** The same door until the connection's settings or secrets change; a fault says why there is none. */
  open(connection: string): Promise<Outcome<Door>>
  /** Cuts what is under way through it. */
  close(connection: string): void
  closeAll(): void
}

export interface DoorParts {
  readonly store: Store
  /** By the platform's name; null for one that this version does not know. */
  readonly connectorOf: (platform: string) => AnyConnector | null
  readonly secrets: Pick<EngineSecrets, 'get'>
  readonly clock: Clock
  readonly chance: Chance
  readonly log: (connection: string, line: ApiLogLine) => void
  readonly dispatcher?: ApiOptions<unknown>['dispatcher']
}

interface Opened {
  readonly key: string
  readonly stop: AbortController
  readonly door: Promise<Outcome<Door>>
}

export function newDoors(parts: DoorParts): Doors {
  const { store } = parts
  const opened = new Map<string, Opened>()

  function close(id: string): void {
    const one = opened.get(id)
    opened.delete(id)
    one?.stop.abort(new DOMException('the connection was closed', 'AbortError'))
  }

  return {
    async open(id) {
      const connection = store.connections.get(id)
      if (connection === null) {
        close(id)
        return failed(fault('not-found', 'This connection was removed.', { detail: id }))
      }
      const key = doorKey(store, connection)
      const known = opened.get(id)
      if (known?.key === key) return known.door
      close(id)
      const stop = new AbortController()
      const door = openDoor(parts, connection, stop.signal)
      const mine: Opened = { key, stop, door }
      opened.set(id, mine)
      const outcome = await door
      // what failed to open is tried anew the next time, as a keychain may be unlocked meanwhile
      if (!outcome.ok && opened.get(id) === mine) opened.delete(id)
      return outcome
    },
    close,
    closeAll() {
      for (const id of opened.keys()) close(id)
    },
  }
}

/** Another key, another door: it changes with the settings and the secrets. */
export function doorKey(store: Store, connection: Connection): string {
  const { setAt } = store.connections.secretOf(connection.id)
  return JSON.stringify([connection.platform, connection.settings, connection.secretRef, setAt])
}

async function openDoor(parts: DoorParts, connection: Connection, signal: AbortSignal): Promise<Outcome<Door>> {
  const connector = parts.connectorOf(connection.platform)
  if (connector === null) {
    const says = `This version of Plumbline does not know the platform of ${connection.label}. Install the newer one again.`
    return failed(fault('validation', says, { detail: connection.platform }))
  }
  const settings = connector.settings.safeParse(connection.settings)
  if (!settings.success) {
    const path = settings.error.issues[0]?.path.join('.') ?? ''
    const says = `The settings of ${connection.label} are not complete${path === '' ? '' : ` (${path})`}. Open it under Connections and save it anew.`
    return failed(fault('validation', says, { path }))
  }
  const secrets = await secretsOf(parts, connection, connector)
  if (!secrets.ok) return secrets
  const api = openApi({
    connector,
    settings: settings.data,
    secrets: secrets.value,
    clock: parts.clock,
    chance: parts.chance,
    signal,
    log: (line) => parts.log(connection.id, line),
    ...(parts.dispatcher === undefined ? {} : { dispatcher: parts.dispatcher }),
  })
  return ok({ connection, connector, settings: settings.data, api })
}

async function secretsOf(
  parts: DoorParts,
  connection: Connection,
  connector: AnyConnector,
): Promise<Outcome<NamedSecrets>> {
  if (connector.secretFields.length === 0) return ok({})
  const found = connection.secretRef === null ? ok(null) : await parts.secrets.get(connection.secretRef)
  if (!found.ok) return found
  const missing = secretWanted(connector, new Set(Object.keys(found.value ?? {})))
  if (missing === null && found.value !== null) return ok(found.value)
  const lost = parts.store.connections.secretOf(connection.id).where === 'memory'
  return failed(
    fault(
      'credentials',
      lost
        ? `The credentials of ${connection.label} were kept for the last run only. Enter them anew under Connections.`
        : `No ${missing?.label ?? 'credentials'} is stored for ${connection.label}. Enter it under Connections.`,
    ),
  )
}
