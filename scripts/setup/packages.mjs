/** Brings node_modules to what package-lock.json says, the project's own Node among it. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say, Stop } from '../common/notice.mjs'
import { npm } from '../common/npm.mjs'
import { node24, project } from '../common/project.mjs'

export function ensurePackages() {
  if (!matchesLock(project)) install()
  if (!nodeWorks()) repairNode()
}

/**
 * Whether what npm noted as installed is what the lock asks for. npm writes that note last, so an
 * interrupted installation has none.
 */
export function matchesLock(root) {
  const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'))
  if (installed === null) return false
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  if (wanted === null) {
    throw new Stop(
      'package-lock.json is missing or not JSON: restore it with `git checkout package-lock.json`.',
    )
  }
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = installed[path]
    // Optional packages for other platforms are in the lock and never installed.
    if (found === undefined) return entry.optional === true || entry.devOptional === true
    return found.version === entry.version && found.integrity === entry.integrity
  })
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

function install() {
  say('Installing the packages that package-lock.json lists (about a minute the first time) …')
  // Windows cannot delete a running program, and `npm ci` would delete the Node that runs us.
  const runsOnOwnNode = process.platform === 'win32' && process.execPath.startsWith(project)
  const code = npm([
    runsOnOwnNode ? 'install' : 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error',
  ])
  if (code !== 0) {
    throw new Stop(
      'npm could not install the packages (its reason is above): if it says that the lock file is ' +
      'not in sync, run `npm install`, else check the network or proxy; then run the command again.',
    )
  }
}

function nodeWorks() {
  const answer = spawnSync(node24, ['--version'], { encoding: 'utf8' })
  return answer.status === 0 && answer.stdout.startsWith('v24.')
}

/** The package `node` fetches its binary in an install script, which npm may have skipped. */
function repairNode() {
  say("The project's own Node 24 is missing; running its install script …")
  npm(['rebuild', 'node', '--loglevel=error'])
  if (!nodeWorks()) {
    throw new Stop(
      "The project's own Node 24 could not be installed: allow its install script (`npm config set " +
      'ignore-scripts false --location=project`), then run `npm rebuild node`.',
    )
  }
}
