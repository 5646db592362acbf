/** The headless engine as a person or a job runs it: a process, its output and its exit code. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../src-main/engine/store/store.ts'

const file = resolve(import.meta.dirname, '..', 'src-main', 'headless.ts')
const secret = 'sk_not-to-be-seen-anywhere'
const folders: string[] = []
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
}

function headless(args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  return { child, out: () => out, err: () => err, ended: once(child, 'close').then(([code]) => code as number | null) } // as node states it
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-headless-'))
  folders.push(folder)
  return folder
}

function profileFile(profile: unknown): string {
  const path = join(aFolder(), 'profile.json')
  writeFileSync(path, typeof profile === 'string' ? profile : JSON.stringify(profile))
  return path
}

/** A port that refuses at once. */
const nobody = 'http://127.0.0.1:9'

function aProfile(more: { apiKey?: unknown; baseUrl?: string; database?: string; pairs?: unknown } = {}) {
  return {
    connections: [
      {
        id: 'shop',
        platform: 'medusa',
        settings: { baseUrl: more.baseUrl ?? nobody, orderNumber: 'display_id' },
        secrets: { apiKey: more.apiKey ?? { env: 'SHOP_KEY' } },
      },
      { id: 'erp', platform: 'tryton', settings: { baseUrl: `${nobody}/company/`, user: 'plumbline' }, secrets: { password: { env: 'ERP_PASSWORD' } } },
    ],
    pairs: more.pairs ?? [{ id: 'pair', shop: 'shop', erp: 'erp', settings: { graceMinutes: 0 } }],
    ...(more.database === undefined ? {} : { database: more.database }),
  }
}

const passwords = { SHOP_KEY: secret, ERP_PASSWORD: secret }

/** What the profile is refused with: one sentence, nothing on stdout, exit 2. */
async function refusal(args: readonly string[], env: Record<string, string> = passwords): Promise<string> {
  const run = headless(args, env)
  const code = await run.ended
  expect([code, run.out()]).toEqual([2, ''])
  expect(run.err().trim().split('\n')).toHaveLength(1)
  return run.err().trim()
}

