/** The walk of a password: from the form to the keychain, into requests and nowhere else, through bad days, to its end. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { failed, fault, ok } from '../../../src-main/domain/fault.ts'
import { Secret } from '../../../src-main/domain/secret.ts'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { memorySecrets } from '../../../src-main/engine/secrets/memory.ts'
import { engineSecrets } from '../../../src-main/engine/secrets/secrets.ts'
import type { SecretStore } from '../../../src-main/engine/secrets/store.ts'
import { anErpConnection, anIntent, aPair } from '../../support/builders.ts'
import { settle } from '../../support/clock.ts'
import type { ScriptedPlatform } from '../../support/platform.ts'
import { recordedAt, replayMedusa, secretKey } from '../connectors/medusa/platform.ts'
import { type Caller, aCaller, passing } from '../handlers/caller.ts'

const otherKey = 'sk_00000000000000000000000000000000'
const callers: Caller[] = []
const platforms: ScriptedPlatform[] = []
const folders: string[] = []

afterEach(async () => {
  await Promise.all(callers.splice(0).map((one) => one.close()))
  await Promise.all(platforms.splice(0).map((one) => one.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A keychain that a person can lock. */
function aKeychain(): SecretStore & { locked: boolean } {
  const inside = memorySecrets()
  const guarded = async <T>(ask: () => Promise<T>) => (keychain.locked ? failed(fault('temporary', 'The keychain is locked.')) : ask())
  const keychain = {
    where: 'keychain' as const,
    locked: false,
    available: async () => ({ usable: true }) as const,
    put: (ref: string, secrets: Parameters<SecretStore['put']>[1]) => guarded(() => inside.put(ref, secrets)),
    get: (ref: string) => guarded(() => inside.get(ref)),
    remove: (ref: string) => guarded(() => inside.remove(ref)),
    refs: () => guarded(() => inside.refs()),
  }
  return keychain
}

async function aShop(): Promise<ScriptedPlatform> {
  const platform = await replayMedusa()
  platforms.push(platform)
  return platform
}

async function begin(platform: ScriptedPlatform, given: { keychain?: SecretStore; path?: string } = {}) {
  const keychain = given.keychain ?? aKeychain()
  const secrets = engineSecrets({ keychain, memory: memorySecrets(), environment: null })
  const path = given.path === undefined ? {} : { path: given.path }
  const caller = await aCaller({ at: recordedAt, secrets, ...path })
  callers.push(caller)
  platform.setNow(() => caller.clock.now())
  const draft = (apiKey: string, more: { id?: string; label?: string } = {}) => ({
    id: more.id ?? null,
    platform: 'medusa',
    label: more.label ?? 'Lyon',
    settings: { baseUrl: platform.url, orderNumber: 'metadata.shop_number' },
    secrets: { apiKey },
  })
  const state = async () => (await caller.client.connections.list())[0]?.state
  const logins = () => new Set(platform.seen.map((request) => keyIn(request.headers['authorization'])))
  return { ...caller, keychain, draft, state, logins }
}

/** The key that a request logged in with. */
function keyIn(header: string | string[] | undefined): string {
  return Buffer.from(String(header).replace(/^Basic /, ''), 'base64').toString().replace(/:$/, '')
}

/** Real requests take real time: the engine's own goes on beside it until something is so. */
async function until({ clock }: Caller, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await isSo()) return
    await clock.advance(seconds(1))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it never came to be so')
}

