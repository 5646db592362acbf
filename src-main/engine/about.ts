/** What the engine says of itself: its version, its file, and what everybody should know before they trust the rest. */
import type { EngineView } from '../contract/views.ts'
import type { Clock } from '../domain/clock.ts'
import type { EngineSecrets } from './secrets/secrets.ts'
import type { Store } from './store/store.ts'

interface Options {
  readonly secrets: Pick<EngineSecrets, 'banner'>
  readonly version: string
  readonly clock: Clock
  readonly databasePath: string
}

export function engineView({ secrets, version, clock, databasePath }: Options, store: Pick<Store, 'setAside'>, startedAt: number): EngineView {
  const banners: EngineView['banners'] = []
  const secretsBanner = secrets.banner()
  if (secretsBanner !== null) banners.push({ kind: 'memory-secrets', says: secretsBanner })
  if (store.setAside !== null) {
    banners.push({
      kind: 'database-set-aside',
      says: `The database was damaged. It was set aside as ${store.setAside} and a new one begun; connections must be entered again.`,
    })
  }
  return { version, startedAt, now: clock.now(), banners, databasePath }
}
