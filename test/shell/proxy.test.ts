import { describe, expect, it } from 'vitest'
import { proxyOf } from '../../src-main/shell/proxy.ts'

describe('the way to an address', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.example:8080', 'http://proxy.example:8080'],
    ['HTTPS secure.example:443; DIRECT', 'https://secure.example:443'],
    ['SOCKS5 socks.example:1080; PROXY proxy.example:3128', 'http://proxy.example:3128'],
    ['DIRECT; PROXY proxy.example:8080', null],
    ['SOCKS socks.example:1080', null],
    ['', null],
  ])('%s', (answer, proxy) => {
    expect(proxyOf(answer)).toBe(proxy)
  })
})
