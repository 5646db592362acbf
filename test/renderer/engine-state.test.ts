// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { engineStates } from '../../src-main/contract/shell-messages.ts'
import { troubleOf } from '../../src-renderer/engine-state.tsx'
import { quietAfterMs } from '../../src-renderer/stores/link.ts'
import { someMorning as now } from './fake-clock.ts'

const shell = { plumbline: 'shell', engine: 'running', restarts: 0, says: null, wall: false, demo: false, developmentRuntime: false, version: '0.1.0' } as const
const well = { line: 'up', heardAt: now - 5_000, shell } as const

describe('the line above the screens', () => {
  it('is silent while the engine runs and is heard', () => {
    expect(troubleOf(well, now, now - 60_000)).toBe('none')
  })

  it.each(engineStates.filter((state) => state !== 'running'))('speaks up or waits when the shell says %s', (engine) => {
    const told = troubleOf({ ...well, line: engine === 'starting' ? 'none' : 'down', shell: { ...shell, engine } }, now, now - 60_000)
    expect(told).toBe({ starting: 'absent', restarting: 'restarting', stopped: 'stopped' }[engine])
  })

  it('says that the engine is quiet before a quarter of a minute is over twice, even if it was never heard', () => {
    expect(troubleOf({ ...well, heardAt: now - quietAfterMs }, now, now - 60_000)).toBe('none')
    expect(troubleOf({ ...well, heardAt: now - quietAfterMs - 1 }, now, now - 60_000)).toBe('quiet')
    expect(troubleOf({ ...well, heardAt: null }, now, now - 60_000)).toBe('quiet')
  })

  it('gives a start a few seconds before it calls the engine missing', () => {
    const first = { line: 'none', heardAt: null, shell: null } as const
    expect(troubleOf(first, now, now - 3_000)).toBe('none')
    expect(troubleOf(first, now, now - 5_000)).toBe('absent')
  })
})
