/** A file of before a market could want all of a rule otherwise: its parameters there hold on, and what was closed says how. */
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import { migrate } from '../../../src-main/engine/store/migrate.ts'

it('keeps the parameters of a market, and tells what evidence closed from what was removed', () => {
  const db = new Sqlite(':memory:')
  migrate(db, 10)
  const rules = {
    'F02-order-missing': { on: true, owner: 'finance', params: { graceMinutes: 30 }, markets: { FR: { graceMinutes: 60 }, JP: {} } },
    'F02-order-stuck': { on: false },
  }
  db.exec(`
    INSERT INTO connection (id, platform, role, label, settings_json, created_at) VALUES ('shop', 'p', 'shop', 'Shop', '{}', 0), ('erp', 'p', 'erp', 'ERP', '{}', 0);
    INSERT INTO pair (id, shop, erp, with_json, settings_json, revision) VALUES ('bare', 'shop', 'erp', '[]', '{}', 1), ('pair', 'shop', 'erp', '[]', '${JSON.stringify({ graceMinutes: 5, rules })}', 1);
    INSERT INTO incident (id, pair, rule, subject_kind, subject_connection, subject_key, severity, state, says, evidence_json, opened_at, seen_at, resolved_by)
    VALUES ('a', 'pair', 'r', 'order', 'shop', '1', 'high', 'resolved', 's', '[]', 0, 0, 'Both sides agree.'), ('b', 'pair', 'r', 'order', 'shop', '2', 'high', 'resolved', 's', '[]', 0, 0, 'The pair was removed.'), ('c', 'pair', 'r', 'order', 'shop', '3', 'high', 'open', 's', '[]', 0, 0, NULL);`)
  migrate(db)
  const kept = db.prepare<[], string>('SELECT settings_json FROM pair ORDER BY id').pluck().all().map((text) => pairSettingsSchema.parse(JSON.parse(text)))
  const none = { on: null, severity: null, owner: null, slaMinutes: null, reactMinutes: null }
  expect(kept[1]).toMatchObject({ graceMinutes: 5, rules: { 'F02-order-missing': { owner: 'finance', params: { graceMinutes: 30 }, markets: { FR: { ...none, params: { graceMinutes: 60 } }, JP: { ...none, params: {} } } }, 'F02-order-stuck': { on: false, markets: {} } } })
  expect(kept[0]?.rules).toEqual({})
  expect(db.prepare('SELECT closed_as FROM incident ORDER BY id').pluck().all()).toEqual(['evidence', 'removed', null])
  db.close()
})
