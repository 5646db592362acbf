/** Files that a platform lays elsewhere: read in pieces, without credentials, and never from an unsafe address. */
import { afterEach, describe, expect, it } from 'vitest'
import { ok } from '../../../src-main/domain/fault.ts'
import type { Download } from '../../../src-main/engine/connectors/definition.ts'
import { openTestApi } from '../../support/api.ts'
import { type Script, type ScriptedPlatform, scriptPlatform } from '../../support/platform.ts'

const key = 'sk_0123456789abcdef'
const open: ScriptedPlatform[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((platform) => platform.close()))
})

async function bucket(answer: Script['answer'], base = 'http://127.0.0.1:1/') {
  const platform = await scriptPlatform({ answer })
  open.push(platform)
  const opened = openTestApi({
    connector: {
      label: 'Shop',
      limits: { concurrent: 2, perMinute: 600, answerBytesMax: 1000 },
      baseUrl: () => base,
      authorise: async ({ secrets }) =>
        ok(secrets['key'] === undefined ? {} : { authorization: secrets['key'] }),
    },
    settings: {},
    secrets: { key },
    at: 0,
  })
  const wanted = (more: Partial<Download> = {}): Download => ({
    url: `${platform.url}/file?sig=key-to-it`,
    from: 0,
    bytesMax: 4,
    ...more,
  })
  return { platform, wanted, ...opened }
}

/** A server that knows ranges. */
function ranged(file: string): Script['answer'] {
  return ({ headers }) => {
    const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(String(headers['range'])) ?? []
    if (Number(from) >= file.length) return { status: 416, text: '' }
    const end = Math.min(Number(to), file.length - 1)
    return {
      status: 206,
      headers: { 'content-range': `bytes ${from}-${end}/${file.length}` },
      text: file.slice(Number(from), end + 1),
    }
  }
}

const servers: readonly (readonly [string, Script['answer']])[] = [
  ['knows ranges', ranged('0123456789')],
  ['sends all of it', () => ({ text: '0123456789' })],
]

describe.each(servers)('a file from a server that %s', (_what, answer) => {
  it.each([
    [0, '0123', false],
    [4, '4567', false],
    [6, '6789', true],
    [8, '89', true],
    [10, '', true],
  ])('is read from byte %i', async (from, text, last) => {
    const { api, wanted } = await bucket(answer)
    const piece = await api.download(wanted({ from }))
    expect(
      piece.ok ? [Buffer.from(piece.value.bytes).toString(), piece.value.last] : piece.fault,
    ).toEqual([text, last])
  })
})

describe('a download', () => {
  it('shows no credentials, and asks for nothing compressed', async () => {
    const { api, platform, wanted } = await bucket(ranged('0123'))
    await api.download(wanted())
    const [seen] = platform.seen
    expect(seen?.headers['authorization']).toBeUndefined()
    expect(JSON.stringify(seen?.headers)).not.toContain(key)
    expect(seen?.headers['accept-encoding']).toBe('identity')
  })

  it('tells neither log nor fault the key in its address', async () => {
    const { api, log, wanted } = await bucket(() => ({ status: 403, text: '' }))
    const refused = await api.download(wanted())
    expect(refused).toMatchObject({ ok: false, fault: { class: 'permission' } })
    expect(JSON.stringify([refused, log])).not.toContain('key-to-it')
    expect(log).toMatchObject([{ method: 'GET', path: '/file', status: 403, fault: 'permission' }])
  })

  it.each([
    'http://storage.example.com/file',
    'https://me:secret@storage.example.com/file',
    'file:///etc/passwd',
    'none',
  ])('never goes to %s', async (url) => {
    const { api, wanted } = await bucket(ranged('0123'))
    expect(await api.download(wanted({ url }))).toMatchObject({
      ok: false,
      fault: { class: 'unexpected-shape', path: 'url' },
    })
  })

  it('never goes to this computer for a platform that is elsewhere', async () => {
    const { api, platform, wanted } = await bucket(ranged('0123'), 'https://shop.example/')
    expect(await api.download(wanted())).toMatchObject({ ok: false, fault: { path: 'url' } })
    expect(platform.seen).toEqual([])
  })

  it('follows no redirect', async () => {
    const { api, platform, wanted } = await bucket(() => ({
      status: 302,
      headers: { location: 'http://elsewhere.test/' },
    }))
    expect(await api.download(wanted())).toMatchObject({
      ok: false,
      fault: { class: 'validation' },
    })
    expect(platform.seen).toHaveLength(1)
  })

  it('names a line that breaks, and keeps nothing of it', async () => {
    const { api, platform, wanted } = await bucket(() => ({
      json: { a: 'long enough to be cut in the middle' },
    }))
    platform.misbehave('broken')
    expect(await api.download(wanted({ bytesMax: 1000 }))).toMatchObject({
      ok: false,
      fault: { class: 'temporary' },
    })
  })
})
