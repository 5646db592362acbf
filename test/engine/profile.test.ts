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

  const changed = (change: object) => ({ connections: [{ ...shop, ...change }] })
  const paired = (change: object) => ({ connections: [shop, erp], pairs: [{ ...pair, ...change }] })

  it.each([
    ['not an object', [], 'The profile must be an object in braces.'],
    ['no connections', {}, "The profile's connections is missing."],
    ['an empty list of them', { connections: [] }, "The profile's connections must not be empty."],
    ['a field that nobody knows', { ...paired({}), polls: 1 }, 'The profile has an unknown field polls.'],
    ['an unknown platform', changed({ platform: 'acme' }), "The profile's connections[0].platform must be one of medusa, odoo, shopify, tryton."],
    ['a text where there must be none', changed({ settings: 'none' }), "The profile's connections[0].settings must be an object in braces."],
    ['a missing setting', changed({ settings: {} }), "The profile's connections[0].settings.baseUrl is missing."],
    ['a setting of another kind', changed({ settings: { baseUrl: 7 } }), "The profile's connections[0].settings.baseUrl must be a text."],
    ['an address that is none', changed({ settings: { baseUrl: 'shop' } }), "The profile's connections[0].settings.baseUrl must be a web address in full, such as https://shop.example.com."],
    ['a misspelt setting', changed({ settings: { ...shop.settings, ordernumber: 'x' } }), "The profile's connections[0].settings has an unknown field ordernumber."],
    ['a missing secret', changed({ secrets: {} }), "The profile's connections[0].secrets.apiKey is missing."],
    ['a misspelt secret', changed({ secrets: { ...shop.secrets, apikey: { env: 'A' } } }), "The profile's connections[0].secrets has an unknown field apikey."],
    ['a secret from nowhere', changed({ secrets: { apiKey: {} } }), 'The profile\'s connections[0].secrets.apiKey must be {"env":"VAR"} or {"keychain":"REF"}.'],
    ['one id twice', { connections: [shop, shop] }, "The profile's connections[1].id is there twice: shop."],
    ['one pair twice', { connections: [shop, erp], pairs: [pair, pair] }, "The profile's pairs[1].id is there twice: main."],
    ['an ERP on the shop’s side', paired({ shop: 'erp' }), "The profile's pairs[0].shop must be the id of a connection to a shop."],
    ['a pair with nobody', paired({ erp: 'nobody' }), "The profile's pairs[0].erp must be the id of a connection to an ERP."],
    ['a companion that is not there', paired({ with: [{ role: 'payments', connection: 'bank' }] }), "The profile's pairs[0].with[0].connection must be the id of a connection of that role."],
    ['a pattern without its group', paired({ settings: { reference: 'SO-\\d+' } }), "The profile's pairs[0].settings.reference needs a group named number, such as (?<number>SO-\\d+)."],
    ['a pattern that is none', paired({ settings: { reference: '(' } }), "The profile's pairs[0].settings.reference is not a regular expression: Invalid regular expression: /(/u: Unterminated group."],
    ['a moment that is none', paired({ settings: { since: 'yesterday' } }), "The profile's pairs[0].settings.since must be a moment with its zone, such as 2026-11-23T09:00:00Z."],
    ['a grace before its time', paired({ settings: { graceMinutes: -1 } }), "The profile's pairs[0].settings.graceMinutes must be at least 0."],
    ['a due moment that nobody knows', paired({ settings: { due: { card: 'later' } } }), "The profile's pairs[0].settings.due.card must be one of placed, authorised, captured."],
  ])('is refused for %s, in one sentence that names the field', (_what, profile, says) => {
    expect(problemOf(profile)).toBe(says)
  })

  it('is refused for an address that holds a password, which is not repeated', () => {
    const problem = problemOf(changed({ settings: { ...shop.settings, baseUrl: 'https://user:secret@shop.example' } }))
    expect(problem).toMatch(/^The profile's connections\[0\]\.settings\.baseUrl cannot be used\. The address holds /)
    expect(problem).not.toContain('secret')
  })

  it('that cannot be read is named by its path', () => {
    expect(readProfile('/nowhere/seam.json')).toMatchObject({ problem: expect.stringContaining('/nowhere/seam.json') })
  })

  it('is described for editors by a schema that is current', () => {
    const shipped = readFileSync(new URL('../../resources/profile.schema.json', import.meta.url), 'utf8')
    expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(profileJsonSchema())))
  })
})
