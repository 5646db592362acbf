/** `npm start`: the app in its window, or its engine in the terminal where no window can be shown. */
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { buildWhenStale } from './common/app-build.mjs'
import { runChild } from './common/child.mjs'
import { hasDisplay } from './common/display.mjs'
import { runScript, say, Stop } from './common/notice.mjs'
import { node24 } from './common/project.mjs'
import { findElectron } from './electron.mjs'
import { developmentNotice } from './setup/development-electron.mjs'

const args = process.argv.slice(2)

runScript(() => (hasDisplay() ? startWindow() : startHeadless()))

async function startWindow() {
  buildWhenStale()
  const electron = findElectron()
  if (electron.kind === 'development') say(developmentNotice)
  const code = await runChild(electron.path, [...electron.args, ...args])
  const advice = whyItDidNotStart(code, electron.path)
  if (advice !== null) throw new Stop(`${advice}, then run \`npm start\` again.`)
  return code
}

/** Two ends that Linux gives a program before it can speak for itself. */
function whyItDidNotStart(code, path) {
  if (code === 127) {
    return 'Electron lacks the library named above: install it with the package manager of this system'
  }
  if (code === 128 + constants.signals.SIGTRAP) {
    const helper = `"${join(dirname(path), 'chrome-sandbox')}"`
    return 'Electron gave up for the reason above: if that is its sandbox, run ' +
      `\`sudo chown root ${helper} && sudo chmod 4755 ${helper}\``
  }
  return null
}

function startHeadless() {
  say(
    'No display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the engine runs headless in ' +
    'this terminal; Ctrl-C stops it.',
  )
  const own = args.filter((each) => each !== '--wall')
  return runChild(node24, ['src-main/headless.ts', 'serve', ...own])
}
