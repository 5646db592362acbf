/** The engine without a window: `check` makes one pass and prints it, `serve` stays and polls. */
import { constants, accessSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pairSchema, pairSettingsSchema } from './domain/pair.ts'
import { iso, seconds } from './domain/time.ts'
import { systemChance, systemClock } from './engine/clock.ts'
import { connectorFor } from './engine/connectors/registry.ts'
import { type Engine, openEngine } from './engine/engine.ts'
import { closeAbout } from './engine/handlers/rooms.ts'
import { newLog } from './engine/log.ts'
import { type Profile, readProfile } from './engine/profile.ts'
import { type Report, reportOf } from './engine/report.ts'
import { type SecretPlan, environmentSecrets } from './engine/secrets/environment.ts'
import { keychainSecrets } from './engine/secrets/keychain.ts'
import { memorySecrets } from './engine/secrets/memory.ts'
import { engineSecrets } from './engine/secrets/secrets.ts'
import type { IncidentRecord } from './engine/store/incidents.ts'
import { NewerDatabaseError } from './engine/store/migrate.ts'

const usage = 'Use: check --profile FILE [--json], or serve [--profile FILE].'

/** `broken`: a bug of ours, or a disk that is full; nothing is known then, least of all that all is well. */
const exitCodes = { fine: 0, critical: 1, badProfile: 2, blind: 3, broken: 70 } as const

/** How often `serve` says how it stands, and looks whether there is something to tell. */
const statusEvery = seconds(15)
const lookEvery = seconds(1)

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { profile: { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
    strict: false,
  })
  const [command] = positionals
  const path = typeof values.profile === 'string' ? values.profile : null
  if (command === 'check' && path !== null) return withProfile(path, (profile) => check(profile, values.json === true))
  if (command === 'serve') return path === null ? serve(null) : withProfile(path, serve)
  say(usage)
  return exitCodes.badProfile
}

async function withProfile(path: string, run: (profile: Profile) => Promise<number>): Promise<number> {
  const read = readProfile(resolve(path))
  if ('problem' in read) {
    say(read.problem)
    return exitCodes.badProfile
  }
  const problem = unwritable(read.profile)
  if (problem !== null) {
    say(problem)
    return exitCodes.badProfile
  }
  return run(read.profile)
}

/** Why the database cannot be where the profile wants it; null when it can, as far as its folder goes. */
function unwritable({ database }: Profile): string | null {
  if (database === undefined) return null
  const folder = dirname(resolve(database))
  try {
    accessSync(folder, constants.R_OK | constants.W_OK)
    return null
  } catch {
    // missing or not ours: what to do about it is the same
    return `The profile's database cannot be opened: the folder ${folder} is not there or cannot be written.`
  }
}

async function check(profile: Profile, json: boolean): Promise<number> {
  const engine = await engineFor(profile)
  const startedAt = systemClock.now()
  try {
    const readings = await engine.scheduler.readAllOnce()
    if (!(await engine.reconcile())) throw new Error('what was read could not be judged')
    const passes = new Map(readings.map((one) => [one.connection.id, one.passes.map((reading) => reading.pass)]))
    const report = reportOf(engine.store, passes, startedAt)
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : inWords(report))
    if (report.connections.some((one) => one.state === 'unreachable' || one.state === 'refused')) return exitCodes.blind
    return report.incidents.some((one) => one.severity === 'critical') ? exitCodes.critical : exitCodes.fine
  } finally {
    await engine.stop()
  }
}

async function serve(profile: Profile | null): Promise<number> {
  const engine = await engineFor(profile)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  engine.start()
  const connections = engine.store.connections.list().length
  say(
    connections === 0
      ? 'Plumbline runs without a window and has no connection yet: give it a profile (serve --profile FILE), or start it where there is a display.'
      : `Plumbline runs without a window and watches ${connections} connections. Ctrl-C ends it.`,
  )
  let saidAt = systemClock.now()
  while (!stop.signal.aborted) {
    // ends early when the run is to stop
    await systemClock.sleep(lookEvery, stop.signal).catch(() => undefined)
    try {
      tellNotices(engine)
      if (connections === 0 || systemClock.now() - saidAt < statusEvery) continue
      saidAt = systemClock.now()
      say(statusOf(engine))
    } catch (error) {
      // the file may be held by another process for a while; it is looked at again
      say(`The database cannot be read just now: ${error instanceof Error ? error.message : String(error)}.`)
    }
  }
  await engine.stop()
  return exitCodes.fine
}

