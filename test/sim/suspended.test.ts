/** A computer that sleeps: what falls due meanwhile comes when it wakes, in its order, and not before. */
import { describe, expect, it } from 'vitest'
import { machineOn } from './suspended.ts'
import { virtualClock } from './virtual-clock.ts'

describe('a computer that sleeps', () => {
  it('wakes whoever waited on it at its own waking, in the order in which they fell due', async () => {
    const clock = virtualClock(0)
    const machine = machineOn(clock)
    const heard: string[] = []
    void machine.sleep(20).then(() => heard.push(`sleeper at ${machine.now()}`))
    machine.at(10, () => heard.push(`answer at ${machine.now()}`))
    machine.timeout(30).addEventListener('abort', () => heard.push(`time-out at ${machine.now()}`))
    machine.suspend(100)
    await clock.advanceTo(99)
    expect([machine.isAsleep, heard]).toEqual([true, []])
    await clock.advanceTo(100)
    expect([machine.isAsleep, heard]).toEqual([false, ['answer at 100', 'sleeper at 100', 'time-out at 100']])
  })

  it('holds up nothing that falls due while it is awake', async () => {
    const clock = virtualClock(0)
    const machine = machineOn(clock)
    const heard: number[] = []
    machine.suspend(50)
    void machine.sleep(80).then(() => heard.push(machine.now()))
    await clock.advanceTo(200)
    expect(heard).toEqual([80])
  })

  it('is still asleep for who is called away meanwhile', async () => {
    const machine = machineOn(virtualClock(0))
    const away = new AbortController()
    const asleep = machine.sleep(10, away.signal)
    machine.suspend(100)
    away.abort(new Error('come'))
    await expect(asleep).rejects.toThrow('come')
  })
})
