/** Brings the real servers up in their seeded state for the whole suite, and stops them again if they were down before. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder, realFolder, runsFolder } from './pair.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const wereUp = ['medusa', 'tryton'].every((name) => runs(join(dataFolder, name, 'server.pid')))
  rmSync(runsFolder, { recursive: true, force: true })
  await script('up.sh')
  return async () => {
    if (!wereUp) await script('down.sh')
  }
}

/** Runs one of the scripts beside this file to its end, showing what it says. */
export function script(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // its words go to stderr: the suite's own report may be read from stdout
    const child = spawn('bash', [join(realFolder, name)], { stdio: ['ignore', process.stderr, process.stderr] })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`test/real/${name} ended with ${code}`))))
  })
}

function runs(pidFile: string): boolean {
  if (!existsSync(pidFile)) return false
  try {
    return process.kill(Number(readFileSync(pidFile, 'utf8')), 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}
