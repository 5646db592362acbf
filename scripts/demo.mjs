/** `npm run demo`: the app on a simulated shop and ERP; where no window can be shown, in one that nobody sees. */
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildWhenStale } from './common/app-build.mjs'
import { runChild } from './common/child.mjs'
import { hasDisplay } from './common/display.mjs'
import { runScript, say, Stop } from './common/notice.mjs'
import { project } from './common/project.mjs'
import { hasVirtualDisplay, openVirtualDisplay } from './common/virtual-display.mjs'
import { findElectron } from './electron.mjs'
import { developmentNotice } from './setup/development-electron.mjs'

const folder = join(project, 'artefacts', 'demo')
const diary = join(folder, 'app.log')

runScript(async () => {
  buildWhenStale()
  mkdirSync(folder, { recursive: true })
  return hasDisplay() ? startDemo([]) : startUnseen()
})

async function startUnseen() {
  if (!hasVirtualDisplay()) {
    throw new Stop(
      'No display here (neither DISPLAY nor WAYLAND_DISPLAY is set), and no Xvfb to stand in for one: ' +
      'install the packages xvfb and xauth, then run the command again.',
    )
  }
  const display = await openVirtualDisplay('1280x800x24')
  try {
    // Nobody is there to be notified, and without this a message bus would be started and left behind.
    Object.assign(process.env, { DBUS_SESSION_BUS_ADDRESS: 'disabled:', NO_AT_BRIDGE: '1' }, display.env)
    say(`No display here, so the window opens in a virtual one. A picture of it every few seconds: ${join(folder, 'latest.png')}`)
    return await startDemo([`--pictures=${folder}`])
  } finally {
    display.close()
  }
}

async function startDemo(args) {
  const electron = findElectron()
  if (electron.kind === 'development') say(developmentNotice)
  say('The demo begins. Incidents are told here as they open and close; close the window or press Ctrl-C to end it.')
  const log = openSync(diary, 'w')
  try {
    const stdio = ['inherit', 'inherit', log]
    const code = await runChild(electron.path, [...electron.args, '--demo', ...args, ...process.argv.slice(2)], { stdio })
    if (code !== 0 && code !== 130) say(`The app ended with code ${code}. The last that it said (all of it: ${diary}):\n${lastOf(diary)}`)
    return code
  } finally {
    closeSync(log)
  }
}

function lastOf(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
}
