/** The simulation over the smallest world: the real engine finds what was planted, cries no wolf, and one seed is one run. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hours, minutes } from '../../src-main/domain/time.ts'
import { fairClimate, roughClimate } from '../../src-main/world/wire/weather.ts'
import { endure } from './endure.ts'
import { firstMonday, runSeed } from './run.ts'
import { sumOf } from './sum.ts'
import { tinyStage } from './tiny/stage.ts'

/** Thousands of polls in each. */
vi.setConfig({ testTimeout: 60_000 })

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-sim-'))
  folders.push(folder)
  return folder
}

/** Fresh in every run, and named by whatever fails. */
const fresh = Math.floor(Math.random() * 1_000_000)

const busy = { lost: 0.05, doubled: 0.05, tardy: 0.1, everyMs: minutes(2) }

describe('a simulated quarter of a day', () => {
  it(`is found out in fair weather, without one false word (seed ${fresh})`, async () => {
    const { score } = await runSeed({ seed: fresh, days: 0.25, pollSeconds: 60, openStage: tinyStage(busy), historyPath: null })
    expect(score.failing).toEqual([])
    expect(score.orders).toBeGreaterThan(50)
  })

  it('of one seed is the same, to the word and the exchange', async () => {
    const folder = aFolder()
    const texts: string[] = []
    for (const nth of [1, 2]) {
      const historyPath = join(folder, `history-${nth}.txt`)
      await runSeed({ seed: 11, days: 0.1, pollSeconds: 60, openStage: tinyStage({ ...busy, climate: roughClimate }), historyPath })
      texts.push(readFileSync(historyPath, 'utf8'))
    }
    expect(texts[0]).toBe(texts[1])
    expect(texts[0]).toContain('PLANTED')
  })

  it('with an ERP that is down for hours has one notice and one recovery, and no order is called missing', async () => {
    const down = { kind: 'down', how: 'reset-before', from: firstMonday + hours(1), to: firstMonday + hours(4) } as const
    const openStage = tinyStage({ lost: 0, doubled: 0, tardy: 0, everyMs: minutes(1), erpClimate: { ...fairClimate, spells: [down] } })
    const { score, said } = await runSeed({ seed: 5, days: 0.25, pollSeconds: 120, openStage, historyPath: null })
    expect(said.map((one) => [one.rule, one.key])).toEqual([['F12-connection-blind', 'erp']])
    expect([score.falseAlarms, sumOf([score]).noticesPerDayP99]).toEqual([0, 2])
  })
})

describe('engines that die and repairs under bad weather', () => {
  it(`lose nothing promised and write nothing twice (seed ${fresh})`, async () => {
    const openStage = tinyStage({ climate: roughClimate, lost: 0.4, everyMs: minutes(1) })
    const ended = await endure({ seed: fresh, crashes: 8, replays: 20, pollSeconds: 60, folder: aFolder(), openStage })
    expect(ended.failing).toEqual([])
    expect([ended.crashes, ended.replays >= 20]).toEqual([8, true])
  })
})
