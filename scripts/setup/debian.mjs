/** Debian's packages that Electron and its tests stand on, for Debian and its descendants. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { say, Stop } from '../common/notice.mjs'

export const electronLibraries = [
  'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libxtst6', 'libnotify4',
  'fonts-liberation',
]

/** A display that nobody sees. */
export const displayTools = ['xvfb', 'xauth']

/** A display, a keychain and a notification daemon for machines that have none. */
export const sessionTools = [...displayTools, 'dbus', 'dbus-x11', 'gnome-keyring', 'dunst', 'scrot']

/** Reads what the app printed. */
export const paperTools = ['poppler-utils']

/** Installs what is missing as root; else names the line to run, and stops only when `required`. */
export function ensureDebianPackages(packages, { required }) {
  if (!existsSync('/usr/bin/dpkg-query') || !existsSync('/usr/bin/apt-get')) return
  const present = installed(packages)
  const missing = packages.filter((name) => !present.has(name))
  if (missing.length === 0) return
  if (process.getuid() === 0) {
    install(missing)
    return
  }
  const line = `sudo apt-get install --no-install-recommends ${namesHere(missing).join(' ')}`
  if (required) {
    throw new Stop(`System packages are missing: run \`${line}\`, then run the command again.`)
  }
  say(`Electron may not start, because system packages are missing: run \`${line}\`.`)
}

function installed(packages) {
  const names = packages.flatMap((name) => [name, renamed(name)])
  const format = '${db:Status-Status} ${Package}\n'
  const { stdout } = spawnSync('dpkg-query', ['-W', `-f=${format}`, ...names], { encoding: 'utf8' })
  const found = wordsAfter('installed ', stdout)
  return new Set(packages.filter((name) => found.has(name) || found.has(renamed(name))))
}

function install(missing) {
  say(`Installing system packages: ${missing.join(' ')} …`)
  // A list that cannot be renewed may still do, so only the installation decides.
  apt(['update'])
  const names = namesHere(missing)
  if (apt(['install', '--yes', '--no-install-recommends', ...names]) !== 0) {
    throw new Stop(
      'System packages could not be installed (the reason is above): run `apt-get install ' +
      `--no-install-recommends ${names.join(' ')}\`, then run the command again.`,
    )
  }
}

function apt(args) {
  const done = spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    // Its stdout is a line for every file of every package; what goes wrong is on stderr.
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return done.status ?? 1
}

/** Newer Debian and Ubuntu renamed some libraries for their 64-bit time. */
function renamed(name) {
  return `${name}t64`
}

function namesHere(names) {
  const query = ['show', '--no-all-versions', ...names.map(renamed)]
  const { stdout } = spawnSync('apt-cache', query, { encoding: 'utf8' })
  const known = wordsAfter('Package: ', stdout)
  return names.map((name) => (known.has(renamed(name)) ? renamed(name) : name))
}

function wordsAfter(start, text) {
  const lines = text.split('\n').filter((line) => line.startsWith(start))
  return new Set(lines.map((line) => line.slice(start.length)))
}
