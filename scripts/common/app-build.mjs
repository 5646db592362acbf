/** Builds the app with electron-vite when its sources are not those that `out/` was built from. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { say, Stop } from './notice.mjs'
import { node24, project } from './project.mjs'

const sources = [
  'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json',
  'resources', 'src-main', 'src-renderer',
]

export function buildWhenStale() {
  if (!isBuilt(project)) build()
}

export function build() {
  say('Building the app …')
  // Taken before: a source that changes during the build must lead to another one.
  const fingerprint = sourcesFingerprint(project)
  const electronVite = join(project, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const done = spawnSync(node24, [electronVite, 'build', '--logLevel', 'warn'], {
    cwd: project,
    stdio: ['ignore', 2, 2],
  })
  if (done.status !== 0) {
    throw new Stop('The app could not be built: mend what is named above, then run the command again.')
  }
  writeFileSync(stamp(project), fingerprint)
}

export function isBuilt(root) {
  return existsSync(stamp(root)) && readFileSync(stamp(root), 'utf8') === sourcesFingerprint(root)
}

/** By content: times of files lie after a checkout, an unpacked archive or a wrong clock. */
export function sourcesFingerprint(root) {
  const hash = createHash('sha256')
  for (const path of sources.flatMap((each) => filesUnder(root, each))) {
    const content = readFileSync(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function filesUnder(root, path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (statSync(full).isFile()) return [path]
  return readdirSync(full).sort().flatMap((name) => filesUnder(root, join(path, name)))
}

function stamp(root) {
  return join(root, 'out', 'built-from')
}
