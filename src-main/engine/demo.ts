/** What an engine of the demo begins with: the two simulated sides, paired, with secrets that this run only remembers. */
import { z } from 'zod'
import type { DemoConnection, DemoSeam } from '../contract/demo.ts'
import { connectionSchema } from '../domain/connection.ts'
import { pairSchema, pairSettingsSchema } from '../domain/pair.ts'
import { Secret } from '../domain/secret.ts'
import { type Instant, iso, minutes } from '../domain/time.ts'
import { connectorFor } from './connectors/registry.ts'
import { refOf } from './secrets/store.ts'
import type { EngineSecrets } from './secrets/secrets.ts'
import type { Store } from './store/store.ts'

/** Names the demo among databases; nothing of it ever lies in a keychain. */
const installation = 'demo'
/** A visitor waits for what was broken to be noticed, and the platforms lie on this machine. */
const pollSeconds = 5

/** Also after a restart of the engine, which has forgotten the secrets; what a visitor changed meanwhile stays. */
export async function settleDemo(store: Store, secrets: EngineSecrets, seam: DemoSeam, now: Instant): Promise<void> {
  for (const side of [seam.shop, seam.erp]) {
    const named = Object.fromEntries(Object.entries(side.secrets).map(([name, value]) => [name, new Secret(value)]))
    // oxlint-disable-next-line no-await-in-loop -- two, into memory
    const kept = await secrets.put(refOf(installation, side.id), named)
    if (!kept.ok) throw new Error(`the demo's secrets were not kept: ${kept.fault.says}`)
  }
  if (store.pairs.list().length > 0) return
  store.transaction((tx) => {
    for (const [nth, side] of [seam.shop, seam.erp].entries()) {
      // they are listed by their age, and the shop comes first
      store.connections.save(tx, connectionOf(side, now + nth))
      store.connections.noteSecret(tx, side.id, 'memory', now)
    }
    const settings = pairSettingsSchema.parse({ since: iso(now - minutes(60)), ...seam.pair })
    store.pairs.save(tx, pairSchema.parse({ id: 'demo', shop: seam.shop.id, erp: seam.erp.id, settings }))
    store.settings.save(tx, 'engine', z.unknown(), { pollSeconds })
  })
}

function connectionOf({ id, platform, label, settings }: DemoConnection, createdAt: Instant) {
  const connector = connectorFor(platform)
  if (connector === null) throw new Error(`the demo speaks ${platform}, which no connector does`)
  const { role } = connector
  return connectionSchema.parse({ id, platform, role, label, settings, secretRef: refOf(installation, id), createdAt })
}