describe('a profile that cannot be used', { timeout: 60_000 }, () => {
  it('is named when it is not there', async () => {
    const path = join(aFolder(), 'none.json')
    expect(await refusal(['check', '--profile', path, '--json'])).toContain(`The profile ${path} cannot be read`)
  })

  it('is asked for when it is not named', async () => {
    expect(await refusal(['check', '--json'])).toMatch(/^Use: check --profile FILE/)
  })

  it('is refused with a literal secret, naming the field and never the secret', async () => {
    const run = headless(['check', '--profile', profileFile(aProfile({ apiKey: secret })), '--json'])
    expect(await run.ended).toBe(2)
    expect(run.err()).toMatch(/^The profile's connections\[0\]\.secrets\.apiKey is a password in plain text; [^\n]+\.\n$/)
    expect(run.out() + run.err()).not.toContain(secret)
  })

  it('is refused with a password in an address, and with text that is no JSON, without repeating either', async () => {
    const inAddress = await refusal(['check', '--profile', profileFile(aProfile({ baseUrl: `http://owner:${secret}@127.0.0.1:9` }))])
    expect(inAddress).toMatch(/^The profile's connections\[0\]\.settings\.baseUrl /)
    expect(inAddress).not.toContain(secret)
    const noJson = await refusal(['check', '--profile', profileFile(`{"apiKey": ${secret}`)])
    expect(noJson).toMatch(/is not valid JSON\.$/)
    expect(noJson).not.toContain(secret)
  })

  it('is refused where the pair names a side that is not there', async () => {
    const pairs = [{ id: 'pair', shop: 'shop', erp: 'ghost' }]
    expect(await refusal(['check', '--profile', profileFile(aProfile({ pairs }))])).toBe(
      "The profile's pairs[0].erp must be the id of a connection to an ERP.",
    )
  })

  it('is refused where the database cannot be opened, naming the field', async () => {
    const database = join(aFolder(), 'no', 'such', 'folder', 'plumbline.sqlite')
    expect(await refusal(['check', '--profile', profileFile(aProfile({ database })), '--json'])).toMatch(/^The profile's database /)
  })
})

describe('a side that cannot be reached', { timeout: 120_000 }, () => {
  it('ends with 3, and still prints one JSON object with everything in it', async () => {
    const run = headless(['check', '--profile', profileFile(aProfile()), '--json'], passwords)
    expect(await run.ended).toBe(3)
    expect(run.out().trim().split('\n')).toHaveLength(1)
    const report: unknown = JSON.parse(run.out())
    expect(report).toEqual({
      judgedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      connections: expect.arrayContaining([
        expect.objectContaining({ id: 'shop', platform: 'medusa', state: 'unreachable', clockOffsetMs: null }),
        expect.objectContaining({ id: 'erp', platform: 'tryton', state: 'unreachable', clockOffsetMs: null }),
      ]),
      incidents: expect.any(Array),
      notJudged: expect.any(Array),
      outOfScope: [],
      stock: [],
    })
    expect(report).toMatchObject({ connections: [{ streams: expect.arrayContaining([
      { name: 'orders', coveredFrom: null, coveredTo: null, records: 0, faults: { unreachable: expect.any(Number) } },
    ]) }, {}] })
    expect(report).toMatchObject({ incidents: expect.arrayContaining([
      expect.objectContaining({
        rule: 'F12-connection-blind',
        subject: { kind: 'connection', connection: 'shop', key: 'shop' },
        openedAt: expect.stringMatching(/Z$/),
        amount: null,
        cause: null,
        says: expect.any(String),
        severity: expect.any(String),
        evidence: expect.any(Array),
      }),
    ]) })
    expect(run.out() + run.err()).not.toContain(secret)
  })

  it('is refused, not unreachable, when its secret is not set; the sentence names the variable', async () => {
    const run = headless(['check', '--profile', profileFile(aProfile()), '--json'], { SHOP_KEY: '', ERP_PASSWORD: '' })
    expect(await run.ended).toBe(3)
    expect(JSON.parse(run.out())).toMatchObject({
      connections: expect.arrayContaining([
        expect.objectContaining({ id: 'shop', state: 'refused', says: expect.stringContaining('SHOP_KEY') }),
      ]),
    })
  })
})

describe('a database that is kept between runs', { timeout: 120_000 }, () => {
  it('holds nothing open about what the profile does not name any more', async () => {
    const database = join(aFolder(), 'plumbline.sqlite')
    const whole = aProfile({ database })
    expect(await headless(['check', '--profile', profileFile(whole)], passwords).ended).toBe(3)
    const half = { ...whole, connections: whole.connections.slice(0, 1), pairs: [] }
    const run = headless(['check', '--profile', profileFile(half), '--json'], passwords)
    expect(await run.ended).toBe(3)
    const subjects = (JSON.parse(run.out()) as { incidents: { subject: { key: string } }[] }).incidents.map((one) => one.subject.key)
    expect(subjects).toEqual(['shop'])
    const store = openStore(database, 0)
    const counts = store.incidents.countsByState()
    store.close()
    expect(counts).toEqual({ open: 1, resolved: 1 })
  })

  it('that another process holds is no reason to say that all is well', async () => {
    const database = join(aFolder(), 'plumbline.sqlite')
    openStore(database, 0).close()
    const holder = new Sqlite(database)
    holder.exec('BEGIN EXCLUSIVE')
    const run = headless(['check', '--profile', profileFile(aProfile({ database })), '--json'], passwords)
    expect([await run.ended, run.out()]).toEqual([70, ''])
    expect(run.err()).toMatch(/^Plumbline failed and knows nothing for sure: .*database is locked/)
    holder.close()
  })

  it('cannot be a folder', async () => {
    expect(await refusal(['check', '--profile', profileFile(aProfile({ database: aFolder() }))])).toMatch(/^The profile's database cannot be opened/)
  })
})

describe('serve', { timeout: 60_000 }, () => {
  it('tells each notice on the terminal, once, whoever starts it again', async () => {
    const database = join(aFolder(), 'plumbline.sqlite')
    const args = ['serve', '--profile', profileFile(aProfile({ database }))]
    const first = headless(args, passwords)
    await expect.poll(first.err, { timeout: 30_000 }).toMatch(/^high: .*A side cannot be read/m)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    const store = openStore(database, 0)
    expect(store.notices.pending(Number.MAX_SAFE_INTEGER)).toEqual([])
    store.close()
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`stays until ${signal}, and ends with 0`, async () => {
      const database = join(aFolder(), 'plumbline.sqlite')
      const run = headless(['serve', '--profile', profileFile(aProfile({ database }))], passwords)
      await expect.poll(run.err, { timeout: 30_000 }).toContain('watches 2 connections')
      run.child.kill(signal)
      expect(await run.ended).toBe(0)
      expect(run.out() + run.err()).not.toContain(secret)
    })
  }
})
