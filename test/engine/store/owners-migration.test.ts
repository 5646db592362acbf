/** A file of the first shape: what was open in it has an owner as soon as it is opened by a Plumbline that knows owners. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate } from '../../../src-main/engine/store/migrate.ts'
import { monday } from '../../support/clock.ts'
import { aCaller } from '../handlers/caller.ts'

it('gives an owner and a deadline to what was opened before there were any', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-owners-'))
  const path = join(folder, 'plumbline.sqlite')
  const old = new Sqlite(path)
  migrate(old, 1)
  old.exec(`
    INSERT INTO incident (id, pair, rule, subject_kind, subject_connection, subject_key, severity, state, says, evidence_json, opened_at, seen_at)
    VALUES ('open', 'p', 'F02-total-differs', 'order', 's', '1', 'critical', 'open', 'It differs.', '[]', ${monday}, ${monday}),
           ('over', 'p', 'F02-total-differs', 'order', 's', '2', 'critical', 'resolved', 'It differed.', '[]', ${monday}, ${monday});
    INSERT INTO notice (id, kind, severity, title, body, incidents_json, rule, group_json, created_at)
    VALUES ('n', 'opened', 'critical', 'Totals differ', 'It differs.', '["open"]', 'F02-total-differs', '{"rule":"F02-total-differs","count":1,"sums":[],"keys":["1"]}', ${monday});`)
  old.close()
  const caller = await aCaller({ path })
  try {
    expect(await caller.client.incidents.get({ id: 'open' })).toMatchObject({ owner: { id: 'you' }, slaDueAt: monday + 4 * 3_600_000 })
    expect(await caller.client.incidents.get({ id: 'over' })).toMatchObject({ owner: null, slaDueAt: null, slaLeftMs: null })
    expect((await caller.client.notices.pending()).map((notice) => notice.id)).toEqual(['n'])
  } finally {
    await caller.close()
    rmSync(folder, { recursive: true })
  }
})
