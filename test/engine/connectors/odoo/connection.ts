/** Opens a connection to an Odoo of the tests, and closes every one that was opened. */
import type { Outcome } from '../../../../src-main/domain/fault.ts'
import { odoo } from '../../../../src-main/engine/connectors/odoo/index.ts'
import { orderOf } from '../../../../src-main/engine/connectors/odoo/normalise-documents.ts'
import { orders } from '../../../../src-main/engine/connectors/odoo/streams.ts'
import { orderRow } from '../../../../src-main/engine/connectors/odoo/wire.ts'
import type { ErpOrder } from '../../../../src-main/domain/records.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import { type Played, apiKey, database, playOdoo, user } from './platform.ts'
import { recordedAt } from './tables.ts'

const open: ScriptedPlatform[] = []

export interface Given extends Played {
  readonly key?: string
  /** Beside the address, the database and the user; null leaves the user out. */
  readonly settings?: Readonly<Record<string, unknown>>
}

export async function connect(given: Given = {}) {
  const platform = await playOdoo(given)
  open.push(platform)
  const entered = { baseUrl: platform.url, database, user, ...given.settings }
  const settings = odoo.settings.parse(
    Object.fromEntries(Object.entries(entered).filter(([, one]) => one !== null)),
  )
  const secrets = { apiKey: given.key ?? apiKey }
  return {
    platform,
    settings,
    ...openTestApi({ connector: odoo, settings, secrets, at: recordedAt }),
  }
}
export type Connection = Awaited<ReturnType<typeof connect>>

export async function closeAll(): Promise<void> {
  const platforms = open.splice(0)
  await Promise.all(platforms.map((platform) => platform.close()))
  for (const platform of platforms) platform.assertExpected()
}

export function value<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.fault.class}: ${outcome.fault.says} (${outcome.fault.detail})`)
}

/** Orders by id, as records. */
export async function ordersBy(
  { api, settings }: Connection,
  ...ids: readonly string[]
): Promise<readonly ErpOrder[]> {
  const found = await orders.lookup?.(api, { by: 'id', values: ids }, settings)
  if (found === undefined) throw new Error('no look-up')
  return value(found).rows.map((row) => orderOf(orderRow.parse(row)))
}
