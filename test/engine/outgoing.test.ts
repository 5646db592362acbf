import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { fetch } from 'undici'
import { machineDispatcher } from '../../src-main/engine/outgoing.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** Answers everything with its own name and what it was asked for: a proxy is asked for whole addresses. */
async function aServer(name: string): Promise<string> {
  const server = createServer((request, response) => response.end(`${name} was asked for ${request.url}`))
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on a port has this kind of address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('the way of a request', () => {
  it('is the one that the machine names for its address, each time anew', async () => {
    const shop = await aServer('the shop')
    const proxy = await aServer('the proxy')
    let way: string | null = null
    const asked: string[] = []
    const dispatcher = machineDispatcher(async (url) => {
      asked.push(url)
      return way
    })
    const ask = async () => (await fetch(`${shop}/orders`, { dispatcher })).text()
    expect(await ask()).toBe('the shop was asked for /orders')
    way = proxy
    expect(await ask()).toBe(`the proxy was asked for ${shop}/orders`)
    way = null
    expect(await ask()).toBe('the shop was asked for /orders')
    expect(asked).toEqual([shop, shop, shop])
    await dispatcher.close()
  })

  it('is direct when the machine names nothing that can be understood', async () => {
    const shop = await aServer('the shop')
    const dispatcher = machineDispatcher(async () => 'not an address')
    expect(await (await fetch(`${shop}/a`, { dispatcher })).text()).toBe('the shop was asked for /a')
    await dispatcher.close()
  })

  it('ends as a failure of the request when the proxy is not there', async () => {
    const dispatcher = machineDispatcher(async () => 'http://127.0.0.1:9')
    await expect(fetch('http://shop.example/', { dispatcher })).rejects.toThrow('fetch failed')
    await dispatcher.close()
  })
})
