/** What a database had promised at a moment, and what of it is broken in the one that a power cut left behind. */
import { type Intent, type IntentState, mayMove } from '../../src-main/domain/intent.ts'
import type { StreamName } from '../../src-main/domain/records.ts'
import type { Instant } from '../../src-main/domain/time.ts'
import { verifyTrail } from '../../src-main/engine/audit/chain.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import type { Stage } from './stage.ts'

export interface Promises {
  readonly entry: { readonly seq: number; readonly hash: string } | null
  readonly intents: ReadonlyMap<string, IntentState>
  readonly incidents: ReadonlySet<string>
  readonly covered: readonly { readonly connection: string; readonly stream: StreamName; readonly to: Instant; readonly held: number }[]
}

const countMax = 1_000_000

export function promisesIn(path: string, stage: Stage): Promises {
  return within(path, (store) => ({
    entry: store.audit.last(),
    intents: new Map(intentsIn(store).map((intent) => [intent.id, intent.state])),
    incidents: incidentsIn(store),
    covered: [stage.shop, stage.erp].flatMap(({ connection: { id } }) =>
      store.streams.coverages(id).flatMap(({ stream, to }) =>
        to === null ? [] : [{ connection: id, stream, to, held: store.streams.recordsHeld(id, stream) }],
      ),
    ),
  }))
}

/** In words, one by one; nothing when all was kept. */
export function brokenPromises(promises: Promises, path: string, stage: Stage): readonly string[] {
  return within(path, (store) => {
    const broken: string[] = []
    if (store.setAside !== null) return [`the database was damaged and set aside as ${store.setAside}`]
    const trail = verifyTrail(store, promises.entry)
    if (!trail.intact) broken.push(`the audit trail does not hold: ${trail.says}`)
    const intents = new Map(intentsIn(store).map((intent) => [intent.id, intent]))
    for (const [id, state] of promises.intents) {
      const now = intents.get(id)?.state
      if (now === undefined || (now !== state && !mayBecome(state, now))) broken.push(`the replay ${id} was ${state} and is ${now ?? 'gone'}`)
    }
    const incidents = incidentsIn(store)
    for (const id of promises.incidents) if (!incidents.has(id)) broken.push(`the incident ${id} is gone`)
    for (const { connection, stream, to, held } of promises.covered) {
      const now = store.streams.coverage(connection, stream).to ?? 0
      if (now < to) broken.push(`${stream} of ${connection} were read up to ${to} and are only up to ${now}`)
      if (store.streams.recordsHeld(connection, stream) < held) broken.push(`records of ${stream} of ${connection} are gone`)
    }
    return [...broken, ...unknownWrites(intentsIn(store), stage)]
  })
}

/** Before a byte left, its intent was on the disk: whatever stands in the ERP by our hand has one that may have sent it. */
export function unknownWrites(intents: readonly Intent[], stage: Stage): readonly string[] {
  const sent = new Set(intents.filter(({ state }) => maySent.includes(state)).map((intent) => intent.target))
  return stage.standing().flatMap(({ number, byUs }) =>
    byUs > 0 && ![...sent].some((target) => target.includes(number)) ? [`order ${number} was written to the ERP and no replay knows of it`] : [],
  )
}

const maySent: readonly IntentState[] = ['sending', 'verified', 'absent', 'unclear', 'refused', 'expired']

function mayBecome(from: IntentState, to: IntentState, depth = 0): boolean {
  if (mayMove(from, to)) return true
  const states: readonly IntentState[] = ['confirmed', 'sending', 'absent', 'unclear']
  return depth < 4 && states.some((middle) => mayMove(from, middle) && mayBecome(middle, to, depth + 1))
}

function intentsIn(store: Store): readonly Intent[] {
  return store.intents.list(countMax, 0)
}

function incidentsIn(store: Store): ReadonlySet<string> {
  const all = { states: null, severities: null, rule: null, search: null }
  return new Set(store.incidents.list(all, countMax, 0).map((incident) => incident.id))
}

function within<T>(path: string, ask: (store: Store) => T): T {
  const store = openStore(path, 0)
  try {
    return ask(store)
  } finally {
    store.close()
  }
}
