/** Where passwords go when the keychain is there, is not there, or a profile names their variables; never into a file. */
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../src-main/domain/secret.ts'
import { minutes } from '../../../src-main/domain/time.ts'
import { type SecretPlan, environmentSecrets } from '../../../src-main/engine/secrets/environment.ts'
import { type Keytar, keychainSecrets } from '../../../src-main/engine/secrets/keychain.ts'
import { memorySecrets } from '../../../src-main/engine/secrets/memory.ts'
import { engineSecrets } from '../../../src-main/engine/secrets/secrets.ts'
import { fakeClock } from '../../support/clock.ts'

/** Keytar as it behaves: with a Secret Service, or with nobody to ask. */
function scriptedKeytar(there: () => boolean): Keytar & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>()
  const asked = (): void => {
    if (!there()) throw new Error('zbus error: Failed to connect to address `unix:path=/run/user/0/bus`')
  }
  return {
    entries,
    // as the real one on a Linux desktop without a Secret Service: the single calls fall back and throw nothing
    getPassword: async (_service, account) => (there() ? (entries.get(account) ?? null) : null),
    async setPassword(_service, account, password) {
      if (there()) entries.set(account, password)
    },
    deletePassword: async (_service, account) => there() && entries.delete(account),
    async findCredentials() {
      asked()
      return [...entries].map(([account, password]) => ({ account, password }))
    },
  }
}

function world(options: { there?: () => boolean; plan?: SecretPlan; environment?: Record<string, string> } = {}) {
  const keytar = scriptedKeytar(options.there ?? (() => true))
  const keychain = keychainSecrets(fakeClock(), async () => keytar)
  const environment = options.plan === undefined ? null : environmentSecrets(options.plan, options.environment ?? {}, keychain)
  const memory = memorySecrets()
  return { keytar, keychain, memory, secrets: engineSecrets({ keychain, memory, environment }) }
}

const key = { apiKey: new Secret('sk_live_1') }

describe('passwords', () => {
  it('go into the keychain, as one entry a connection', async () => {
    const { keytar, secrets } = world()
    expect(await secrets.put('here/shop', key)).toEqual({ ok: true, value: 'keychain' })
    expect([...keytar.entries]).toEqual([['here/shop', '{"apiKey":"sk_live_1"}']])
    expect(secrets.banner()).toBeNull()
  })

  it('live in this run only where there is no keychain, and a banner says so', async () => {
    const { secrets } = world({ there: () => false })
    expect(await secrets.put('here/shop', key)).toEqual({ ok: true, value: 'memory' })
    const found = await secrets.get('here/shop')
    expect(found.ok && found.value?.['apiKey']?.reveal()).toBe('sk_live_1')
    expect(secrets.banner()).toMatch(/this run only.*entered again.*Secret Service/s)
  })

  it('move into the keychain when they are entered again and it is there by now', async () => {
    let there = false
    const { memory, secrets } = world({ there: () => there })
    await secrets.put('here/shop', key)
    there = true
    expect(await secrets.put('here/shop', key)).toEqual({ ok: true, value: 'keychain' })
    expect([secrets.banner(), await memory.refs()]).toEqual([null, { ok: true, value: [] }])
  })

  it('that no keychain can be asked for are a passing fault, not passwords that were never there', async () => {
    let there = true
    const { secrets } = world({ there: () => there })
    await secrets.put('here/shop', key)
    there = false
    const found = await secrets.get('here/shop')
    expect(found.ok ? null : [found.fault.class, found.fault.says]).toEqual([
      'temporary',
      expect.stringMatching(/keychain cannot be used.*Unlock it/s),
    ])
    there = true
    expect((await secrets.get('here/never')).ok && (await secrets.get('here/never'))).toEqual({ ok: true, value: null })
  })

  it('of a keychain that never answers are given up after a while', async () => {
    const clock = fakeClock()
    const silent = keychainSecrets(clock, () => new Promise<Keytar>(() => undefined))
    const asking = silent.get('here/shop')
    await clock.advance(minutes(2))
    const found = await asking
    expect(found.ok ? null : found.fault.class).toBe('temporary')
    expect(clock.sleeping()).toBe(0)
  })

  it('are not forgotten while the keychain that holds them cannot be asked', async () => {
    let there = true
    const { secrets } = world({ there: () => there })
    await secrets.put('here/shop', key)
    there = false
    expect((await secrets.remove('here/shop', 'keychain')).ok).toBe(false)
    expect(await secrets.remove('here/lost', 'memory')).toEqual({ ok: true, value: null })
    there = true
    await secrets.remove('here/shop', 'keychain')
    expect(await secrets.get('here/shop')).toEqual({ ok: true, value: null })
  })

  it('without a native module are a state to show', async () => {
    const none = keychainSecrets(fakeClock(), async () => {
      throw new Error('Cannot find native binding')
    })
    expect(await none.available()).toEqual({ usable: false, says: expect.stringContaining('keychain') })
  })

  it('in an entry of another shape count as none', async () => {
    const { keytar, secrets } = world()
    for (const text of ['not json', '[1]', '{"apiKey":1}']) keytar.entries.set(text, text)
    const found = await Promise.all(['not json', '[1]', '{"apiKey":1}'].map((ref) => secrets.get(ref)))
    expect(found).toEqual(Array.from({ length: 3 }, () => ({ ok: true, value: null })))
  })

  it('are swept away when their connection is no more, but not those of another database', async () => {
    const { keytar, secrets } = world()
    for (const ref of ['here/shop', 'here/gone', 'there/shop']) keytar.entries.set(ref, '{}')
    expect(await secrets.sweep('here', ['here/shop'])).toEqual({ ok: true, value: 1 })
    expect([...keytar.entries.keys()]).toEqual(['here/shop', 'there/shop'])
  })
})

describe('secrets of a headless profile', () => {
  const plan = { 'here/shop': { apiKey: { env: 'SHOP_KEY' } }, 'here/erp': { password: { keychain: 'erp-entry' } } }

  it('come from the variables and the keychain entries that it names', async () => {
    const { keytar, secrets } = world({ plan, environment: { SHOP_KEY: 'from-env' } })
    keytar.entries.set('erp-entry', '{"password":"from-keychain"}')
    const [shop, erp] = [await secrets.get('here/shop'), await secrets.get('here/erp')]
    expect(shop.ok && shop.value?.['apiKey']?.reveal()).toBe('from-env')
    expect(erp.ok && erp.value?.['password']?.reveal()).toBe('from-keychain')
  })

  it.each([
    ['here/shop', /SHOP_KEY.*not set/],
    ['here/erp', /no password under erp-entry/],
  ])('that are missing for %s are named', async (ref, words) => {
    const { secrets } = world({ plan })
    const found = await secrets.get(ref)
    expect(found.ok ? null : [found.fault.class, found.fault.says]).toEqual(['credentials', expect.stringMatching(words)])
  })

  it('are changed in the profile and nowhere else', async () => {
    const { keytar, secrets } = world({ plan })
    const refused = await secrets.put('here/shop', key)
    expect(refused.ok ? null : refused.fault.says).toMatch(/profile/)
    expect(keytar.entries.size).toBe(0)
  })
})

describe('a secret', () => {
  it('prints itself nowhere', () => {
    const secret = new Secret('sk_live_1')
    const printed = [String(secret), `${JSON.stringify({ secret })}`, inspect({ secret }), inspect([secret], { showHidden: true })]
    expect(printed.join(' ')).not.toContain('sk_live_1')
    expect(printed[0]).toBe('[secret]')
  })
})
