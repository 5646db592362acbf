import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { aPair } from '../../support/builders.ts'
import type { ScriptedPlatform } from '../../support/platform.ts'
import { recordedAt, replayMedusa, secretKey } from '../connectors/medusa/platform.ts'
import { type Caller, aCaller, bothSides, passing } from './caller.ts'

const otherKey = 'sk_0123456789abcdef0123456789abcdef'
const platforms: ScriptedPlatform[] = []
const callers: Caller[] = []

afterEach(async () => {
  await Promise.all(callers.splice(0).map((one) => one.close()))
  for (const platform of platforms.splice(0)) {
    // oxlint-disable-next-line no-await-in-loop -- one or none
    await platform.close()
    platform.assertExpected()
  }
})

async function beforeMedusa(given: Parameters<typeof aCaller>[0] = {}) {
  const platform = await replayMedusa()
  platforms.push(platform)
  const caller = await aCaller({ at: recordedAt, ...given })
  callers.push(caller)
  const draft = (secrets: Record<string, string>, more: { id?: string; label?: string } = {}) => ({
    id: more.id ?? null,
    platform: 'medusa',
    label: more.label ?? 'Lyon',
    settings: { baseUrl: platform.url, orderNumber: 'metadata.shop_number' },
    secrets,
  })
  return { ...caller, platform, draft }
}

async function scripted(given: Parameters<typeof aCaller>[0] = {}): Promise<Caller> {
  const caller = await aCaller({ connections: bothSides, pairs: [aPair()], ...given })
  callers.push(caller)
  return caller
}

describe('what can be connected', () => {
  it('lists each platform with the fields that its form asks for', async () => {
    const { client } = await scripted()
    const known = await client.connections.platforms()
    expect(known.map(({ id, role }) => [id, role])).toEqual([['medusa', 'shop'], ['odoo', 'erp'], ['shopify', 'shop'], ['tryton', 'erp']])
    expect(known[0]?.secretFields).toMatchObject([{ name: 'apiKey', kind: 'password' }])
  })
})

describe('testing a connection', () => {
  it('goes through every step of a draft and keeps nothing of it', async () => {
    const { client, draft, secrets } = await beforeMedusa()
    const check = await client.connections.test(draft({ apiKey: secretKey }))
    expect(check).toMatchObject({ ok: true, locations: ['Lyon', 'Gent'] })
    expect(await client.connections.list()).toEqual([])
    expect(await secrets.get('medusa')).toMatchObject({ ok: true, value: null })
    expect((await client.audit.list({ limit: 10, before: null })).total).toBe(0)
  })

  it('names the secret that is still to be entered', async () => {
    const { client, draft } = await beforeMedusa()
    const check = await client.connections.test(draft({ apiKey: '' }))
    expect(check).toMatchObject({ ok: false, steps: [{ title: 'Secret API key', state: 'failed' }] })
  })

  it('fills in the stored secret where the draft leaves it out', async () => {
    const { client, draft } = await beforeMedusa()
    const { id } = await client.connections.save(draft({ apiKey: secretKey }))
    expect(await client.connections.test(draft({}, { id }))).toMatchObject({ ok: true })
  })

  it('prefers what is typed anew over what is stored, without keeping it', async () => {
    const { client, draft } = await beforeMedusa()
    const { id } = await client.connections.save(draft({ apiKey: secretKey }))
    const check = await client.connections.test(draft({ apiKey: otherKey }, { id }))
    expect(check.steps.map((step) => [step.title, step.state])).toEqual([['Reach the server', 'ok'], ['Log in', 'failed']])
    expect(JSON.stringify(check)).not.toContain(otherKey)
    expect(await client.connections.test(draft({}, { id }))).toMatchObject({ ok: true })
  })
})

