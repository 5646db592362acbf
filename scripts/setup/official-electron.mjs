/** The Electron of package.json, whose binary its own installer fetches from GitHub or a mirror. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { say } from '../common/notice.mjs'
import { node24, project } from '../common/project.mjs'

const dayMs = 24 * 60 * 60 * 1000

/** @returns {string | null} the path of its binary, when it is there in the version we ask for */
export function officialElectron(root = project, env = process.env) {
  const folder = join(root, 'node_modules', 'electron')
  const binary = readIfThere(join(folder, 'path.txt'))
  if (env.ELECTRON_OVERRIDE_DIST_PATH) {
    return present(join(env.ELECTRON_OVERRIDE_DIST_PATH, binary ?? 'electron'))
  }
  const version = readIfThere(join(folder, 'dist', 'version'))?.replace(/^v/, '')
  if (binary === null || version !== wantedVersion(root)) return null
  return present(join(folder, 'dist', binary))
}

/** Tries the download; a failure is noted, so that set-up need not wait for the same one again. */
export function fetchOfficial(root = project, env = process.env, now = Date.now()) {
  if (officialElectron(root, env) !== null) return
  const attempt = attemptNow(root, env)
  say(`Fetching Electron ${attempt.version} from ${attempt.mirror ?? 'its GitHub releases'} …`)
  spawnSync(node24, [join(root, 'node_modules', 'electron', 'install.js')], {
    stdio: ['ignore', 2, 2],
    // Without this, Node's fetch would not use the proxy that the environment names.
    env: { ...env, NODE_USE_ENV_PROXY: '1' },
  })
  if (officialElectron(root, env) !== null) return
  mkdirSync(dirname(memory(root)), { recursive: true })
  writeFileSync(memory(root), JSON.stringify({ ...attempt, failedAt: new Date(now).toISOString() }))
}

/** Whether this version failed to come from this place within the last day. */
export function failedToday(root = project, env = process.env, now = Date.now()) {
  const noted = readIfThere(memory(root))
  if (noted === null) return false
  const { version, mirror, failedAt } = JSON.parse(noted)
  const attempt = attemptNow(root, env)
  const ageMs = now - Date.parse(failedAt)
  return version === attempt.version && mirror === attempt.mirror && ageMs >= 0 && ageMs < dayMs
}

function attemptNow(root, env) {
  return {
    version: wantedVersion(root),
    mirror: env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? null,
  }
}

function memory(root) {
  return join(root, '.runtime', 'official-electron-failed.json')
}

function wantedVersion(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version
}

function present(file) {
  return existsSync(file) ? file : null
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}
