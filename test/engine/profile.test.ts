/** A headless run's profile: what is refused, in one sentence that names the field. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseProfile, profileJsonSchema, readProfile } from '../../src-main/engine/profile.ts'

const shop = {
  id: 'shop',
  platform: 'medusa',
  settings: { baseUrl: 'https://shop.example', orderNumber: 'display_id' },
  secrets: { apiKey: { env: 'SHOP_KEY' } },
}
const erp = {
  id: 'erp',
  platform: 'tryton',
  settings: { baseUrl: 'https://erp.example/main/', user: 'monitor' },
  secrets: { password: { keychain: 'erp' } },
}
const pair = { id: 'main', shop: 'shop', erp: 'erp' }

function problemOf(profile: unknown): string {
  const read = parseProfile(profile)
  return 'problem' in read ? read.problem : ''
}

describe('a profile', () => {
  it('is read when it names where each secret is', () => {
    expect(parseProfile({ connections: [shop, erp], pairs: [{ ...pair, settings: { graceMinutes: 0 } }] })).toMatchObject({
      profile: { pairs: [{ settings: { graceMinutes: 0 } }] },
    })
  })

  it('is refused when it holds a password, without repeating it', () => {
    const problem = problemOf({ connections: [{ ...shop, secrets: { apiKey: 'sk_very_secret' } }] })
    expect(problem).toContain("connections[0].secrets.apiKey is a password in plain text")
    expect(problem).not.toContain('sk_very_secret')
  })

  it.each([
    ['an unknown platform', { connections: [{ ...shop, platform: 'acme' }] }, 'connections[0].platform'],
    ['a missing secret', { connections: [{ ...shop, secrets: {} }] }, 'connections[0].secrets.apiKey is missing'],
    ['an address that is none', { connections: [{ ...shop, settings: { ...shop.settings, baseUrl: 'shop' } }] }, 'connections[0].settings.baseUrl'],
    ['one id twice', { connections: [shop, shop] }, 'connections[1].id is there twice'],
    ['an ERP on the shop’s side', { connections: [shop, erp], pairs: [{ ...pair, shop: 'erp' }] }, 'pairs[0].shop'],
    ['a pattern without its group', { connections: [shop, erp], pairs: [{ ...pair, settings: { reference: 'SO-\\d+' } }] }, 'pairs[0].settings.reference needs a group named number'],
    ['a field that nobody knows', { connections: [shop, erp], pairs: [pair], polls: 1 }, 'unknown field polls'],
    ['no connection', { connections: [] }, 'connections'],
  ])('is refused for %s, and the field is named', (_what, profile, words) => {
    expect(problemOf(profile)).toContain(words)
  })

  it('that cannot be read is named by its path', () => {
    expect(readProfile('/nowhere/seam.json')).toMatchObject({ problem: expect.stringContaining('/nowhere/seam.json') })
  })

  it('is described for editors by a schema that is current', () => {
    const shipped = readFileSync(new URL('../../resources/profile.schema.json', import.meta.url), 'utf8')
    expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(profileJsonSchema())))
  })
})
