/** What a connection's form makes of what was typed, before anybody is asked. */
import { describe, expect, it } from 'vitest'
import { clockWords } from '../../../src-renderer/screens/connections/clock-words.ts'
import { oldestOf } from '../../../src-renderer/screens/connections/coverage.ts'
import { draftOf, problemsIn, startOf } from '../../../src-renderer/screens/connections/draft.ts'
import { sampleConnections, samplePlatforms } from '../../support/sample/connections.ts'

const now = Date.UTC(2026, 6, 14, 12)
const [medusa, tryton] = samplePlatforms
const [shop] = sampleConnections({ mood: 'calm', now, poll: 0 })
if (medusa === undefined || tryton === undefined || shop === undefined)
  throw new Error('the sample lacks a platform or a connection')

const typed = (baseUrl: string) => ({ platform: 'medusa', label: '', settings: { baseUrl } })

describe('an address', () => {
  it.each([
    ['https://shop.example.com'],
    ['https://shop.example.com:9000/backend'],
    ['http://localhost:9000'],
    ['http://127.0.0.1:8003'],
    ['http://[::1]:9000'],
  ])('%s is taken', (address) => {
    expect(problemsIn(typed(address), medusa, null, { apiKey: 'sk_1' })).toEqual({})
  })

  it.each([
    ['', /^An address is needed/],
    ['shop.example.com', /^Begin with https:\/\/, as in https:\/\/shop\.example\.com/],
    ['http://shop.example.com', /readable by others/],
    ['http://127.0.0.1.example.com', /readable by others/],
    ['ftp://shop.example.com', /^Begin with https:/],
    ['https://me:secret@shop.example.com', /^Leave user name and password out/],
    ['our shop!', /^This is not a web address/],
  ])('%s is refused in words', (address, words) => {
    expect(problemsIn(typed(address), medusa, null, { apiKey: 'sk_1' })['baseUrl']).toMatch(words)
  })
})

describe('the secrets of a platform with two ways in', () => {
  const field = (name: string) => ({ ...medusa.secretFields[0], name, label: name, help: '', kind: 'password' as const, placeholder: '', choices: [] })
  const both = { ...medusa, secretFields: ['id', 'secret', 'token'].map(field), secretSets: [['id', 'secret'], ['token']] }
  const wanted = (secrets: Record<string, string>) =>
    Object.keys(problemsIn(typed('https://shop.example.com'), both, null, secrets))

  it.each([
    [{ token: 't' }, []],
    [{ id: 'i', secret: 's' }, []],
    [{ id: 'i' }, ['secret']],
    [{ secret: 's' }, ['id']],
    [{}, ['token']],
  ])('with %o typed want %o', (secrets, names) => {
    expect(wanted(secrets)).toEqual(names)
  })
})

describe('a draft', () => {
  it('gives what was filled in and leaves out what was not', () => {
    const draft = {
      platform: 'tryton',
      label: '  ',
      settings: { baseUrl: ' https://erp.example.com/x/ ', user: '', warehouses: ['WH-1'] },
    }
    expect(draftOf(draft, tryton, null, { password: '' })).toMatchObject({
      id: null,
      settings: { baseUrl: 'https://erp.example.com/x/', warehouses: ['WH-1'] },
      secrets: {},
    })
    expect(draftOf(draft, tryton, null, { password: '' }).settings).not.toHaveProperty('user')
    expect(draftOf(draft, tryton, null, {}).label).not.toBe('')
  })

  it('keeps settings that its form does not know', () => {
    const existing = { ...shop, settings: { ...shop.settings, added: 'by a profile' } }
    expect(draftOf(startOf(existing, samplePlatforms), medusa, existing, {})).toMatchObject({
      id: shop.id,
      label: shop.label,
      settings: existing.settings,
    })
  })

  it('needs no secret where one is kept', () => {
    expect(problemsIn(startOf(shop, samplePlatforms), medusa, shop, {})).toEqual({})
    expect(problemsIn(startOf(shop, samplePlatforms), medusa, null, {})).toHaveProperty('apiKey')
  })
})

describe('a clock in words', () => {
  it.each([
    [null, true, /states no time/],
    [400, true, /^Agrees/],
    [-72_000, true, /ahead of this computer/],
    [600_000, false, /^10.min behind this computer/],
    [-600_000, false, /^10.min ahead of this computer/],
  ])('%s ms off', (offset, fine, words) => {
    const told = clockWords(offset, 'the shop')
    expect([told.fine, words.test(told.says)]).toEqual([fine, true])
    if (!fine) expect(told.todo).toContain('Set the clock of this computer')
  })
})

describe('the age of a connection', () => {
  it('is that of the stream furthest past its promise, not of the oldest one', () => {
    const [orders, customers] = shop.streams
    if (orders === undefined || customers === undefined) throw new Error('the sample lacks streams')
    const late = { ...orders, coveredTo: now - 300_000, staleAfterMs: 60_000 }
    const old = { ...customers, coveredTo: now - 3_600_000, staleAfterMs: 7_200_000 }
    expect(oldestOf([late, old])).toEqual({ at: now - 300_000, staleAfterMs: 60_000 })
  })

  it('is not known while one stream was never read', () => {
    expect(
      oldestOf(
        shop.streams.map((stream, index) =>
          index === 2 ? { ...stream, coveredTo: null } : stream,
        ),
      ).at,
    ).toBeNull()
  })
})
