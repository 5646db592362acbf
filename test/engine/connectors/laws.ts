/**
 * The laws that every connector keeps (C1–C13), written once and run for each against its recorded platform.
 *
 * How to use it, in test/engine/connectors/<platform>/<platform>.test.ts:
 *
 *   describeConnector({
 *     definition: tryton,
 *     folder: 'tryton',
 *     start: () => scriptPlatform({ answer: …recorded answers…, isWrite: …, now: () => recordedAt }),
 *     settings: (url) => ({ baseUrl: `${url}/tryton/`, user: 'monitor' }),
 *     secrets: { password: 'monitor-pass-6.0' },
 *     recordedAt: Date.parse('2026-11-23T09:00:00Z'),
 *     records: { orders: 12, stock: 44 },
 *     isSignIn: (request) => …is this the login call…,
 *     lookups: [{ stream: 'orders', found: { by: 'number', values: ['SO-1'] }, ids: ['7'], absent: { by: 'number', values: ['SO-9'] } }],
 *     actions: [{ id: 'order.create', input }],
 *   })
 *
 * `start` gives a fresh platform each time (test/support/platform.ts); it should hold more rows than fit a page in at
 * least one stream, so that C4 and C7 mean something. The platform fails the test when it is asked what it does not know.
 */
import { afterEach, describe, expect, it } from 'vitest'
import type { FaultClass, Outcome } from '../../../src-main/domain/fault.ts'
import { type RecordKind, type StreamName, recordSchema } from '../../../src-main/domain/records.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import type {
  ActionDefinition,
  ActionInputs,
  Api,
  ConnectorDefinition,
  LookupKeys,
  OfferedActionId,
  Page,
  StreamDefinition,
} from '../../../src-main/engine/connectors/definition.ts'
import { secretWanted } from '../../../src-main/engine/connectors/definition.ts'
import { openTestApi } from '../../support/api.ts'
import type { Misbehaviour, ScriptedPlatform, SeenRequest } from '../../support/platform.ts'

export interface LawSubject<Settings> {
  readonly definition: ConnectorDefinition<Settings>
  readonly folder: string
  start(): Promise<ScriptedPlatform>
  settings(url: string): Settings
  readonly secrets: Readonly<Record<string, string>>
  /** The platform's time in the recordings: not before its newest stamp. Our clock stands there too. */
  readonly recordedAt: Instant
  /** How many rows a whole pass of each stream brings, so that an empty recording proves nothing. */
  readonly records: Partial<Readonly<Record<StreamName, number>>>
  /** A request that signs in; it is spared from the bad days. Left out where there is no session. */
  isSignIn?(request: SeenRequest): boolean
  readonly lookups: readonly {
    readonly stream: StreamName
    readonly found: LookupKeys
    /** The ids of the records that must come back for `found`. */
    readonly ids: readonly string[]
    /** Keys that the platform does not have, and whether the connector can prove it. */
    readonly absent: LookupKeys
    readonly proves: boolean
  }[]
  readonly actions: readonly GivenAction[]
  /** Which header carries what logs in, where it is not `authorization`. */
  readonly credentialHeader?: string
}

/** An action with what it is given. */
type GivenAction = {
  readonly [Id in OfferedActionId]: { readonly id: Id; readonly input: ActionInputs[Id] }
}[OfferedActionId]

const pagesMax = 1000

/** Which stream a kind of record belongs to. */
const streamsOfKind: Readonly<Record<RecordKind, readonly StreamName[]>> = {
  order: ['orders'],
  'erp-order': ['orders'],
  invoice: ['invoices'],
  'credit-note': ['credit-notes'],
  shipment: ['fulfilments', 'shipments'],
  return: ['returns'],
  payment: ['payments'],
  refund: ['refunds'],
  payout: ['payouts'],
  stock: ['stock'],
  product: ['products'],
  customer: ['customers'],
}

