/** Measures what DESIGN's budgets promise, each against a bare baseline in the same run. `--json` prints the figures. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureAsking } from './asking.ts'
import type { Figure } from './figures.ts'
import { measureIngest } from './ingest.ts'
import { measureJudging } from './judging.ts'
import { measureSteady } from './steady.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Orders of the large size; the budgets speak of 1,000,000. */
    orders: { type: 'string', default: '100000' },
  },
})
const large = Number(values.orders)
if (!Number.isSafeInteger(large) || large < 20_000) {
  process.stderr.write('--orders takes a whole number of at least 20000.\n')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'))
try {
  const figures: Figure[] = []
  /** In words as soon as they are known: the large size takes many minutes, and whoever stops it keeps what it has. */
  const tell = (measured: readonly Figure[]): void => {
    figures.push(...measured)
    const told = values.json ? process.stderr : process.stdout
    told.write(measured.map((figure) => `${inWords(figure)}\n`).join(''))
  }
  tell(measureIngest(folder, Math.min(large, 100_000)))
  tell(await measureJudging(folder, 10_000, large))
  tell(await measureAsking(folder, 10_000, large))
  tell(await measureSteady())
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function inWords(figure: Figure): string {
  const mark = figure.ok === null ? ' ' : figure.ok ? '✓' : '✗'
  const ratio = figure.ratio === null ? '' : `, ${figure.ratio} × the baseline of ${figure.baseline}`
  const budget = figure.budget === null ? '' : ` (budget ${figure.budget})`
  return `${mark} ${figure.name}: ${figure.value} ${figure.unit}${ratio}${budget}`
}
