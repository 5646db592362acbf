import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, describe, expect, it } from 'vitest'
import type { DemoSeam } from '../../src-main/contract/demo.ts'
import type { contract } from '../../src-main/contract/operations.ts'
import { type FromEngine, type ToEngine, relayedWire } from '../../src-main/contract/wires.ts'

const file = resolve(import.meta.dirname, '..', '..', 'src-main', 'engine', 'process.ts')
const children: ChildProcess[] = []
const folders: string[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** The real engine in a Node process of its own, as the shell starts it where Electron's own Node is too old. */
function anEngine() {
  const child = fork(file, [], { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  children.push(child)
  const wire = relayedWire((data) => tell({ kind: 'relay', client: 'test', data }))
  const heard: FromEngine[] = []
  child.on('message', (message: FromEngine) => {
    if (message.kind === 'relay') wire.deliver(message.data)
    else heard.push(message)
  })
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: wire }))

  function tell(message: ToEngine): void {
    child.send(message)
  }

  function start(databasePath: string, demo: DemoSeam | null = null): void {
    tell({ kind: 'start', start: { databasePath, version: '9.9.9', demo } })
  }
  return { child, client, heard, tell, start }
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-process-'))
  folders.push(folder)
  return folder
}

/** Two sides at which nobody listens. */
const aSeam: DemoSeam = {
  shop: { id: 'shop', platform: 'medusa', label: 'Shop', settings: { baseUrl: 'http://127.0.0.1:9', orderNumber: 'display_id' }, secrets: { apiKey: 'throw-away-key' } },
  erp: {
    id: 'erp',
    platform: 'tryton',
    label: 'ERP',
    settings: { baseUrl: 'http://127.0.0.1:9/demo/', user: 'monitor' },
    secrets: { password: 'throw-away-password' },
  },
  pair: { graceMinutes: 0.1 },
}

describe('the engine in a process of its own', { timeout: 30_000 }, () => {
  it('opens its file, answers over a relayed line, and ends when it is told to', async () => {
    const { child, client, heard, tell, start } = anEngine()
    const folder = aFolder()
    const databasePath = join(folder, 'plumbline.sqlite')
    start(databasePath)
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([{ kind: 'running' }])
    tell({ kind: 'connect', client: 'test' })
    expect(await client.engine.about()).toMatchObject({ version: '9.9.9', databasePath })
    expect(await client.connections.list()).toEqual([])
    await expect(client.incidents.get({ id: 'no such' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    tell({ kind: 'resumed' })
    tell({ kind: 'stop' })
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(readFileSync(join(folder, 'plumbline.log'), 'utf8')).toMatch(/"engine-running","version":"9.9.9"/)
  })

  it('watches the demo it is given, remembers its secrets only, and takes no connection of a person', async () => {
    const { client, heard, tell, start } = anEngine()
    start(join(aFolder(), 'plumbline.sqlite'), aSeam)
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([{ kind: 'running' }])
    tell({ kind: 'connect', client: 'test' })
    const connections = await client.connections.list()
    expect(connections.map(({ id, secret }) => [id, secret.where])).toEqual([['shop', 'memory'], ['erp', 'memory']])
    expect(JSON.stringify(connections)).not.toContain('throw-away')
    expect((await client.engine.about()).banners).toEqual([])
    expect(await client.pairs.list()).toMatchObject([{ shop: 'shop', erp: 'erp', settings: { graceMinutes: 0.1 } }])
    expect(await client.settings.get()).toMatchObject({ pollSeconds: 5, repairs: { 'order.create': false } })
    const mine = { id: null, platform: 'medusa', label: 'Mine', settings: { baseUrl: 'https://shop.example' }, secrets: { apiKey: 'sk_real' } }
    const refused = { code: 'REFUSED', data: { says: expect.stringContaining('Leave the demo') } }
    await expect(client.connections.save(mine)).rejects.toMatchObject(refused)
    await expect(client.connections.test(mine)).rejects.toMatchObject(refused)
    await expect(client.connections.remove({ id: 'shop' })).rejects.toMatchObject(refused)
    // as it is kept, it may be tried: nobody is there, and that is what the test finds
    const [shop] = connections
    if (shop === undefined) throw new Error('the demo has no shop')
    const asKept = { id: 'shop', platform: shop.platform, label: shop.label, settings: shop.settings, secrets: {} }
    expect(await client.connections.test(asKept)).toMatchObject({ ok: false })
  })

  it('says why when it cannot open its file', async () => {
    const { heard, start } = anEngine()
    start(join(aFolder(), 'no', 'such', 'folder', 'plumbline.sqlite'))
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([{ kind: 'failed', says: expect.any(String) }])
  })

  it('ends by itself when the shell is gone', async () => {
    const { child, heard, start } = anEngine()
    start(join(aFolder(), 'plumbline.sqlite'))
    await expect.poll(() => heard, { timeout: 20_000 }).toHaveLength(1)
    child.disconnect()
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
