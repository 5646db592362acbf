/** Simulated platforms over real sockets: what a client sees of an answer, a cut, a reset and silence. */
import { afterEach, describe, expect, it } from 'vitest'
import { fetch } from 'undici'
import type { Server, WireRequest } from '../../../src-main/world/wire/exchange.ts'
import { type Loopback, serveOnLoopback } from '../../../src-main/world/wire/loopback.ts'

const open: Loopback[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function serving(server: Server): Promise<string> {
  const loopback = await serveOnLoopback(server)
  open.push(loopback)
  return loopback.url
}

describe('a platform on loopback', () => {
  it('is given the whole request, and its answer arrives with its own headers and no other date', async () => {
    const seen: WireRequest[] = []
    const url = await serving((request) => {
      seen.push(request)
      return { kind: 'answer', status: 201, headers: { 'x-own': 'yes' }, body: '"größer"', delayMs: 5 }
    })
    const response = await fetch(`${url}/a?b=c`, { method: 'POST', headers: { 'X-Key': 'k' }, body: '{"é":1}' })
    expect([response.status, response.headers.get('x-own'), response.headers.get('date'), await response.text()]).toEqual([201, 'yes', null, '"größer"'])
    expect(seen).toMatchObject([{ method: 'POST', path: '/a?b=c', headers: { 'x-key': 'k' }, body: '{"é":1}' }])
  })

  it('that cuts sends what it promised to, and ends the line', async () => {
    const url = await serving(() => ({ kind: 'answer', status: 200, headers: {}, body: '0123456789', cutAfter: 4 }))
    const response = await fetch(url)
    await expect(response.text()).rejects.toThrow('terminated')
  })

  it('that resets gives no answer at all', async () => {
    const url = await serving(() => ({ kind: 'reset' }))
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  })

  it('that is silent is silent until the client goes, and closes all the same', async () => {
    const url = await serving(() => ({ kind: 'silence' }))
    await expect(fetch(url, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' })
    const still = fetch(url).then(() => 'answered', () => 'cut off')
    await open.pop()?.close()
    expect(await still).toBe('cut off')
  })

  it('refuses what is too big to be a request of anybody’s', async () => {
    const url = await serving(() => ({ kind: 'answer', status: 200, headers: {}, body: '' }))
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(11 * 1024 * 1024) }).then((answer) => answer.status, () => 413)
    expect(response).toBe(413)
  })
})