describe('a platform with two ways in', () => {
  const draft = (secrets: Record<string, string>, id: string | null = null) => ({
    id,
    platform: 'shopify',
    label: 'Mugs',
    settings: { shop: 'mugs.myshopify.com', orderNumber: 'name' },
    secrets,
  })
  const kept = async (caller: Caller, id: string) => {
    const ref = caller.engine.store.connections.get(id)?.secretRef ?? ''
    const found = await caller.secrets.get(ref)
    return Object.keys((found.ok ? found.value : null) ?? {})
  }

  it('takes either, and the newer one for the older', async () => {
    const caller = await scripted({ connections: [], pairs: [] })
    const { id } = await caller.client.connections.save(draft({ accessToken: 'shpat_1' }))
    expect(await kept(caller, id)).toEqual(['accessToken'])
    await caller.client.connections.save(draft({ clientId: 'c', clientSecret: 's' }, id))
    expect(await kept(caller, id)).toEqual(['clientId', 'clientSecret'])
    await caller.client.connections.save(draft({ clientSecret: 't' }, id))
    expect(await kept(caller, id)).toEqual(['clientId', 'clientSecret'])
  })

  it('asks for the rest of the one that was begun', async () => {
    const { client } = await scripted({ connections: [], pairs: [] })
    const check = await client.connections.test(draft({ clientId: 'c' }))
    expect(check).toMatchObject({ ok: false, steps: [{ title: 'Client secret', state: 'failed' }] })
  })
})

