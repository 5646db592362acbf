/**
 * The keychain against a real Secret Service. It runs where PLUMBLINE_KEYCHAIN=1 says that there is one:
 * dbus-run-session -- bash -c 'eval "$(echo -n pw | gnome-keyring-daemon --daemonize --unlock --components=secrets)"; …'
 */
import { afterEach, describe, expect, it } from 'vitest'
import { Secret } from '../../../src-main/domain/secret.ts'
import { systemClock } from '../../../src-main/engine/clock.ts'
import { keychainSecrets } from '../../../src-main/engine/secrets/keychain.ts'
import { memorySecrets } from '../../../src-main/engine/secrets/memory.ts'
import { engineSecrets } from '../../../src-main/engine/secrets/secrets.ts'
import { refOf } from '../../../src-main/engine/secrets/store.ts'

const there = process.env['PLUMBLINE_KEYCHAIN'] === '1'
if (!there) console.warn('SKIPPED: the keychain tests need a real Secret Service and PLUMBLINE_KEYCHAIN=1')

const installation = `test-${process.pid}`
const shop = refOf(installation, 'shop')

describe.skipIf(!there)('the keychain of this computer', () => {
  const keychain = keychainSecrets(systemClock)

  afterEach(async () => {
    await engineSecrets({ keychain, memory: memorySecrets(), environment: null }).sweep(installation, [])
  })

  it('is there', async () => {
    expect(await keychain.available()).toEqual({ usable: true })
  })

  it('gives back what was put, also to the next run', async () => {
    await keychain.put(shop, { apiKey: new Secret('sk_ü "quoted"\n'), password: new Secret('two') })
    const later = await keychainSecrets(systemClock).get(shop)
    if (!later.ok) throw new Error(later.fault.detail)
    expect(Object.entries(later.value ?? {}).map(([name, secret]) => [name, secret.reveal()])).toEqual([
      ['apiKey', 'sk_ü "quoted"\n'],
      ['password', 'two'],
    ])
  })

  it('puts the newest over the older, as one entry', async () => {
    await keychain.put(shop, { apiKey: new Secret('old') })
    await keychain.put(shop, { apiKey: new Secret('new') })
    const found = await keychain.get(shop)
    expect(found.ok && found.value?.['apiKey']?.reveal()).toBe('new')
    const refs = await keychain.refs()
    expect(refs.ok && refs.value.filter((ref) => ref === shop)).toEqual([shop])
  })

  it('knows nothing of what was removed, and says whether there was something', async () => {
    await keychain.put(shop, { apiKey: new Secret('k') })
    expect(await keychain.remove(shop)).toEqual({ ok: true, value: true })
    expect(await keychain.remove(shop)).toEqual({ ok: true, value: false })
    expect(await keychain.get(shop)).toEqual({ ok: true, value: null })
  })

  it('sweeps what belongs to no connection any more, and nothing of another installation', async () => {
    const other = refOf(`${installation}-other`, 'shop')
    const orphan = refOf(installation, 'removed')
    for (const ref of [shop, orphan, other]) {
      // oxlint-disable-next-line no-await-in-loop -- one entry after the other
      await keychain.put(ref, { apiKey: new Secret('k') })
    }
    const secrets = engineSecrets({ keychain, memory: memorySecrets(), environment: null })
    expect(await secrets.sweep(installation, [shop])).toEqual({ ok: true, value: 1 })
    const refs = await keychain.refs()
    const left = refs.ok ? refs.value.filter((ref) => ref.startsWith(installation)).toSorted() : []
    await keychain.remove(other)
    expect(left).toEqual([other, shop].toSorted())
  })
})
