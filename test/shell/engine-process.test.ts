import { describe, expect, it } from 'vitest'
import type { ToEngine } from '../../src-main/contract/wires.ts'
import {
  type EngineHostEvents,
  type EngineStanding,
  keepEngine,
  restartPauses,
  steadyAfter,
  stopMax,
} from '../../src-main/shell/engine-process.ts'
import { fakeClock } from '../support/clock.ts'

const first: Extract<ToEngine, { kind: 'start' }> = { kind: 'start', start: { databasePath: '/a', version: '1', demo: null } }

/** Hosts that do nothing by themselves: a test says when each runs and when it dies. */
function aShell() {
  const clock = fakeClock()
  const hosts: { events: EngineHostEvents; posted: ToEngine[]; clients: string[]; killed: boolean }[] = []
  const stood: EngineStanding[] = []
  const engine = keepEngine<string>({
    clock,
    first,
    heard: () => undefined,
    changed: (standing) => stood.push(standing),
    start(events) {
      const host = { events, posted: [] as ToEngine[], clients: [] as string[], killed: false }
      hosts.push(host)
      return {
        post: (message) => host.posted.push(message),
        connect: (client) => host.clients.push(client),
        kill() {
          host.killed = true
          events.exit(null)
        },
      }
    },
  })
  const latest = () => {
    const host = hosts.at(-1)
    if (host === undefined) throw new Error('no engine was started')
    return host
  }
  const run = () => latest().events.message({ kind: 'running' })
  const die = () => latest().events.exit(1)
  return { clock, hosts, stood, engine, latest, run, die }
}

describe('the engine process', () => {
  it('is told where its file lies, and runs when it says so', () => {
    const { engine, latest, run } = aShell()
    expect(engine.standing()).toEqual({ engine: 'starting', restarts: 0, says: null })
    run()
    expect(latest().posted).toEqual([first])
    expect(engine.standing()).toEqual({ engine: 'running', restarts: 0, says: null })
  })

  it('is restarted after 1, 5 and 30 seconds, and then stays stopped', async () => {
    const { clock, hosts, engine, run, die } = aShell()
    for (const [failure, pause] of restartPauses.entries()) {
      run()
      die()
      expect(engine.standing().engine).toBe('restarting')
      await clock.advance(pause - 1)
      expect(hosts).toHaveLength(failure + 1)
      await clock.advance(1)
      expect(hosts).toHaveLength(failure + 2)
    }
    die()
    await clock.advance(3_600_000)
    expect(engine.standing()).toEqual({ engine: 'stopped', restarts: 3, says: null })
    expect(hosts).toHaveLength(4)
  })

  it('counts its failures anew once it has run steadily', async () => {
    const { clock, hosts, run, die } = aShell()
    for (let failure = 1; failure <= 10; failure += 1) {
      run()
      await clock.advance(steadyAfter)
      die()
      await clock.advance(restartPauses[0])
      expect(hosts).toHaveLength(failure + 1)
    }
  })

  it('says why it could not open, is ended, and tried again', async () => {
    const { clock, engine, latest, hosts, run } = aShell()
    latest().events.message({ kind: 'failed', says: 'The file was written by a newer Plumbline.' })
    expect(latest().killed).toBe(true)
    expect(engine.standing()).toMatchObject({ engine: 'restarting', says: 'The file was written by a newer Plumbline.' })
    await clock.advance(restartPauses[0])
    expect(hosts).toHaveLength(2)
    run()
    expect(engine.standing()).toEqual({ engine: 'running', restarts: 1, says: null })
  })

  it('starts at once when a person asks, whether it waits or has stopped', async () => {
    const { clock, hosts, engine, die, run } = aShell()
    die()
    engine.restart()
    expect(hosts).toHaveLength(2)
    await clock.advance(60_000)
    expect(hosts).toHaveLength(2)
    run()
    engine.restart()
    expect(hosts).toHaveLength(2)
    expect(clock.sleeping()).toBe(0)
  })

  it('gives a line only while it runs', async () => {
    const { clock, engine, latest, run, die } = aShell()
    expect(engine.connect('early', 'port')).toBe(false)
    run()
    expect(engine.connect('page', 'port')).toBe(true)
    expect(latest().clients).toEqual(['page'])
    die()
    expect(engine.connect('late', 'port')).toBe(false)
    await clock.advance(restartPauses[0])
    expect(engine.connect('soon', 'port')).toBe(false)
  })

  it('is stopped gently, and left to finish', async () => {
    const { clock, engine, latest, run, stood } = aShell()
    run()
    let over = false
    const stopped = engine.stop().then(() => {
      over = true
    })
    expect(latest().posted.at(-1)).toEqual({ kind: 'stop' })
    await clock.advance(stopMax - 1)
    expect([over, latest().killed]).toEqual([false, false])
    latest().events.exit(0)
    await stopped
    expect(latest().killed).toBe(false)
    expect(clock.sleeping()).toBe(0)
    expect(stood.map((each) => each.engine)).toEqual(['running'])
  })

  it('is killed when it does not stop in time', async () => {
    const { clock, engine, latest, run } = aShell()
    run()
    const stopped = engine.stop()
    await clock.advance(stopMax)
    await stopped
    expect(latest().killed).toBe(true)
  })

  it('is not restarted once the app ends', async () => {
    const { clock, engine, hosts, die } = aShell()
    die()
    await engine.stop()
    engine.restart()
    await clock.advance(60_000)
    expect(hosts).toHaveLength(1)
  })
})
