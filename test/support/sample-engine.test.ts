/** The sample engine keeps to the contract in every mood, so that screens are never built on answers that cannot come. */
import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { sampleEngine } from './sample-engine.ts'
import { moods } from './sample/scene.ts'

const everything = { states: null, severities: null, rule: null, search: null, limit: 200, offset: 0 }

describe.each(moods)('in the mood %s', (mood) => {
  const client = createRouterClient(sampleEngine({ mood }).router)

  it('answers every question as the contract says', async () => {
    const answers = await Promise.all([
      client.engine.about(),
      client.overview.get({ pair: null }),
      client.connections.platforms(),
      client.connections.list(),
      client.pairs.list(),
      client.pairs.tryReference({ shop: 'a', erp: 'b', reference: '(?<store>\\w+)-(?<number>NL-\\d+)', store: 'EU' }),
      client.pairs.choices({ shop: 'a', erp: 'b' }),
      client.replays.list({ limit: 50, offset: 0 }),
      client.settings.get(),
      client.audit.list({ limit: 100, before: null }),
      client.notices.pending(),
    ])
    expect(answers).toHaveLength(11)
  })

  it('can open every incident that it lists, and preview its repair', async () => {
    const { rows } = await client.incidents.list(everything)
    for (const row of rows) {
      expect((await client.incidents.get({ id: row.id })).id).toBe(row.id)
      if (row.repair !== null) expect((await client.replays.preview({ incident: row.id, action: row.repair })).kind).toMatch(/ready|healed|refused/)
    }
    expect(rows.length > 0).toBe(mood === 'busy' || mood === 'stale' || mood === 'blind')
  })
})
