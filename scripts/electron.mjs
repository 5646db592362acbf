/** Which Electron to start and with which switches: for `npm start` and for the end-to-end tests. */
import { existsSync } from 'node:fs'
import { Stop } from './common/notice.mjs'
import { project } from './common/project.mjs'
import { developmentElectron } from './setup/development-electron.mjs'
import { officialElectron } from './setup/official-electron.mjs'

/** Its `args` come before any of the app's own; they hold the path of the app where that is needed. */
export function findElectron(root = project) {
  const electron = locateElectron(root)
  if (electron === null) {
    throw new Stop('No Electron is set up here: run `node scripts/setup.mjs --for=e2e`, then run the command again.')
  }
  return electron
}

export function locateElectron(root = project, machine = thisMachine()) {
  const official = officialElectron(root)
  // As root the official binary only starts without its sandbox, which is never taken from it.
  if (official !== null && !machine.root) {
    return { path: official, kind: 'official', args: [...displaySwitches(machine), root] }
  }
  const development = developmentElectron(root)
  if (development === null) return null
  const sandbox = machine.root ? ['--no-sandbox'] : []
  return { path: development, kind: 'development', args: [...sandbox, ...displaySwitches(machine)] }
}

function displaySwitches({ graphicsCard, onlyWayland }) {
  return [
    ...(graphicsCard ? [] : ['--disable-gpu']),
    // Older Electrons look for an X server unless told to choose.
    ...(onlyWayland ? ['--ozone-platform-hint=auto'] : []),
  ]
}

function thisMachine() {
  const linux = process.platform === 'linux'
  const { DISPLAY, WAYLAND_DISPLAY, PLUMBLINE_VIRTUAL_DISPLAY } = process.env
  return {
    root: linux && process.getuid() === 0,
    graphicsCard: !linux || (existsSync('/dev/dri') && !PLUMBLINE_VIRTUAL_DISPLAY),
    onlyWayland: linux && !DISPLAY && Boolean(WAYLAND_DISPLAY),
  }
}