/** Here the terminal is where notices are shown; first shown, then noted, so that none is lost. */
function tellNotices({ store }: Engine): void {
  for (const notice of store.notices.pending(systemClock.now())) {
    say(`${notice.severity}: ${notice.title}. ${notice.body}`)
    store.transaction((tx) => store.notices.shown(tx, notice.id, systemClock.now()))
  }
}

async function engineFor(profile: Profile | null): Promise<Engine> {
  const keychain = keychainSecrets(systemClock)
  const plan: SecretPlan = Object.fromEntries(
    (profile?.connections ?? []).map((one) => [refOf(one.id), one.secrets]),
  )
  const engine = await openEngine({
    databasePath: profile?.database === undefined ? ':memory:' : resolve(profile.database),
    version: versionOf(),
    clock: systemClock,
    chance: systemChance,
    secrets: engineSecrets({
      keychain,
      memory: memorySecrets(),
      environment: environmentSecrets(plan, process.env, keychain),
    }),
    connectorOf: connectorFor,
    log: newLog({ write: (line) => process.stderr.write(line), clock: systemClock, format: 'plain', atLeast: 'warn' }),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  if (profile !== null) settle(engine, profile)
  return engine
}

function refOf(connection: string): string {
  return `profile/${connection}`
}

/** The profile is the truth of a headless run: what is not in it is not there, and what is open about it is closed. */
function settle({ store }: Engine, profile: Profile): void {
  store.transaction((tx) => {
    const close = (isAbout: (incident: IncidentRecord) => boolean): void =>
      closeAbout({ store, clock: systemClock }, tx, isAbout, 'The profile does not name it any more.')
    for (const pair of store.pairs.list()) {
      const now = profile.pairs.find((one) => one.id === pair.id)
      if (now?.shop === pair.shop && now.erp === pair.erp) continue
      close((incident) => incident.pair === pair.id)
      store.pairs.remove(tx, pair.id)
    }
    for (const { id, platform } of store.connections.list()) {
      // another platform under the same name is another connection
      if (profile.connections.some((one) => one.id === id && one.platform === platform)) continue
      close((incident) => incident.pair === null && incident.subject.connection === id)
      store.connections.remove(tx, id)
    }
    for (const { id, platform, label, settings } of profile.connections) {
      const connector = connectorFor(platform)
      if (connector === null) throw new Error(`the profile was read with an unknown platform ${platform}`)
      const createdAt = store.connections.get(id)?.createdAt ?? systemClock.now()
      store.connections.save(tx, { id, platform, role: connector.role, label: label ?? connector.label, settings, secretRef: refOf(id), createdAt })
      store.connections.noteSecret(tx, id, 'environment', store.connections.secretOf(id).setAt ?? createdAt)
    }
    for (const { id, shop, erp, with: beside, settings } of profile.pairs) {
      const given = Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => value !== undefined))
      store.pairs.save(tx, pairSchema.parse({ id, shop, erp, with: beside ?? [], settings: pairSettingsSchema.parse(given) }))
    }
  })
}

function inWords(report: Report): string {
  const sides = report.connections.map((one) => `${one.id}: ${one.state}${one.says === null ? '' : ` (${one.says})`}`)
  const incidents = report.incidents.map((one) => `${one.severity.padEnd(8)} ${one.says}`)
  const unjudged = report.notJudged.map((one) => `not judged: ${one.count} × ${one.why}`)
  return `${[...sides, ...(incidents.length === 0 ? ['No incident is open.'] : incidents), ...unjudged].join('\n')}\n`
}

function statusOf({ store }: Engine): string {
  const sides = store.connections.list().map((one) => `${one.label} ${store.connections.health(one.id).state}`)
  const counts = store.incidents.countsBySeverity()
  const open = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return `${iso(systemClock.now())}  ${sides.join(', ')}; ${open} open, ${counts.critical ?? 0} critical`
}

function versionOf(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0'
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

/** What a person can set right about the file, in a sentence; null where it is something else. */
function databaseProblem(error: unknown): string | null {
  if (error instanceof NewerDatabaseError) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!/^SQLITE_(?:CANTOPEN|READONLY|PERM)/.test(code)) return null
  return "The profile's database cannot be opened: it is no file, or may not be written."
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const problem = databaseProblem(error)
  say(problem ?? `Plumbline failed and knows nothing for sure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  process.exitCode = problem === null ? exitCodes.broken : exitCodes.badProfile
}
