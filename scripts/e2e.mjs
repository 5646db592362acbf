/** `npm run e2e`: the journeys through the real app. */
import { join } from 'node:path'
import { buildWhenStale } from './common/app-build.mjs'
import { runInDesktopSession } from './common/desktop-session.mjs'
import { runScript, say } from './common/notice.mjs'
import { node24, project } from './common/project.mjs'
import { findElectron } from './electron.mjs'
import { developmentNotice } from './setup/development-electron.mjs'

const playwright = join(project, 'node_modules', '@playwright', 'test', 'cli.js')
const config = ['--config', 'test/e2e/playwright.config.ts']

runScript(() => {
  buildWhenStale()
  if (findElectron().kind === 'development') say(developmentNotice)
  return runInDesktopSession(node24, [playwright, 'test', ...config, ...process.argv.slice(2)])
})
