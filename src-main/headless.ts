/** The engine without a window: `check` makes one pass and prints it, `serve` stays and polls. */
import { constants, accessSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pairSchema, pairSettingsSchema } from './domain/pair.ts'
import { iso, seconds } from './domain/time.ts'
import { systemChance, systemClock } from './engine/clock.ts'
import { connectorFor } from './engine/connectors/registry.ts'
import { type Engine, openEngine } from './engine/engine.ts'
import { newLog } from './engine/log.ts'
import { type Profile, readProfile } from './engine/profile.ts'
import { type Report, reportOf } from './engine/report.ts'
import { type SecretPlan, environmentSecrets } from './engine/secrets/environment.ts'
import { keychainSecrets } from './engine/secrets/keychain.ts'
import { memorySecrets } from './engine/secrets/memory.ts'
import { engineSecrets } from './engine/secrets/secrets.ts'
import { NewerDatabaseError } from './engine/store/migrate.ts'

const usage = 'Use: check --profile FILE [--json], or serve [--profile FILE].'

const exitCodes = { fine: 0, critical: 1, badProfile: 2, blind: 3 } as const

/** How often `serve` says how it stands. */
const statusEvery = seconds(15)

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
    await engine.reconcile()
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
  while (!stop.signal.aborted) {
    // ends early when the run is to stop
    await systemClock.sleep(statusEvery, stop.signal).catch(() => undefined)
    if (!stop.signal.aborted && connections > 0) say(statusOf(engine))
  }
  await engine.stop()
  return exitCodes.fine
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

/** The profile is the truth of a headless run: what is not in it is not there. */
function settle({ store }: Engine, profile: Profile): void {
  store.transaction((tx) => {
    const kept = new Set(profile.connections.map((one) => one.id))
    for (const connection of store.connections.list()) if (!kept.has(connection.id)) store.connections.remove(tx, connection.id)
    for (const { id, platform, label, settings } of profile.connections) {
      const connector = connectorFor(platform)
      if (connector === null) throw new Error(`the profile was read with an unknown platform ${platform}`)
      const createdAt = store.connections.get(id)?.createdAt ?? systemClock.now()
      store.connections.save(tx, { id, platform, role: connector.role, label: label ?? connector.label, settings, secretRef: refOf(id), createdAt })
      store.connections.noteSecret(tx, id, 'environment', store.connections.secretOf(id).setAt ?? createdAt)
    }
    const pairs = new Set(profile.pairs.map((one) => one.id))
    for (const pair of store.pairs.list()) if (!pairs.has(pair.id)) store.pairs.remove(tx, pair.id)
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
  const open = store.incidents.live(100_000)
  const critical = open.filter((one) => one.severity === 'critical').length
  return `${iso(systemClock.now())}  ${sides.join(', ')}; ${open.length} open, ${critical} critical`
}

function versionOf(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0'
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof NewerDatabaseError)) throw error
  say(error.message)
  process.exitCode = exitCodes.badProfile
}
