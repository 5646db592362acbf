/** `check` against a real shop and a real ERP must say exactly what holds between them: no incident less, none more. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Report, type Run, check, reportOf } from './check.ts'
import { type ExpectedIncident, expected, profile, secretsOf, servers } from './pair.ts'
import { script } from './servers.ts'

const pair = servers()
const truth = expected()

/** Only what expected.json speaks of, in an order that does not depend on who wrote the list. */
function plain(incidents: readonly ExpectedIncident[]): readonly ExpectedIncident[] {
  return incidents
    .map(({ rule, subject, amount, cause }) => ({ rule, subject, amount, cause }))
    .sort((a, b) => `${a.rule} ${a.subject.key}`.localeCompare(`${b.rule} ${b.subject.key}`))
}

/** How a run ended: its exit code and the state of both connections. */
function outcome(run: Run): { code: number | null; shop: string | undefined; erp: string | undefined } {
  const { connections } = reportOf(run)
  const state = (id: string): string | undefined => connections.find((one) => one.id === id)?.state
  return { code: run.code, shop: state('shop'), erp: state('erp') }
}

function ordersIn(run: Run) {
  return reportOf(run).incidents.filter((incident) => incident.subject.kind === 'order')
}

/** Whatever a side does not say, no order may be called missing for it: it is counted as not judged. */
function expectBlind(run: Run): void {
  expect(ordersIn(run)).toEqual([])
  expect(reportOf(run).notJudged.reduce((sum, one) => sum + one.count, 0)).toBeGreaterThan(0)
}

describe('check on a real pair', () => {
  const described = profile(pair)
  let run: Run
  let report: Report
  beforeAll(async () => {
    run = await check(described, secretsOf(pair))
    report = reportOf(run)
  })

  it('reaches both sides and reads every stream without a fault', () => {
    const reached = report.connections.map(({ id, platform, state }) => [id, { platform, state }])
    expect(Object.fromEntries(reached)).toEqual({ shop: { platform: 'medusa', state: 'ok' }, erp: { platform: 'tryton', state: 'ok' } })
    const streams = report.connections.flatMap((one) => one.streams)
    expect(streams.filter((stream) => stream.coveredTo === null || Object.keys(stream.faults).length > 0)).toEqual([])
    expect(streams.every((stream) => stream.records >= 0)).toBe(true)
  })

  it('finds every incident that was planted, with its amount and cause, and no other', () => {
    expect(plain(report.incidents)).toEqual(plain(truth.incidents))
  })

  it.each(truth.silent)('says nothing of $number: $why', ({ number }) => {
    expect(report.incidents.filter((incident) => incident.subject.key === number)).toEqual([])
  })

  it('calls lost money and selling what is not there critical, and ends with 1 because of them', () => {
    const critical = report.incidents.filter((incident) => incident.severity === 'critical').map((incident) => `${incident.rule} ${incident.subject.key}`)
    const must = truth.incidents
      .filter((incident) => incident.rule === 'F02-paid-order-missing' || incident.subject.key === 'NOTE-A5-DOT@Lyon')
      .map((incident) => `${incident.rule} ${incident.subject.key}`)
    expect(critical).toEqual(expect.arrayContaining(must))
    expect(run.code).toBe(1)
  })

  it('leaves what it cannot know after one read unsaid: no percentile without an observed change', () => {
    expect(report.stock.length).toBeGreaterThan(0)
    expect(report.stock.filter((row) => row.p50Ms !== null || row.p95Ms !== null)).toEqual([])
  })

  it('shows no secret in anything it prints', () => {
    for (const secret of Object.values(secretsOf(pair))) expect(run.stdout + run.stderr).not.toContain(secret)
  })

  it('says the same again on the next pass over the same database', async () => {
    const again = reportOf(await check(described, secretsOf(pair)))
    expect(plain(again.incidents)).toEqual(plain(truth.incidents))
  })
})

describe('check on a bad day', () => {
  it('calls a wrong password of the ERP refused, and judges no order', async () => {
    const run = await check(profile(pair), { ...secretsOf(pair), PLUMBLINE_TEST_ERP_PASSWORD: 'not-the-password' })
    try {
      expect(outcome(run)).toEqual({ code: 3, shop: 'ok', erp: 'refused' })
      expectBlind(run)
    } finally {
      await script('tryton/forgive.sh')
    }
  })

  it('calls a wrong key of the shop refused, and judges no order', async () => {
    const run = await check(profile(pair), { ...secretsOf(pair), PLUMBLINE_TEST_SHOP_KEY: 'sk_not_the_key' })
    expect(outcome(run)).toEqual({ code: 3, shop: 'refused', erp: 'ok' })
    expect(ordersIn(run)).toEqual([])
  })

  it('calls a stopped ERP unreachable, and judges no order', async () => {
    await script('tryton/stop.sh')
    try {
      const run = await check(profile(pair), secretsOf(pair))
      expect(outcome(run)).toEqual({ code: 3, shop: 'ok', erp: 'unreachable' })
      expectBlind(run)
    } finally {
      await script('tryton/start.sh')
    }
  })

  it('calls a stopped shop unreachable, and calls no sale of the ERP an orphan', async () => {
    await script('medusa/stop.sh')
    try {
      const run = await check(profile(pair), secretsOf(pair))
      expect(outcome(run)).toEqual({ code: 3, shop: 'unreachable', erp: 'ok' })
      expect(ordersIn(run)).toEqual([])
    } finally {
      await script('medusa/start.sh')
    }
  })

  it.each([
    { field: 'apiKey', index: 0, secret: 'sk_written_into_the_file' },
    { field: 'password', index: 1, secret: 'written-into-the-file' },
  ])('refuses a profile with a literal $field in one sentence that names it and does not repeat it', async ({ field, index, secret }) => {
    const described = profile(pair)
    described.connections[index] = { ...at(described.connections, index), secrets: { [field]: secret } } as never
    const run = await check(described, secretsOf(pair))
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' })
    expect(run.stderr.trim()).toMatch(new RegExp(`^[^\\n]*${field}[^\\n]*\\.$`))
    expect(run.stderr).not.toContain(secret)
  })
})

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}
