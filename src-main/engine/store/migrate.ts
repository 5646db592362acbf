/** Brings a file to the newest shape, all steps in one transaction, and refuses a file from the future. */
import type { Database } from 'better-sqlite3'
import { first } from './migrations/0001-first.ts'
import { ownersAndChannels } from './migrations/0002-owners-and-channels.ts'
import { close } from './migrations/0003-close.ts'
import { flows } from './migrations/0004-flows.ts'
import { daysAndDeclarations } from './migrations/0005-days-and-declarations.ts'
import { past } from './migrations/0006-past.ts'
import { panels } from './migrations/0007-panels.ts'
import { goods } from './migrations/0008-goods.ts'
import { faultDuty } from './migrations/0009-fault-duty.ts'
import { tickets } from './migrations/0010-tickets.ts'
import { marketsOfRules } from './migrations/0011-markets-of-rules.ts'

/** In order; the position is the version. */
const migrations: readonly string[] = [first, ownersAndChannels, close, flows, daysAndDeclarations, past, panels, goods, faultDuty, tickets, marketsOfRules]

export const newestVersion = migrations.length

/** The file was written by a newer Plumbline. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
  constructor(version: number, path: string) {
    super(
      `The database ${path} was written by a newer Plumbline (version ${version}, this one knows ${newestVersion}). ` +
        'Install the newer Plumbline again, or start this one with another database.',
    )
  }
}

export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** To `target`, the newest by default; tests stop earlier to insert old rows. */
export function migrate(db: Database, target: number = newestVersion): void {
  const found = versionOf(db)
  if (found > newestVersion) throw new NewerDatabaseError(found, db.name)
  db.transaction(() => {
    for (let version = found; version < target; version += 1) {
      db.exec(migrations[version] ?? '')
    }
    if (target > found) db.pragma(`user_version = ${target}`)
  })()
}
