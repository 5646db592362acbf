/** Connections, pairs and settings: what the user told us, without any secret. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type Connection, type ConnectionState, connectionSchema } from '../../domain/connection.ts'
import { type Pair, pairSchema, pairSettingsSchema } from '../../domain/pair.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { remembered, rememberedJson, toJson } from './rows.ts'

export type SecretPlace = 'keychain' | 'environment' | 'memory'

export interface ConnectionHealth {
  readonly state: ConnectionState
  readonly since: Instant | null
  /** For an owner: what is wrong, what it means, what to do. */
  readonly says: string | null
  readonly clockOffsetMs: number | null
}

interface ConnectionRow {
  id: string
  platform: string
  role: string
  label: string
  settings_json: string
  secret_ref: string | null
  secret_where: SecretPlace | null
  secret_set_at: number | null
  state: ConnectionState
  state_since: number | null
  says: string | null
  clock_offset_ms: number | null
  created_at: number
}

interface PairRow {
  id: string
  shop: string
  erp: string
  with_json: string
  settings_json: string
  revision: number
}

const settingsJson = z.record(z.string(), z.unknown())
const withJson = pairSchema.unwrap().shape.with

/** `removed`: what was read of records holds no more. */
export function connectionStore(db: Database, removed: () => void) {
  const all = db.prepare<[], ConnectionRow>(`SELECT * FROM connection ORDER BY created_at, id`)
  const one = db.prepare<[string], ConnectionRow>(`SELECT * FROM connection WHERE id = ?`)
  const put = db.prepare(`
    INSERT INTO connection (id, platform, role, label, settings_json, secret_ref, created_at)
    VALUES (@id, @platform, @role, @label, @settingsJson, @secretRef, @createdAt)
    ON CONFLICT (id) DO UPDATE SET
      label = excluded.label, settings_json = excluded.settings_json, secret_ref = excluded.secret_ref`)
  const secret = db.prepare(`UPDATE connection SET secret_where = ?, secret_set_at = ? WHERE id = ?`)
  const health = db.prepare(`
    UPDATE connection SET
      state_since = CASE WHEN state = @state THEN state_since ELSE @at END,
      state = @state, says = @says, clock_offset_ms = COALESCE(@clockOffsetMs, clock_offset_ms)
    WHERE id = @id`)
  const remove = db.prepare(`DELETE FROM connection WHERE id = ?`)
  const forget = db.prepare(`DELETE FROM setting WHERE name >= ? AND name < ?`)
  const read = remembered((row: ConnectionRow) => row.id, toConnection)

  return {
    list: (): readonly Connection[] => all.all().map(read),
    get(id: string): Connection | null {
      const row = one.get(id)
      return row === undefined ? null : read(row)
    },
    save(_tx: Tx, connection: Connection): void {
      put.run({ ...connection, settingsJson: toJson(settingsJson, connection.settings) })
    },
    noteSecret(_tx: Tx, id: string, where: SecretPlace | null, at: Instant | null): void {
      secret.run(where, at, id)
    },
    secretOf(id: string): { where: SecretPlace | null; setAt: Instant | null } {
      const row = one.get(id)
      return { where: row?.secret_where ?? null, setAt: row?.secret_set_at ?? null }
    },
    health(id: string): ConnectionHealth {
      const row = one.get(id)
      return {
        state: row?.state ?? 'new',
        since: row?.state_since ?? null,
        says: row?.says ?? null,
        clockOffsetMs: row?.clock_offset_ms ?? null,
      }
    },
    saveHealth(
      _tx: Tx,
      id: string,
      now: { state: ConnectionState; says: string | null; clockOffsetMs: number | null; at: Instant },
    ): void {
      health.run({ id, ...now })
    },
    /** Everything that was read through it goes with it. */
    remove(_tx: Tx, id: string): void {
      remove.run(id)
      forget.run(...stretchOf(keptOf(id, '')))
      removed()
    },
  }
}

/** The name under which something is kept that goes with a connection. */
export function keptOf(connection: string, name: string): string {
  return `connection:${connection}:${name}`
}

/** All names that begin so. */
function stretchOf(begins: string): [from: string, to: string] {
  return [begins, `${begins}\u{10ffff}`]
}

/** `removed`: what was read of claims holds no more. */
export function pairStore(db: Database, removed: () => void) {
  const all = db.prepare<[], PairRow>(`SELECT * FROM pair ORDER BY id`)
  const one = db.prepare<[string], PairRow>(`SELECT * FROM pair WHERE id = ?`)
  const put = db.prepare(`
    INSERT INTO pair (id, shop, erp, with_json, settings_json, revision)
    VALUES (@id, @shop, @erp, @withJson, @settingsJson, 1)
    ON CONFLICT (id) DO UPDATE SET
      shop = excluded.shop, erp = excluded.erp, with_json = excluded.with_json,
      settings_json = excluded.settings_json, revision = revision + 1`)
  const remove = db.prepare(`DELETE FROM pair WHERE id = ?`)
  const read = remembered((row: PairRow) => row.id, toPair)
  const markAll = db.prepare(`
    INSERT OR IGNORE INTO dirty (pair, snapshot)
    SELECT @pair, snapshot.row FROM snapshot
    JOIN stream ON stream.row = snapshot.stream
    WHERE stream.connection IN (@shop, @erp)`)

  return {
    list: (): readonly Pair[] => all.all().map(read),
    get(id: string): Pair | null {
      const row = one.get(id)
      return row === undefined ? null : read(row)
    },
    /** Everything of both sides is judged anew under the new settings. */
    save(_tx: Tx, pair: Pair): void {
      put.run({
        id: pair.id,
        shop: pair.shop,
        erp: pair.erp,
        withJson: toJson(withJson, pair.with),
        settingsJson: toJson(pairSettingsSchema, pair.settings),
      })
      markAll.run({ pair: pair.id, shop: pair.shop, erp: pair.erp })
    },
    remove(_tx: Tx, id: string): void {
      remove.run(id)
      removed()
    },
  }
}

export function settingStore(db: Database) {
  const one = db.prepare<[string], { value_json: string }>(`SELECT value_json FROM setting WHERE name = ?`)
  const put = db.prepare(`
    INSERT INTO setting (name, value_json) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`)
  const any = db.prepare<[string, string], { found: number }>(`SELECT 1 AS found FROM setting WHERE name >= ? AND name < ? LIMIT 1`)
  const read = rememberedJson()
  return {
    /** Whether anything is kept under a name that begins so. */
    hasAny: (begins: string): boolean => any.get(...stretchOf(begins)) !== undefined,
    get<T>(name: string, schema: z.ZodType<T>): T | null {
      const row = one.get(name)
      return row === undefined ? null : read(schema, name, row.value_json)
    },
    save<T>(_tx: Tx, name: string, schema: z.ZodType<T>, value: T): void {
      put.run(name, toJson(schema, value))
    },
  }
}

function toConnection(row: ConnectionRow): Connection {
  return connectionSchema.parse({
    id: row.id,
    platform: row.platform,
    role: row.role,
    label: row.label,
    settings: JSON.parse(row.settings_json),
    secretRef: row.secret_ref,
    createdAt: row.created_at,
  })
}

function toPair(row: PairRow): Pair {
  return pairSchema.parse({
    id: row.id,
    shop: row.shop,
    erp: row.erp,
    with: JSON.parse(row.with_json),
    settings: JSON.parse(row.settings_json),
  })
}
