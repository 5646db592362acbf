/** What a person typed about a connection: read, filled up from what is kept, and tried out, without keeping anything. */
import type { CheckView, ConnectionDraft } from '../../contract/views.ts'
import { type Fault, type Outcome, failed, fault } from '../../domain/fault.ts'
import { Secret } from '../../domain/secret.ts'
import { seconds } from '../../domain/time.ts'
import { baseOf } from '../connectors/address.ts'
import { type AnyConnector, type Check, secretWanted } from '../connectors/definition.ts'
import { connectorFor } from '../connectors/registry.ts'
import type { NamedSecrets } from '../secrets/store.ts'
import type { Rooms } from './rooms.ts'

/** A refusal with the field of the form that it is about. */
export interface Refusal {
  readonly says: string
  readonly field: string | null
}

export interface ParsedDraft {
  readonly connector: AnyConnector
  readonly settings: unknown
  /** What may be kept of the form: the fields that the platform knows, as they were entered. */
  readonly entered: Readonly<Record<string, unknown>>
}

export function isRefusal(value: ParsedDraft | Refusal): value is Refusal {
  return 'says' in value
}

export function parseDraft(draft: ConnectionDraft): ParsedDraft | Refusal {
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

/** Secrets typed anew, of those that the platform asks for. */
export function typedIn(draft: ConnectionDraft, connector: AnyConnector): readonly [string, Secret][] {
  return connector.secretFields.flatMap(({ name }): [string, Secret][] => {
    const value = Object.hasOwn(draft.secrets, name) ? draft.secrets[name] : undefined
    return value === undefined || value === '' ? [] : [[name, new Secret(value)]]
  })
}

/** What was typed, over what is kept; `before` is what is kept. A fault where what is kept is needed and cannot be had. */
export async function secretsFor(
  { store, secrets }: Rooms,
  draft: ConnectionDraft,
  connector: AnyConnector,
): Promise<{ ok: true; value: NamedSecrets; before: NamedSecrets | null } | { ok: false; fault: Fault }> {
  const typed = Object.fromEntries(typedIn(draft, connector))
  const known = draft.id === null ? null : store.connections.get(draft.id)
  const kept = known?.secretRef == null ? null : await secrets.get(known.secretRef)
  if (kept === null) return { ok: true, value: typed, before: null }
  // who typed one way in whole means that one, whatever other is kept
  const all = secretWanted(connector, new Set(Object.keys(typed))) === null
  if (!kept.ok) return all ? { ok: true, value: typed, before: null } : kept
  return { ok: true, value: all ? typed : { ...kept.value, ...typed }, before: kept.value }
}

export function lackingIn(given: NamedSecrets, connector: AnyConnector): (Refusal & { readonly title: string }) | null {
  const lacking = secretWanted(connector, new Set(Object.keys(given)))
  if (lacking === null) return null
  return { title: lacking.label, says: `${lacking.label} is needed: ${lacking.help}`, field: lacking.name }
}

/** A test that takes longer tells a person nothing more. */
const testMax = seconds(90)

/** Goes through the platform's own steps; ends when the person has gone. */
export async function checkOf(
  rooms: Rooms,
  draft: ConnectionDraft,
  parsed: ParsedDraft,
  signal: AbortSignal | undefined,
): Promise<CheckView> {
  const given = await secretsFor(rooms, draft, parsed.connector)
  if (!given.ok) return failedAt('Stored credentials', given.fault.says)
  const lacking = lackingIn(given.value, parsed.connector)
  if (lacking !== null) return failedAt(lacking.title, lacking.says)
  const checked = await bounded(rooms, signal, (until) => {
    const api = rooms.openApi(parsed.connector, parsed.settings, given.value, until)
    return parsed.connector.check(api, parsed.settings)
  })
  if (!checked.ok) return failedAt('Reach and log in', checked.fault.says)
  const { steps, clockOffsetMs, locations, channels } = checked.value
  return {
    ok: steps.every((step) => step.state !== 'failed'),
    steps: steps.map(({ title, state, says }) => ({ title, state, says })),
    clockOffsetMs: clockOffsetMs === null ? null : Math.round(clockOffsetMs),
    locations: [...locations],
    channels: [...channels],
  }
}

/** Closes the Api in the end, whatever the end is. */
async function bounded(
  { clock }: Rooms,
  signal: AbortSignal | undefined,
  check: (until: AbortSignal) => Promise<Outcome<Check>>,
): Promise<Outcome<Check>> {
  const over = new AbortController()
  const until = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal])
  let late = false
  clock.sleep(testMax, until).then(
    () => {
      late = true
      over.abort(new DOMException('the test took too long', 'AbortError'))
    },
    () => undefined,
  )
  try {
    return await check(until)
  } catch (error) {
    if (!late) throw error
    return failed(fault('temporary', `It did not come to an end within ${testMax / 1000} seconds. Is the server very busy, or the network very slow?`))
  } finally {
    over.abort(new DOMException('the test is over', 'AbortError'))
  }
}

function failedAt(title: string, says: string): CheckView {
  return { ok: false, steps: [{ title, state: 'failed', says }], clockOffsetMs: null, locations: [], channels: [] }
}