describe('a draft that cannot be', () => {
  it('refuses an unknown platform and names the field', async () => {
    const { client } = await scripted()
    const draft = { id: null, platform: 'abacus', label: 'Old', settings: {}, secrets: {} }
    await expect(client.connections.save(draft)).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: 'Plumbline does not know the platform abacus.', field: 'platform' },
    })
  })

  it('refuses settings that are not valid in a sentence that begins with the field’s label', async () => {
    const { client, draft } = await beforeMedusa()
    const bad = { ...draft({ apiKey: secretKey }), settings: { baseUrl: 'lyon', orderNumber: 'display_id' } }
    for (const ask of [client.connections.test, client.connections.save]) {
      // oxlint-disable-next-line no-await-in-loop -- two questions
      await expect(ask(bad)).rejects.toMatchObject({
        code: 'REFUSED',
        data: { says: expect.stringMatching(/^Address of the Medusa server: .+\.$/), field: 'baseUrl' },
      })
    }
  })

  it('refuses an address with a password in it, because settings are kept in the file', async () => {
    const { client, draft, platform } = await beforeMedusa()
    const baseUrl = platform.url.replace('http://', 'http://owner:hunter2@')
    const bad = { ...draft({ apiKey: secretKey }), settings: { baseUrl, orderNumber: 'display_id' } }
    await expect(client.connections.save(bad)).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: expect.stringContaining('have their own fields'), field: 'baseUrl' },
    })
    expect(await client.connections.list()).toEqual([])
  })

  it('keeps only the settings that the platform knows', async () => {
    const { client, draft } = await beforeMedusa()
    const more = draft({ apiKey: secretKey })
    const saved = await client.connections.save({ ...more, settings: { ...more.settings, apiKey: otherKey } })
    expect(saved.settings).toEqual(more.settings)
  })

  it('answers BAD_REQUEST to what the contract does not allow', async () => {
    const { client, draft } = await beforeMedusa()
    await expect(client.connections.save({ ...draft({}), label: '' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(client.connections.test(draft({}, { id: '../shop' }))).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('does not turn a connection into one of another platform', async () => {
    const { client } = await scripted()
    const draft = { id: 'shop', platform: 'medusa', label: 'Lyon', settings: { baseUrl: 'https://shop.example.com', orderNumber: 'display_id' }, secrets: { apiKey: secretKey } }
    await expect(client.connections.save(draft)).rejects.toMatchObject({ code: 'REFUSED', data: { field: 'platform' } })
    expect(await client.connections.list()).toContainEqual(expect.objectContaining({ id: 'shop', platform: 'scripted-shop', label: 'Shop' }))
  })
})

describe('saving a connection', () => {
  it('writes that a credential was set into the audit trail, and never the credential', async () => {
    const { client, draft, engine } = await beforeMedusa()
    const saved = await client.connections.save(draft({ apiKey: secretKey }))
    expect(saved).toMatchObject({ id: 'medusa', role: 'shop', state: 'new', secret: { stored: true, where: 'keychain', setAt: recordedAt } })
    const { rows, intact } = await client.audit.list({ limit: 10, before: null })
    expect([intact, rows.map(({ what, subject }) => [what, subject])]).toEqual([
      true,
      [['connection added', 'connection medusa'], ['credential set', 'connection medusa']],
    ])
    expect(engine.store.audit.page(null, 10)[1]).toMatchObject({ before: 'null', after: '{"where":"keychain"}' })
  })

  it('keeps the stored secret when only the label changes, and does not say that it was set', async () => {
    const { client, draft, clock } = await beforeMedusa()
    const { id, secret } = await client.connections.save(draft({ apiKey: secretKey }))
    clock.jump(60_000)
    const renamed = await client.connections.save(draft({ apiKey: '' }, { id, label: 'Lyon and Gent' }))
    expect(renamed).toMatchObject({ label: 'Lyon and Gent', secret })
    const { rows } = await client.audit.list({ limit: 1, before: null })
    expect(rows.map((row) => row.what)).toEqual(['connection changed'])
    expect(await client.connections.test(draft({}, { id }))).toMatchObject({ ok: true })
  })

  it('gives a second shop of the same platform a name of its own', async () => {
    const { client, draft } = await beforeMedusa()
    await client.connections.save(draft({ apiKey: secretKey }))
    expect(await client.connections.save(draft({ apiKey: otherKey }))).toMatchObject({ id: 'medusa-2' })
  })

  it('lets no secret into any answer, the diary, or the bytes of the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-connections-'))
    try {
      const { client, clock, draft, engine, logged } = await beforeMedusa({ path: join(folder, 'plumbline.sqlite') })
      const saved = await client.connections.save(draft({ apiKey: secretKey }))
      const answers = [
        saved,
        await client.connections.test(draft({}, { id: saved.id })),
        await client.connections.list(),
        await client.audit.list({ limit: 100, before: null }),
        await client.overview.get({ pair: null }),
        await client.engine.about(),
      ]
      await passing(clock, engine.scheduler.readAllOnce())
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
      const everything = [JSON.stringify([...answers, await client.connections.list()]), ...logged, ...files].join('\n')
      const basic = Buffer.from(`${secretKey}:`).toString('base64')
      // the file holds what was saved: the label is there, so the secret would be
      expect(files.join('')).toContain('Lyon')
      expect([everything.includes(secretKey), everything.includes(basic)]).toEqual([false, false])
    } finally {
      await Promise.all(callers.splice(0).map((one) => one.close()))
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('removing a connection', () => {
  it('removes its secret, and says so in the audit trail', async () => {
    const { client, draft, engine, secrets } = await beforeMedusa()
    const { id } = await client.connections.save(draft({ apiKey: secretKey }))
    const ref = engine.store.connections.get(id)?.secretRef ?? ''
    expect(await secrets.get(ref)).not.toMatchObject({ value: null })
    await client.connections.remove({ id })
    expect(await client.connections.list()).toEqual([])
    expect(await secrets.get(ref)).toMatchObject({ ok: true, value: null })
    const { rows } = await client.audit.list({ limit: 1, before: null })
    expect(rows).toMatchObject([{ what: 'connection removed', subject: `connection ${id}` }])
  })

  it('takes its pairs with it', async () => {
    const { client } = await scripted()
    await client.connections.remove({ id: 'erp' })
    expect(await client.pairs.list()).toEqual([])
    expect((await client.connections.list()).map((one) => one.id)).toEqual(['shop'])
  })

  it('says NOT_FOUND for one that is not there', async () => {
    const { client } = await scripted()
    const missing = { code: 'NOT_FOUND', data: { says: 'There is no connection ghost.' } }
    await expect(client.connections.remove({ id: 'ghost' })).rejects.toMatchObject(missing)
    await expect(client.connections.readNow({ id: 'ghost' })).rejects.toMatchObject(missing)
  })
})

describe('reading now', () => {
  it('reads one connection at once, and leaves the other to its pace', async () => {
    const { client, engine, clock, shop, erp } = await scripted()
    engine.start()
    await clock.advance(1_000)
    const before = [shop.asked.length, erp.asked.length]
    expect(before.every((count) => count > 0)).toBe(true)
    await client.connections.readNow({ id: 'shop' })
    await clock.advance(0)
    expect(shop.asked.length).toBeGreaterThan(before[0] ?? 0)
    expect(erp.asked.length).toBe(before[1])
  })
})