describe('a password', () => {
  it('goes from the form to the keychain, into requests, and nowhere else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-credentials-'))
    folders.push(folder)
    const platform = await aShop()
    const walk = await begin(platform, { path: join(folder, 'plumbline.sqlite') })
    const saved = await walk.client.connections.save(walk.draft(secretKey))
    await passing(walk.clock, walk.engine.scheduler.readAllOnce())
    expect(await walk.state()).toBe('ok')
    expect([...walk.logins()]).toEqual([secretKey])
    const entry = await walk.keychain.get(walk.engine.store.connections.get(saved.id)?.secretRef ?? '')
    expect(entry.ok ? entry.value?.['apiKey']?.reveal() : null).toBe(secretKey)
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')).join('')
    const everywhere = [bytes, ...walk.logged, JSON.stringify(await walk.client.connections.list())].join('')
    expect(bytes).toContain('Lyon')
    expect([everywhere.includes(secretKey), everywhere.includes(Buffer.from(`${secretKey}:`).toString('base64'))]).toEqual([false, false])
  })

  it('that the shop refuses is tried no more, whatever time passes, until a person enters another', async () => {
    const platform = await aShop()
    const walk = await begin(platform)
    const { id } = await walk.client.connections.save(walk.draft(otherKey))
    walk.engine.start()
    await until(walk, async () => (await walk.state()) === 'refused')
    await settle(10)
    const asked = platform.seen.length
    await walk.clock.advance(hours(2))
    expect(platform.seen.length).toBe(asked)
    expect(walk.engine.store.incidents.live(10).map((one) => one.rule)).toEqual(['F12-connection-blind'])
    await walk.client.connections.save(walk.draft(secretKey, { id }))
    await until(walk, async () => (await walk.state()) === 'ok')
    expect([...walk.logins()]).toEqual([otherKey, secretKey])
    expect(walk.engine.store.incidents.live(10)).toEqual([])
  })

  it('that is changed in the same instant is used at once: no session of the old one goes on', async () => {
    const platform = await aShop()
    const walk = await begin(platform)
    const { id } = await walk.client.connections.save(walk.draft(otherKey))
    await passing(walk.clock, walk.engine.scheduler.readAllOnce())
    expect(await walk.state()).toBe('refused')
    walk.clock.jump((walk.engine.store.connections.secretOf(id).setAt ?? 0) - walk.clock.now())
    await walk.client.connections.save(walk.draft(secretKey, { id }))
    await passing(walk.clock, walk.engine.scheduler.readAllOnce())
    expect(await walk.state()).toBe('ok')
  })
})

describe('a keychain', () => {
  it('that is locked leaves the password in memory for this run, and says so until it can be kept', async () => {
    const platform = await aShop()
    const keychain = aKeychain()
    const walk = await begin(platform, { keychain })
    keychain.locked = true
    const saved = await walk.client.connections.save(walk.draft(secretKey))
    expect(saved.secret.where).toBe('memory')
    expect((await walk.client.engine.about()).banners).toMatchObject([{ kind: 'memory-secrets' }])
    await passing(walk.clock, walk.engine.scheduler.readAllOnce())
    expect(await walk.state()).toBe('ok')
    keychain.locked = false
    expect((await walk.client.connections.save(walk.draft(secretKey, { id: saved.id }))).secret.where).toBe('keychain')
    expect((await walk.client.engine.about()).banners).toEqual([])
  })

  it('that is locked when the connection is removed keeps the connection, so that nothing is forgotten half', async () => {
    const platform = await aShop()
    const keychain = aKeychain()
    const { client, draft } = await begin(platform, { keychain })
    const { id } = await client.connections.save(draft(secretKey))
    keychain.locked = true
    await expect(client.connections.remove({ id })).rejects.toMatchObject({ code: 'REFUSED', data: { says: 'The keychain is locked.' } })
    expect(await client.connections.list()).toHaveLength(1)
    keychain.locked = false
    await client.connections.remove({ id })
    expect(await keychain.refs()).toEqual(ok([]))
  })

  it('that is locked does not keep a connection from getting another label', async () => {
    const platform = await aShop()
    const keychain = aKeychain()
    const { client, draft } = await begin(platform, { keychain })
    const { id } = await client.connections.save(draft(secretKey))
    keychain.locked = true
    expect(await client.connections.save(draft('', { id, label: 'Gent' }))).toMatchObject({ label: 'Gent', secret: { where: 'keychain' } })
  })

  it('is rid of what no connection of this installation needs any more, and of nothing else', async () => {
    const platform = await aShop()
    const walk = await begin(platform)
    const { id } = await walk.client.connections.save(walk.draft(secretKey))
    const ref = walk.engine.store.connections.get(id)?.secretRef ?? ''
    const orphan = ref.replace(id, 'gone')
    await walk.keychain.put(orphan, { apiKey: new Secret('sk_1') })
    await walk.keychain.put('another-installation/gone', { apiKey: new Secret('sk_2') })
    walk.engine.start()
    await settle(10)
    expect(await walk.keychain.refs()).toEqual(ok([ref, 'another-installation/gone']))
  })
})

