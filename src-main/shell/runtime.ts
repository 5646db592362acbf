/** What this run stands on: which Electron, which Node for the engine, and whether it may start at all. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** better-sqlite3's prebuilt binaries need it; an Electron with less is the old development runtime. */
const nodeApiNeeded = 10

export interface Machine {
  readonly napi: string | undefined
  readonly root: boolean
  readonly packaged: boolean
  readonly noSandbox: boolean
}

/** True on the old Electron that only development and tests run on: it gets no security fixes. */
export function isDevelopmentRuntime(machine: Pick<Machine, 'napi'>): boolean {
  return Number(machine.napi ?? 0) < nodeApiNeeded
}

/** Why this run must not go on; null when it may. The sandbox is only given up where Chromium cannot have one. */
export function refusalOf(machine: Machine): string | null {
  if (!machine.noSandbox) return null
  if (machine.packaged) return 'Plumbline does not run without its sandbox. Start it without --no-sandbox.'
  if (machine.root && isDevelopmentRuntime(machine)) return null
  return 'Plumbline runs without its sandbox only as root on the development runtime. Start it without --no-sandbox.'
}

/** Node 24 as the npm package `node` brings it, or the one that PLUMBLINE_NODE names; null when there is none. */
export function findNode(appPath: string, environment: Readonly<Record<string, string | undefined>>): string | null {
  const named = environment['PLUMBLINE_NODE']
  if (named !== undefined && named !== '') return named
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  const beside = join(appPath, 'node_modules', 'node', 'bin', binary)
  return existsSync(beside) ? beside : null
}
