/** What the handlers are given: the engine's rooms, and the few words that they share. */
import { implement } from '@orpc/server'
import { z } from 'zod'
import type { EngineEvent, Topic } from '../../contract/events.ts'
import { contract } from '../../contract/operations.ts'
import { type AsOfView, type EngineView, type SettingsView, settingsView } from '../../contract/views.ts'
import type { Chance, Clock } from '../../domain/clock.ts'
import { actionIds } from '../../domain/intent.ts'
import { firstPerson } from '../../domain/person.ts'
import type { StreamName } from '../../domain/records.ts'
import { type Instant, type Span, seconds } from '../../domain/time.ts'
import type { AuditFact } from '../audit/chain.ts'
import type { Api, AnyConnector, Secrets } from '../connectors/definition.ts'
import type { Courier } from '../notices/courier.ts'
import { withdrawAll } from '../notices/withdraw.ts'
import { backOffMax, periodOf } from '../poll/due.ts'
import type { Scheduler } from '../poll/scheduler.ts'
import type { DutyRoster } from '../reconcile/duty.ts'
import type { Change } from '../reconcile/keep.ts'
import { catalogue } from '../reconcile/registry.ts'
import type { Replays } from '../replay/replays.ts'
import type { Sitting } from './sitting.ts'
import type { EngineSecrets } from '../secrets/secrets.ts'
import type { Tx } from '../store/database.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { Store } from '../store/store.ts'

export interface Rooms {
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  readonly secrets: EngineSecrets
  readonly scheduler: Scheduler
  readonly replays: Replays
  /** Who answers for which incident, and by when. */
  readonly duty: DutyRoster
  /** Takes messages through channels. */
  readonly courier: Courier
  /** Sends what waits, as soon as its turn comes. */
  readonly deliver: () => Promise<unknown>
  /** What became of incidents by a person's deed: owners, deadlines and notices follow in the same transaction. */
  readonly changed: (tx: Tx, changes: readonly Change[]) => void
  /** Who sits here and decides. */
  readonly who: () => Sitting
  /** A person's deed, in the caller's transaction. */
  readonly audit: (tx: Tx, fact: Omit<AuditFact, 'at' | 'who' | 'trace'>) => void
  /** An Api of its own for one answer to a person: a test of a draft, say. */
  readonly openApi: (connector: AnyConnector, settings: unknown, secrets: Secrets, signal: AbortSignal) => Api
  /** Cuts what is under way to a connection, and forgets its session: its credentials are others now, or none. */
  readonly closeDoor: (connection: string) => void
  /** Judges what changed, as after a poll; false when it could not. */
  readonly reconcile: () => Promise<boolean>
  readonly publish: (topics: readonly Topic[]) => void
  readonly events: (signal: AbortSignal | undefined) => AsyncIterable<EngineEvent>
  readonly about: () => EngineView
  /** Names this database among those that share the keychain. */
  readonly installation: string
  /** It watches a simulated seam, whose connections stand fast. */
  readonly demo: boolean
  /** Where this computer is, as `Europe/Paris`: the business day of a pair that names no zone. */
  readonly zone: string
}

/** What answers need that only show. */
export type Shown = Pick<Rooms, 'store' | 'clock'> & { readonly scheduler: Pick<Scheduler, 'nextDueAt'> }

export const os = implement(contract)

const settingsDefault: SettingsView = {
  pollSeconds: 30,
  retentionDays: 90,
  repairs: { 'order.create': false, 'invoice.create': false, 'stock.set': false, 'status.push': false },
  notices: { enabled: true, atLeast: 'high' },
  quiet: { enabled: false, from: '22:00', to: '07:00', zone: 'UTC', exceptCritical: true },
  digest: { enabled: false, at: '08:00', zone: 'UTC' },
}

/** As an older version kept them: it may not know every repair. */
const storedSettings = settingsView
  .unwrap()
  .extend({ repairs: z.partialRecord(z.enum(actionIds), z.boolean()) })
  .partial()

/** The user's settings, with our defaults where nothing was said. */
export function settingsOf(store: Store): SettingsView {
  const stored = store.settings.get('engine', storedSettings) ?? {}
  // whoever sits here lives by the hours of this computer until somebody says otherwise
  const zone = store.people.owner(firstPerson)?.calendar.zone ?? 'UTC'
  return {
    pollSeconds: stored.pollSeconds ?? settingsDefault.pollSeconds,
    retentionDays: stored.retentionDays ?? settingsDefault.retentionDays,
    repairs: { ...settingsDefault.repairs, ...stored.repairs },
    notices: stored.notices ?? settingsDefault.notices,
    quiet: stored.quiet ?? { ...settingsDefault.quiet, zone },
    digest: stored.digest ?? { ...settingsDefault.digest, zone },
  }
}

export function saveSettings(rooms: Rooms, change: { readonly [Name in keyof SettingsView]?: SettingsView[Name] | undefined }): SettingsView {
  const before = settingsOf(rooms.store)
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const after = settingsView.parse({ ...before, ...given })
  rooms.store.transaction((tx) => {
    rooms.store.settings.save(tx, 'engine', z.unknown(), after)
    rooms.audit(tx, { what: 'settings changed', subject: 'settings', before, after, why: null })
  })
  return after
}

/** More than this is never open at once; a bound, not a page. */
const openMax = 100_000

/** Closes what is open about something that is removed: nothing would ever judge it again, and it would count for ever. */
export function closeAbout(rooms: Pick<Rooms, 'store' | 'clock'>, tx: Tx, isAbout: (incident: IncidentRecord) => boolean, by: string): void {
  const { store, clock } = rooms
  const gone = store.incidents.live(openMax).filter(isAbout)
  for (const { id } of gone) store.incidents.resolve(tx, id, by, clock.now(), { as: 'removed', who: 'Plumbline' })
  withdrawAll({ store, titleOf: (rule) => catalogue.get(rule)?.title ?? rule }, tx, gone)
}

type Pace = AnyConnector['streams'][number]['pace']

/** A figure older than this breaks its promise: three missed readings and a little for the reading itself. */
export function staleAfter(store: Store, pace: Pace = 'near-real-time'): Span {
  return periodOf(pace, settingsOf(store).pollSeconds) * 3 + seconds(30)
}

/** A stream that fails is late by its own pace once its turn has come and it was tried again twice. */
export function failsAfter(store: Store, pace: Pace): Span {
  const period = periodOf(pace, settingsOf(store).pollSeconds)
  return period + 2 * Math.min(period, backOffMax) + seconds(30)
}

export function asOf(store: Store, at: Instant | null): AsOfView {
  return { at, staleAfterMs: staleAfter(store) }
}

/** The pace of the stream that fills `name`. */
export function paceOf(connector: AnyConnector | null, name: StreamName): Pace {
  return connector?.streams.find((stream) => stream.emits.includes(name))?.pace ?? 'batch'
}
