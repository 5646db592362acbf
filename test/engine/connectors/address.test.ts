import { describe, expect, it } from 'vitest'
import { baseOf, urlOf } from '../../../src-main/engine/connectors/address.ts'

describe('the address of a connection', () => {
  it.each([
    'https://shop.example.com/',
    'http://127.0.0.1:8003/',
    'http://127.8.9.1/',
    'http://localhost:9000/x/',
    'http://[::1]:8003/',
  ])('takes %s', (text) => {
    expect(baseOf(text)).toMatchObject({ ok: true })
  })

  it.each([
    ['http://shop.example.com/', /https/],
    ['http://10.0.0.5/', /https/],
    ['http://localhost.evil.example/', /https/],
    ['http://127.0.0.1.evil.example/', /https/],
    ['ftp://shop.example.com/', /web address/],
    ['shop.example.com', /web address/],
    ['https://user:pass@shop.example.com/', /password/],
    ['https://shop.example.com/?key=1', /\?/],
  ])('refuses %s and says why', (text, says) => {
    const outcome = baseOf(text)
    expect(outcome).toMatchObject({ ok: false, fault: { class: 'validation', path: 'baseUrl' } })
    expect(outcome.ok ? '' : outcome.fault.says).toMatch(says)
    expect(outcome.ok ? '' : JSON.stringify(outcome.fault)).not.toContain('pass@')
  })

  const base = new URL('https://shop.example.com/store/')

  it('joins paths and repeats repeated keys, leaving out what is not given', () => {
    const url = urlOf(base, {
      path: 'admin/orders',
      query: {
        'id[]': ['a b', 'c'],
        limit: 10,
        'updated_at[$gte]': '2026-11-23T00:00:00.000Z',
        q: null,
        x: undefined,
      },
    })
    expect(url.ok && url.value.href).toBe(
      'https://shop.example.com/store/admin/orders?id%5B%5D=a+b&id%5B%5D=c&limit=10&updated_at%5B%24gte%5D=2026-11-23T00%3A00%3A00.000Z',
    )
    const root = urlOf(base, { path: '' })
    expect(root.ok && root.value.href).toBe('https://shop.example.com/store/')
  })

  it.each([
    '../admin',
    'a/../../b',
    '/admin',
    '//evil.example/x',
    'https://evil.example/',
    '..%2f..',
    '%2e%2e/admin',
    String.raw`\\evil.example\x`,
    'a#b',
  ])('never leaves its base for %s', (path) => {
    const url = urlOf(base, { path })
    const inside =
      url.ok &&
      url.value.href.startsWith('https://shop.example.com/store/') &&
      !url.value.href.includes('#')
    expect(inside || !url.ok).toBe(true)
    if (path !== '..%2f..') expect(url.ok).toBe(false)
  })
})
