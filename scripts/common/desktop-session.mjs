/** Runs a command where there is a display and a keychain: on Linux in a session of its own. */
import { join } from 'node:path'
import { runChild } from './child.mjs'
import { project } from './project.mjs'

export function runInDesktopSession(command, args) {
  const env = { ...process.env, PLUMBLINE_KEYCHAIN: '1' }
  if (process.platform !== 'linux') return runChild(command, args, { env })
  const session = join(project, 'scripts', 'desktop-session.sh')
  return runChild('bash', [session, command, ...args], { env })
}
