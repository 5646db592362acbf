/** `npm run keychain`: the tests that `npm test` leaves out because they need a real keychain. */
import { join } from 'node:path'
import { runInDesktopSession } from './common/desktop-session.mjs'
import { runScript } from './common/notice.mjs'
import { node24, project } from './common/project.mjs'

const vitest = join(project, 'node_modules', 'vitest', 'vitest.mjs')
const tests = 'test/engine/secrets/keychain.test.ts'

runScript(() => runInDesktopSession(node24, [vitest, 'run', tests, ...process.argv.slice(2)]))