export function describeConnector<Settings>(subject: LawSubject<Settings>): void {
  const { definition } = subject
  const streams = definition.streams.map((stream) => ({ name: stream.name, stream }))
  const open: ScriptedPlatform[] = []
  const first = definition.streams[0]
  if (first === undefined) throw new Error(`${definition.id} reads nothing`)

  async function world(): Promise<World<Settings>> {
    const platform = await subject.start()
    open.push(platform)
    const settings = subject.settings(platform.url)
    const opened = openTestApi({
      connector: definition,
      settings,
      secrets: subject.secrets,
      at: subject.recordedAt,
    })
    return { platform, settings, ...opened }
  }

  afterEach(async () => {
    const platforms = open.splice(0)
    await Promise.all(platforms.map((platform) => platform.close()))
    for (const platform of platforms) platform.assertExpected()
  })

  const notSigningIn = (request: SeenRequest): boolean => subject.isSignIn?.(request) !== true

  describe(`connector ${definition.id}`, () => {
    it('C1 is called like its folder, and no setting is called like a secret', () => {
      expect(definition.id).toBe(subject.folder)
      const secret = new Set(definition.secretFields.map((field) => field.name))
      expect(definition.settingsFields.filter((field) => secret.has(field.name))).toEqual([])
      const given = new Set(Object.keys(subject.secrets))
      expect([...given].filter((name) => !secret.has(name))).toEqual([])
      expect(secretWanted(definition, given)).toBe(null)
      // where there is one way in only, it takes every field
      if (definition.secretSets === undefined) expect(given).toEqual(secret)
      expect((definition.secretSets ?? []).flat().filter((name) => !secret.has(name))).toEqual([])
      expect(definition.secretFields.every((field) => field.kind === 'password')).toBe(true)
      expect(definition.streams.every((stream) => stream.emits.includes(stream.name))).toBe(true)
      const settings = subject.settings('http://127.0.0.1:1')
      expect(definition.settings.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
      expect(definition.baseUrl(settings)).toMatch(/\/$/)
    })

    it('C2 passes its own check with good credentials', async () => {
      const { api, clock, platform, settings } = await world()
      // A check of many questions is paced, and the platform's time passes meanwhile as ours does.
      platform.setNow(() => clock.now())
      const check = value(await definition.check(api, settings))
      expect(check.steps.filter((step) => step.state === 'failed')).toEqual([])
      expect(check.steps.length).toBeGreaterThan(1)
      expect(Math.abs(check.clockOffsetMs ?? 0)).toBeLessThanOrEqual(1500)
    })

    it('C2 calls refused credentials by their name, in a read and in the check', async () => {
      const { api, platform, settings } = await world()
      platform.misbehave({ status: 401, json: { message: 'Unauthorized' } })
      expect(faultClass(await first.read(api, null, { settings, since: null }))).toBe('credentials')
      const check = await definition.check(api, settings)
      expect(check.ok ? check.value.steps.at(-1)?.state : check.fault.class).toMatch(
        /failed|credentials/,
      )
    })

    it('C2 signs in once more when a session has ended, and only where there is one', async () => {
      const { api, platform, settings } = await world()
      platform.misbehave(
        { status: 401, json: { message: 'Unauthorized' } },
        { times: 1, when: notSigningIn },
      )
      const outcome = await first.read(api, null, { settings, since: null })
      const signIns = platform.seen.filter((request) => !notSigningIn(request)).length
      expect({ ok: outcome.ok, signIns }).toEqual(
        subject.isSignIn === undefined ? { ok: false, signIns: 0 } : { ok: true, signIns: 2 },
      )
    })

    it.each(streams)(
      'C3 starts $name from a null cursor, with and without since',
      async ({ stream }) => {
        const { api, settings } = await world()
        const page = value(await stream.read(api, null, { settings, since: null }))
        expect(page.rows.length).toBeGreaterThan(0)
        value(
          await stream.read(api, null, { settings, since: subject.recordedAt - 365 * 86_400_000 }),
        )
      },
    )

    it.each(streams)(
      'C4 ends the pages of $name, and no key comes twice',
      async ({ name, stream }) => {
        const { api, settings } = await world()
        const pages = await pass(stream, api, settings, null)
        const keys = pages.flatMap((page) => keysIn(stream, page.rows, settings))
        expect(new Set(keys).size).toBe(keys.length)
        expect(pages.reduce((sum, page) => sum + page.rows.length, 0)).toBe(subject.records[name])
      },
    )

    it('C4 has more than one page in some stream', async () => {
      const { api, settings } = await world()
      const counts = []
      for (const { stream } of streams)
        counts.push((await pass(stream, api, settings, null)).length)
      expect(Math.max(...counts)).toBeGreaterThan(1)
    })

    it.each(streams)(
      'C5 turns every row of $name into records of the streams it names',
      async ({ stream }) => {
        const { api, settings } = await world()
        const emitted: readonly StreamName[] = stream.emits
        for (const row of (await pass(stream, api, settings, null)).flatMap((page) => page.rows)) {
          for (const record of stream.normalise(stream.raw.parse(row), settings)) {
            expect(recordSchema.parse(record)).toEqual(record)
            expect(streamsOfKind[record.kind].some((name) => emitted.includes(name))).toBe(true)
          }
        }
      },
    )

    it.each(streams)(
      'C6 normalises $name the same way each time and leaves the row alone',
      async ({ stream }) => {
        const { api, settings } = await world()
        for (const row of (await pass(stream, api, settings, null)).flatMap((page) => page.rows)) {
          const raw: unknown = deepFreeze(stream.raw.parse(row))
          expect(stream.normalise(raw, settings)).toEqual(stream.normalise(raw, settings))
        }
      },
    )

    it.each(streams)(
      'C7 loses nothing of $name when it resumes from any saved cursor',
      async ({ stream }) => {
        const { api, settings } = await world()
        const pages = await pass(stream, api, settings, null)
        const all = new Set(pages.flatMap((page) => keysIn(stream, page.rows, settings)))
        for (const [index, page] of pages.entries()) {
          if (page.next === null) continue
          const kept = pages
            .slice(0, index + 1)
            .flatMap((one) => keysIn(stream, one.rows, settings))
          const resumed = await pass(stream, api, settings, saved(stream, page.next))
          const rest = resumed.flatMap((one) => keysIn(stream, one.rows, settings))
          expect(new Set([...kept, ...rest])).toEqual(all)
        }
        const end = pages.at(-1)?.resumeAt ?? null
        const again = await pass(stream, api, settings, end === null ? null : saved(stream, end))
        const reread = again.flatMap((one) => keysIn(stream, one.rows, settings))
        expect(reread.length).toBeGreaterThan(0)
        expect(reread.every((key) => all.has(key))).toBe(true)
      },
    )

    it.each(streams)(
      'C8 calls a cursor of $name that lies in the future a fault of the cursor',
      async ({ stream }) => {
        const { api, platform, settings } = await world()
        const end = (await pass(stream, api, settings, null)).at(-1)?.resumeAt ?? null
        // A snapshot is read whole each time: where it keeps no cursor, none can lie ahead.
        if (end === null) return expect(stream.snapshot).toBe(true)
        platform.setNow(() => subject.recordedAt - 400 * 86_400_000)
        const outcome = await stream.read(api, saved(stream, end), { settings, since: null })
        expect(outcome.ok ? null : [outcome.fault.class, outcome.fault.path]).toEqual([
          'validation',
          'cursor',
        ])
      },
    )

    it('C9 gives back a pause that the platform asked for, when it is too long to wait for', async () => {
      const { api, platform, settings } = await world()
      platform.misbehave(
        { status: 429, headers: { 'retry-after': '120' }, json: {} },
        { when: notSigningIn },
      )
      const outcome = await first.read(api, null, { settings, since: null })
      expect(outcome.ok ? null : [outcome.fault.class, outcome.fault.retryAfterMs]).toEqual([
        'rate-limited',
        120_000,
      ])
    })

    it('C9 waits out a short pause by itself', async () => {
      const { api, clock, platform, settings } = await world()
      platform.misbehave(
        { status: 429, headers: { 'retry-after': '7' }, json: {} },
        { times: 1, when: notSigningIn },
      )
      value(await first.read(api, null, { settings, since: null }))
      expect(clock.slept).toContain(7000)
    })

    it.each<{ day: string; how: Misbehaviour; faultClass: FaultClass }>([
      {
        day: '429 without Retry-After',
        how: { status: 429, json: {} },
        faultClass: 'rate-limited',
      },
      { day: '500', how: { status: 500, json: {} }, faultClass: 'temporary' },
      {
        day: '503 with a page',
        how: { status: 503, headers: { 'content-type': 'text/html' }, text: '<html>' },
        faultClass: 'temporary',
      },
      { day: '403', how: { status: 403, json: {} }, faultClass: 'permission' },
      { day: 'a web page instead of data', how: 'html', faultClass: 'unexpected-shape' },
      { day: 'a page cut in half', how: 'cut', faultClass: 'unexpected-shape' },
      { day: 'a line that breaks in the middle', how: 'broken', faultClass: 'temporary' },
      { day: 'an empty answer', how: 'empty', faultClass: 'unexpected-shape' },
      {
        day: 'JSON of another shape',
        how: { json: { hello: 'world' } },
        faultClass: 'unexpected-shape',
      },
      {
        day: 'a redirect elsewhere',
        how: { status: 302, headers: { location: 'http://elsewhere.test/' } },
        faultClass: 'validation',
      },
    ])('C9 names $day as $faultClass', async ({ how, faultClass: expected }) => {
      const { api, platform, settings } = await world()
      platform.misbehave(how, { when: notSigningIn })
      const outcome = await first.read(api, null, { settings, since: null })
      expect(faultClass(outcome)).toBe(expected)
      expect(outcome.ok ? '' : outcome.fault.says).toMatch(/^[A-Z0-9].{20,}\.$/)
    })

    it('C9 stops reading an answer that is bigger than its limit', async () => {
      const { platform, settings } = await world()
      const limits = { ...definition.limits, answerBytesMax: 100_000 }
      const { api } = openTestApi({
        connector: { ...definition, limits },
        settings,
        secrets: subject.secrets,
        at: subject.recordedAt,
      })
      platform.misbehave({ hugeBytes: 50_000_000 }, { when: notSigningIn })
      const outcome = await first.read(api, null, { settings, since: null })
      expect(outcome.ok ? null : [outcome.fault.class, outcome.fault.says]).toEqual([
        'unexpected-shape',
        expect.stringContaining('too big'),
      ])
    })

    it('C10 stops at once when it is told to', async () => {
      const { abort, api, platform, settings } = await world()
      platform.misbehave('hang')
      const reading = first.read(api, null, { settings, since: null })
      const stopped = expect(reading).rejects.toThrow('stop now')
      setTimeout(() => abort(new Error('stop now')), 20)
      await stopped
      await expect(first.read(api, null, { settings, since: null })).rejects.toThrow('stop now')
    })

    it('C11 shows no secret in a log line, a fault or an address', async () => {
      const { api, log, platform, settings } = await world()
      value(await first.read(api, null, { settings, since: null }))
      platform.misbehave('echo-401', { when: notSigningIn })
      const refused = await first.read(api, null, { settings, since: null })
      const said = JSON.stringify([
        log,
        refused,
        platform.seen.map((request) => `${request.path}?${request.query}`),
      ])
      const carried = platform.seen.flatMap((request) =>
        [request.headers[subject.credentialHeader ?? 'authorization'] ?? []].flat(),
      )
      const bare = carried.map((header) => header.replace(/^\w+ /, ''))
      expect(carried.length).toBeGreaterThan(0)
      for (const secret of [...Object.values(subject.secrets), ...bare])
        expect(said).not.toContain(secret)
    })

    it.each(subject.actions)(
      'C12 writes nothing while $id is previewed and verified',
      async (given) => {
        const { api, settings } = await world()
        const { action, preview: previewed } = offered(definition, given)
        // The platform remembers every write as unexpected, and `afterEach` asks it.
        const preview = value(await previewed(api, settings))
        if (preview.kind !== 'ready') throw new Error(preview.says)
        const verification = value(
          await action.verify(api, preview.payload, keyOf(given), settings),
        )
        expect(verification.found).toEqual([])
      },
    )

    it.each(subject.actions)('C12 sends $id once, whatever the answer', async (given) => {
      const { api, platform, settings } = await world()
      const { action, preview: previewed } = offered(definition, given)
      const preview = value(await previewed(api, settings))
      if (preview.kind !== 'ready') throw new Error(preview.says)
      platform.allowWrites()
      const before = platform.seen.length
      platform.misbehave({ status: 503, json: {} }, { when: notSigningIn })
      const outcome = await action.send(api, preview.payload, keyOf(given), settings)
      expect(faultClass(outcome)).toBe('temporary')
      expect(platform.seen.slice(before).filter(notSigningIn)).toHaveLength(1)
    })

    it('C12 knows every action that the laws were given, and no other', () => {
      expect(definition.actions.map((action) => action.id)).toEqual(
        subject.actions.map((action) => action.id),
      )
    })

    it.each(subject.lookups)(
      'C13 finds the asked rows of $stream by $found.by, and only these',
      async (lookup) => {
        const { api, settings } = await world()
        const stream = definition.streams.find((one) => one.name === lookup.stream)
        if (stream?.lookup === undefined) throw new Error(`${lookup.stream} has no look-up`)
        const found = value(await stream.lookup(api, lookup.found, settings))
        const ids = found.rows
          .flatMap((row) => stream.normalise(stream.raw.parse(row), settings))
          .map((record) => record.id)
        expect(new Set(ids)).toEqual(new Set(lookup.ids))
        const none = value(await stream.lookup(api, lookup.absent, settings))
        expect(none).toEqual({ rows: [], complete: lookup.proves })
      },
    )
  })
}

interface World<Settings> extends ReturnType<typeof openTestApi> {
  readonly platform: ScriptedPlatform
  readonly settings: Settings
}

// oxlint-disable-next-line typescript/no-explicit-any -- each stream has its own row and cursor types, as in the definition
type AnyStream<Settings> = StreamDefinition<Settings, any, any>

/** The connector's action, and its preview with the given input. */
function offered<Settings>(definition: ConnectorDefinition<Settings>, given: GivenAction) {
  for (const action of definition.actions) {
    if (action.id === 'order.create' && given.id === 'order.create') return bound(action, given.input)
    if (action.id === 'invoice.create' && given.id === 'invoice.create') return bound(action, given.input)
    if (action.id === 'stock.set' && given.id === 'stock.set') return bound(action, given.input)
    if (action.id === 'status.push' && given.id === 'status.push') return bound(action, given.input)
  }
  throw new Error(`${definition.id} has no ${given.id}`)
}

/** Any that is the input's own. */
function keyOf({ input }: GivenAction): string {
  return 'reference' in input ? input.reference : 'parcel' in input ? `parcel:${input.parcel.name}` : `invoice:${input.number}`
}

function bound<Settings, Id extends OfferedActionId>(
  action: ActionDefinition<Settings, Id>,
  input: ActionInputs[Id],
) {
  return { action, preview: (api: Api, settings: Settings) => action.preview(api, input, settings) }
}

/** Reads to the end of a pass; throws for a fault and for pages without end. */
async function pass<Settings>(
  stream: AnyStream<Settings>,
  api: Api,
  settings: Settings,
  from: unknown,
): Promise<readonly Page[]> {
  const pages: Page[] = []
  let cursor = from
  do {
    if (pages.length >= pagesMax) throw new Error(`${stream.name} has no last page`)
    const page = value(await stream.read(api, cursor, { settings, since: null }))
    pages.push(page)
    cursor = page.next === null ? null : saved(stream, page.next)
  } while (cursor !== null)
  return pages
}

/** A cursor as the store gives it back: through JSON and the stream's own schema. */
function saved<Settings>(stream: AnyStream<Settings>, cursor: unknown): unknown {
  const back: unknown = stream.cursor.parse(JSON.parse(JSON.stringify(cursor)))
  return back
}

function keysIn<Settings>(
  stream: AnyStream<Settings>,
  rows: readonly unknown[],
  settings: Settings,
): string[] {
  return rows.flatMap((row) =>
    stream
      .normalise(stream.raw.parse(row), settings)
      .map((record) => `${record.kind} ${record.id}`),
  )
}

function value<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.fault.class}: ${outcome.fault.says} (${outcome.fault.detail})`)
}

function faultClass(outcome: Outcome<unknown>): FaultClass | null {
  return outcome.ok ? null : outcome.fault.class
}

function deepFreeze(frozen: unknown): unknown {
  if (typeof frozen === 'object' && frozen !== null)
    Object.values(Object.freeze(frozen)).forEach(deepFreeze)
  return frozen
}
