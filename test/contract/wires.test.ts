import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import { describe, expect, it } from 'vitest'
import type { contract } from '../../src-main/contract/operations.ts'
import { relayedWire } from '../../src-main/contract/wires.ts'
import { sampleEngine } from '../support/sample-engine.ts'

/** Two ends whose messages are cloned on their way, as they are between processes. */
function aRelayedLine() {
  const near = relayedWire((data) => far.deliver(structuredClone(data)))
  const far = relayedWire((data) => near.deliver(structuredClone(data)))
  new RPCHandler(sampleEngine().router).upgrade(far)
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port: near }))
  return { near, far, client }
}

describe('a relayed line', () => {
  it('carries the whole contract: answers, refusals and events', async () => {
    const { client } = aRelayedLine()
    expect(await client.connections.list()).not.toEqual([])
    await expect(client.incidents.get({ id: 'no such' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const events = await client.engine.events()
    const first = await events.next()
    expect(first.done).toBe(false)
    await events.return(undefined)
  })

  it('fails what still waits when it is closed, once', async () => {
    const { client, near } = aRelayedLine()
    let closes = 0
    near.addEventListener('close', () => {
      closes += 1
    })
    const events = await client.engine.events()
    await events.next()
    const outcome = events.next().then(
      () => 'answered',
      () => 'failed',
    )
    near.close()
    near.close()
    expect(await outcome).toBe('failed')
    expect(closes).toBe(1)
  })
})
