/** The demo's stage as the shell has it: a process that serves a living shop and ERP, takes pulls, and ends when told. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { FromWorld, LeverBoard, ToWorld } from '../../src-main/contract/demo.ts'

const file = resolve(import.meta.dirname, '..', '..', 'src-main', 'demo', 'process.ts')
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function aStage() {
  const child = fork(file, [], { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  children.push(child)
  const heard: FromWorld[] = []
  child.on('message', (message: FromWorld) => heard.push(message))
  const tell = (message: ToWorld): void => void child.send(message)
  tell({ kind: 'start', seed: 7 })
  await expect.poll(() => heard.map(({ kind }) => kind), { timeout: 30_000 }).toContain('running')
  const running = heard.find((message) => message.kind === 'running')
  if (running === undefined) throw new Error('the stage does not run')
  const board = (): LeverBoard => heard.findLast((message) => message.kind === 'board')?.board ?? { levers: [], pulls: [] }
  return { child, tell, seam: running.seam, board }
}

/** Asks for the number of orders in the shop's own protocol. */
async function orders(shop: string, token: string): Promise<unknown> {
  const response = await fetch(`${shop}/admin/api/2026-07/graphql.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
    body: JSON.stringify({ query: '{ orders(first: 1, reverse: true) { nodes { name } } }' }),
  })
  return response.status === 200 ? response.json() : response.status
}

describe('the stage of the demo', { timeout: 60_000 }, () => {
  it('serves a shop that has orders, to nobody without its key, and not at all once it is told to end', async () => {
    const { child, tell, seam } = await aStage()
    const shop = String(seam.shop.settings['shop'])
    expect(new URL(shop).hostname).toBe('127.0.0.1')
    expect(await orders(shop, String(seam.shop.secrets['accessToken']))).toMatchObject({ data: { orders: { nodes: [{ name: expect.stringMatching(/^#\d+$/) }] } } })
    expect(await orders(shop, 'shpat_of-somebody-else')).toBe(401)
    tell({ kind: 'stop' })
    expect(await once(child, 'exit')).toEqual([0, null])
    await expect(orders(shop, 'any')).rejects.toThrow()
  })

  it('breaks what is pulled, tells what should be said of it, and mends it again', async () => {
    const { tell, seam, board } = await aStage()
    const erp = `${String(seam.erp.settings['baseUrl'])}/jsonrpc`
    const ask = () => fetch(erp, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(({ status }) => status)
    expect(await ask()).toBe(200)
    tell({ kind: 'pull', lever: 'erp-down' })
    await expect.poll(() => board().pulls.map(({ expected }) => expected)).toEqual([[{ rule: 'F12-connection-blind', key: 'erp' }]])
    await expect(ask()).rejects.toThrow()
    tell({ kind: 'pull', lever: 'erp-down' })
    await expect.poll(() => board().pulls.map(({ mended }) => mended)).toEqual([true, false])
    expect(await ask()).toBe(200)
  })

  it('ends by itself when the shell is gone', async () => {
    const { child } = await aStage()
    child.disconnect()
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
