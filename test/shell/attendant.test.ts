import { describe, expect, it } from 'vitest'
import { coalesced, engineClient, openAttendant } from '../../src-main/shell/attendant.ts'
import { settle } from '../support/clock.ts'
import { sampleEngine } from '../support/sample-engine.ts'

/** The real contract over a real channel, as the shell's own line to the engine is. */
function anAttendant() {
  const engine = sampleEngine({ mood: 'busy' })
  const { port1, port2 } = new MessageChannel()
  engine.serve(port2)
  port1.start()
  const counts: (number | null)[] = []
  const failures: unknown[] = []
  const followed: string[] = []
  const attendant = openAttendant({
    show: () => ({}),
    open: () => undefined,
    incidentsChanged: async (asked) => {
      followed.push((await asked.engine.about()).version)
    },
    criticalChanged: () => counts.push(attendant.critical()),
    failed: (error) => failures.push(error),
  })
  return { client: engineClient(port1), attendant, counts, failures, followed, hangUp: () => port2.close() }
}

describe('the shell as a client of the engine', () => {
  it('knows how many critical incidents are open while it attends, and nothing after', async () => {
    const { client, attendant, counts, failures, followed, hangUp } = anAttendant()
    const over = attendant.attend(client).catch(() => undefined)
    await expect.poll(() => attendant.critical()).toBeGreaterThan(0)
    const asked = { rule: null, search: null, limit: 200, offset: 0 } as const
    const all = await client.incidents.list({ ...asked, states: null, severities: ['critical'] })
    const open = all.rows.filter(({ state }) => ['open', 'acknowledged', 'repairing'].includes(state))
    expect(attendant.critical()).toBe(open.length)
    hangUp()
    await over
    expect(attendant.critical()).toBeNull()
    expect(counts).toEqual([open.length, null])
    expect(followed).toHaveLength(1)
    expect(failures).toEqual([])
  })
})

describe('work that many ask for at once', () => {
  it('runs once now and once more for all who came meanwhile', async () => {
    let runs = 0
    let { promise, resolve: finish } = Promise.withResolvers<void>()
    const ask = coalesced(
      async () => {
        runs += 1
        await promise
      },
      (error) => expect.fail(String(error)),
    )
    for (let time = 0; time < 100; time += 1) ask()
    expect(runs).toBe(1)
    const finishFirst = finish
    ;({ promise, resolve: finish } = Promise.withResolvers<void>())
    finishFirst()
    await settle()
    expect(runs).toBe(2)
    finish()
    await settle()
    expect(runs).toBe(2)
  })

  it('goes on after a failure', async () => {
    const failures: unknown[] = []
    const ask = coalesced(
      () => Promise.reject(new Error('no line')),
      (error) => failures.push(error),
    )
    ask()
    await settle()
    ask()
    await settle()
    expect(failures).toHaveLength(2)
  })
})
