/** A display that nobody sees, for a window on a machine without one: Xvfb, which only we may draw on. */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Stop } from './notice.mjs'

const startMaxMs = 10_000

export function hasVirtualDisplay() {
  return process.platform === 'linux' && existsSync('/usr/bin/Xvfb') && existsSync('/usr/bin/xauth')
}

/** @returns {Promise<{ env: Record<string, string>, close: () => void }>} what a program needs to find it */
export async function openVirtualDisplay(screen) {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-display-'))
  const cookie = randomBytes(16).toString('hex')
  const [ours, theirs] = [join(folder, 'server'), join(folder, 'clients')]
  allow(ours, ':0', cookie)
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-auth', ours], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // A Ctrl-C in the terminal is for the app: it needs its display until it has ended.
    detached: true,
  })
  function close() {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const display = `:${await numberOf(server)}`
    allow(theirs, display, cookie)
    return { env: { DISPLAY: display, XAUTHORITY: theirs, PLUMBLINE_VIRTUAL_DISPLAY: '1' }, close }
  } catch (error) {
    close()
    throw error
  }
}

function allow(file, display, cookie) {
  const done = spawnSync('xauth', ['-f', file, 'add', display, '.', cookie], { stdio: 'ignore' })
  if (done.status !== 0) throw new Stop('`xauth` could not write its file: check that the disk has room, then run the command again.')
}

/** It says its number once it listens. */
function numberOf(server) {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Stop('Xvfb did not start: run `Xvfb -screen 0 1280x800x24` to see why.'))
    const late = setTimeout(failed, startMaxMs)
    let said = ''
    server.stdio[3].on('data', (bytes) => {
      said += bytes
      if (said.includes('\n')) resolve(said.trim())
    })
    server.once('error', failed)
    server.once('exit', failed)
    server.stdio[3].once('close', () => clearTimeout(late))
  })
}