describe('saving that fails half-way', () => {
  it('puts back what the keychain held, because the file still speaks of that', async () => {
    const platform = await aShop()
    const walk = await begin(platform)
    const { id } = await walk.client.connections.save(walk.draft(secretKey))
    const ref = walk.engine.store.connections.get(id)?.secretRef ?? ''
    const { connections } = walk.engine.store
    const { noteSecret } = connections
    Object.assign(connections, { noteSecret: () => { throw new Error('the disk is full') } })
    await expect(walk.client.connections.save(walk.draft(otherKey, { id, label: 'Gent' }))).rejects.toThrow()
    await expect(walk.client.connections.save(walk.draft(otherKey))).rejects.toThrow()
    Object.assign(connections, { noteSecret })
    expect((await walk.client.connections.list()).map((one) => one.label)).toEqual(['Lyon'])
    expect(await walk.keychain.refs()).toEqual(ok([ref]))
    const entry = await walk.keychain.get(ref)
    expect(entry.ok ? entry.value?.['apiKey']?.reveal() : null).toBe(secretKey)
  })

  it('leaves nothing of a first password that was not entered', async () => {
    const platform = await aShop()
    const { client, draft, keychain } = await begin(platform)
    await expect(client.connections.save(draft(''))).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: expect.stringMatching(/^Secret API key is needed/), field: 'apiKey' },
    })
    expect([await client.connections.list(), await keychain.refs()]).toEqual([[], ok([])])
  })
})

describe('a connection that is removed', () => {
  it('never gives its name to another: incidents and the audit trail go on naming it', async () => {
    const platform = await aShop()
    const { client, draft } = await begin(platform)
    const { id } = await client.connections.save(draft(secretKey))
    await client.connections.remove({ id })
    expect((await client.connections.save(draft(secretKey))).id).toBe('medusa-2')
  })

  it('stays while a repair through it is on its way', async () => {
    const platform = await aShop()
    const { client, draft, engine } = await begin(platform)
    const { id } = await client.connections.save(draft(secretKey))
    engine.store.transaction((tx) => {
      engine.store.connections.save(tx, anErpConnection({ platform: 'scripted-erp' }))
      engine.store.pairs.save(tx, aPair({ shop: id }))
      engine.store.intents.add(tx, anIntent({ state: 'sending' }))
    })
    for (const side of [id, 'erp']) {
      await expect(client.connections.remove({ id: side })).rejects.toMatchObject({ code: 'REFUSED', data: { says: expect.stringContaining('on its way') } })
    }
    expect(await client.connections.list()).toHaveLength(2)
  })

  it('is not brought back by a form that was open meanwhile', async () => {
    const platform = await aShop()
    const { client, draft } = await begin(platform)
    const { id } = await client.connections.save(draft(secretKey))
    const outcomes = await Promise.allSettled([client.connections.remove({ id }), client.connections.save(draft(otherKey, { id }))])
    expect(outcomes.map((one) => one.status)).toEqual(['fulfilled', 'rejected'])
    expect(await client.connections.list()).toEqual([])
  })
})

describe('a test of a connection', () => {
  it('that does not end is ended after a minute and a half, in a sentence', async () => {
    const platform = await aShop()
    platform.misbehave('hang')
    const walk = await begin(platform)
    const answer = walk.client.connections.test(walk.draft(secretKey))
    await until(walk, async () => platform.seen.length > 0)
    const check = await passing(walk.clock, answer)
    expect(check).toMatchObject({ ok: false, steps: [{ state: 'failed' }] })
    expect(walk.logged.filter((line) => line.includes('"level":"error"'))).toEqual([])
  }, 20_000)

  it('ends with the person who asked', async () => {
    const platform = await aShop()
    platform.misbehave('hang')
    const walk = await begin(platform)
    const gone = new AbortController()
    const answer = walk.client.connections.test(walk.draft(secretKey), { signal: gone.signal }).catch(() => 'gone')
    await until(walk, async () => platform.seen.length > 0)
    gone.abort()
    expect(await answer).toBe('gone')
    await settle(20)
    // nothing waits for the platform or for the end of the test any more
    expect(walk.clock.sleeping()).toBe(0)
    await walk.clock.advance(minutes(2))
  })
})
