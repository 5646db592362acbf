import { describe, expect, it } from 'vitest'
import { loadMax, silenceMax, watchPage } from '../../src-main/shell/watchdog.ts'
import { fakeClock } from '../support/clock.ts'

function aWatchedPage() {
  const clock = fakeClock()
  let hung = 0
  const watchdog = watchPage(clock, () => {
    hung += 1
  })
  async function beatFor(seconds: number): Promise<void> {
    for (let beat = 0; beat < seconds; beat += 1) {
      watchdog.beat()
      await clock.advance(1000)
    }
  }
  return { clock, watchdog, beatFor, hung: () => hung }
}

describe('a page on the wall', () => {
  it('is left alone while its heart beats', async () => {
    const { beatFor, hung } = aWatchedPage()
    await beatFor(60)
    expect(hung()).toBe(0)
  })

  it('is said to hang once, soon after it has fallen silent', async () => {
    const { clock, beatFor, hung } = aWatchedPage()
    await beatFor(5)
    await clock.advance(silenceMax - 1000)
    expect(hung()).toBe(0)
    await clock.advance(500)
    expect(hung()).toBe(1)
    await clock.advance(silenceMax)
    expect(hung()).toBe(1)
  })

  it('has time to load before its first beat, and again after each loading', async () => {
    const { clock, watchdog, hung } = aWatchedPage()
    await clock.advance(loadMax)
    expect(hung()).toBe(0)
    watchdog.loading()
    await clock.advance(loadMax)
    expect(hung()).toBe(0)
    await clock.advance(500)
    expect(hung()).toBe(1)
  })

  it('is not blamed for a machine that slept', async () => {
    const { clock, watchdog, beatFor, hung } = aWatchedPage()
    await beatFor(5)
    watchdog.beat()
    clock.jump(3_600_000)
    await clock.advance(1000)
    expect(hung()).toBe(0)
    await clock.advance(silenceMax)
    expect(hung()).toBe(1)
  })

  it('is not watched any more once the wall is left', async () => {
    const { clock, watchdog, hung } = aWatchedPage()
    watchdog.stop()
    await clock.advance(60_000)
    expect([hung(), clock.sleeping()]).toEqual([0, 0])
  })
})
