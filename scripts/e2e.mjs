/** `npm run e2e`: the journeys through the real app, on Linux in a desktop session of their own. */
import { join } from 'node:path'
import { buildWhenStale } from './common/app-build.mjs'
import { runChild } from './common/child.mjs'
import { runScript, say } from './common/notice.mjs'
import { node24, project } from './common/project.mjs'
import { findElectron } from './electron.mjs'
import { developmentNotice } from './setup/development-electron.mjs'

const playwright = [
  node24, join(project, 'node_modules', '@playwright', 'test', 'cli.js'),
  'test', '--config', 'test/e2e/playwright.config.ts', ...process.argv.slice(2),
]

runScript(() => {
  buildWhenStale()
  if (findElectron().kind === 'development') say(developmentNotice)
  const [command, ...args] = process.platform === 'linux'
    ? ['bash', join(project, 'scripts', 'desktop-session.sh'), ...playwright]
    : playwright
  return runChild(command, args)
})
