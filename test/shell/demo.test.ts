import { describe, expect, it } from 'vitest'
import type { DemoSeam, ToWorld } from '../../src-main/contract/demo.ts'
import { type WorldEvents, keepDemo } from '../../src-main/shell/demo.ts'
import { type EngineStanding, stopMax } from '../../src-main/shell/engine-process.ts'
import type { Watch } from '../../src-main/shell/watch.ts'
import { fakeClock, settle } from '../support/clock.ts'
import { aLever } from '../support/sample/levers.ts'

const seam: DemoSeam = {
  shop: { id: 'shop', platform: 'shopify', label: 'Shop', settings: {}, secrets: {} },
  erp: { id: 'erp', platform: 'odoo', label: 'ERP', settings: {}, secrets: {} },
  pair: {},
}

/** Worlds and engines that do nothing by themselves: a test says when each serves and when it dies. */
function aDemo() {
  const clock = fakeClock()
  const worlds: { events: WorldEvents; posted: ToWorld[]; killed: boolean }[] = []
  const engines: { seam: DemoSeam; stand: (next: EngineStanding) => void; calls: string[] }[] = []
  const stood: string[] = []
  const demo = keepDemo<string>({
    clock,
    seed: 7,
    changed: () => stood.push(demo.standing().engine),
    boardChanged: () => stood.push('board'),
    startWorld(events) {
      const world = { events, posted: [] as ToWorld[], killed: false }
      worlds.push(world)
      return {
        post: (message) => world.posted.push(message),
        kill() {
          world.killed = true
          events.exit()
        },
      }
    },
    startWatch(given): Watch<string> {
      let standing: EngineStanding = { engine: 'running', restarts: 0, says: null }
      const calls: string[] = []
      engines.push({ seam: given, calls, stand: (next) => (standing = next) })
      return {
        standing: () => standing,
        newPort: () => `port ${engines.length}`,
        critical: () => 3,
        readNow: () => calls.push('read now'),
        restart: () => calls.push('restart'),
        tell: ({ kind }) => calls.push(kind),
        stop: async () => void calls.push('stop'),
      }
    },
  })
  const world = () => {
    const latest = worlds.at(-1)
    if (latest === undefined) throw new Error('no world was started')
    return latest
  }
  return { clock, demo, worlds, engines, stood, world, serve: () => world().events.message({ kind: 'running', seam }) }
}

describe('the demo', () => {
  it('starts its world from a seed, and an engine to watch it once it serves', () => {
    const { demo, world, engines, serve } = aDemo()
    expect([demo.standing().engine, demo.newPort(), demo.critical()]).toEqual(['starting', null, null])
    expect(world().posted).toEqual([{ kind: 'start', seed: 7 }])
    serve()
    expect(engines.map((engine) => engine.seam)).toEqual([seam])
    expect([demo.standing().engine, demo.newPort(), demo.critical()]).toEqual(['running', 'port 1', 3])
  })

  it('passes on what is pulled, and what the world tells of its levers', () => {
    const { demo, world, stood, serve } = aDemo()
    serve()
    demo.pull('erp-down')
    expect(world().posted.at(-1)).toEqual({ kind: 'pull', lever: 'erp-down' })
    const board = { levers: [aLever({ on: true })], pulls: [] }
    world().events.message({ kind: 'board', board })
    expect([demo.board(), stood.at(-1)]).toEqual([board, 'board'])
  })

  it('ends its engine with its world, says why, and begins anew when somebody asks', async () => {
    const { demo, world, worlds, engines, serve } = aDemo()
    serve()
    engines[0]?.stand({ engine: 'running', restarts: 2, says: null })
    world().events.exit()
    await settle()
    expect(demo.standing()).toEqual({ engine: 'stopped', restarts: 3, says: 'The simulated shop and ERP have stopped.' })
    expect([engines[0]?.calls, demo.newPort(), demo.board().levers]).toEqual([['stop'], null, []])
    demo.restart()
    expect([worlds.length, demo.standing().engine]).toEqual([2, 'starting'])
    serve()
    // another run than any before, so that the page takes another line
    expect(demo.standing()).toEqual({ engine: 'running', restarts: 3, says: null })
    expect(demo.newPort()).toBe('port 2')
  })

  it('says why its world could not begin', () => {
    const { demo, world } = aDemo()
    world().events.message({ kind: 'failed', says: 'There is no Node.js 24 for the Plumbline demo.' })
    expect(world().killed).toBe(true)
    expect(demo.standing()).toMatchObject({ engine: 'stopped', says: 'There is no Node.js 24 for the Plumbline demo.' })
  })

  it('restarts an engine that has stopped over a world that goes on', () => {
    const { demo, worlds, engines, serve } = aDemo()
    serve()
    demo.restart()
    expect([worlds.length, engines[0]?.calls]).toEqual([1, ['restart']])
  })

  it('stops the engine first, then its world, and kills a world that does not end', async () => {
    const { clock, demo, world, engines, serve } = aDemo()
    serve()
    const stopped = demo.stop()
    await settle()
    expect([engines[0]?.calls, world().posted.at(-1)]).toEqual([['stop'], { kind: 'stop' }])
    await clock.advance(stopMax)
    await stopped
    expect([world().killed, clock.sleeping()]).toEqual([true, 0])
  })

  it('starts no engine for a world that serves only when it is to end', async () => {
    const { demo, world, engines, serve } = aDemo()
    const stopped = demo.stop()
    serve()
    await settle()
    world().events.exit()
    await stopped
    expect(engines).toEqual([])
  })
})
