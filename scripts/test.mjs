/** `npm test`: types, lint and all tests that need no display; all of them even when one fails. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runScript, say } from './common/notice.mjs'
import { npm } from './common/npm.mjs'
import { project } from './common/project.mjs'

const reports = { checks: 'artefacts/checks.json', unit: 'artefacts/unit.json' }

runScript(() => {
  for (const report of Object.values(reports)) rmSync(join(project, report), { force: true })
  const checks = { types: run('types'), lint: run('lint') }
  mkdirSync(join(project, 'artefacts'), { recursive: true })
  writeFileSync(join(project, reports.checks), JSON.stringify(asReport(checks)))
  const tests = run('unit', [
    '--reporter=default', '--reporter=json', `--outputFile.json=${reports.unit}`, ...process.argv.slice(2),
  ])
  const failed = Object.entries({ ...checks, tests }).filter(([, passed]) => !passed).map(([name]) => name)
  if (failed.length === 0) return 0
  say(`Not in order: ${failed.join(', ')}; mend what is named above, then run \`npm test\` again.`)
  return 1
})

function run(script, args = []) {
  return npm(['run', '--silent', script, '--', ...args], { stdio: 'inherit' }) === 0
}

/** In the shape of vitest's own report, so that whoever counts reads one shape. */
function asReport(checks) {
  return {
    testResults: [{
      name: 'package.json',
      status: Object.values(checks).every(Boolean) ? 'passed' : 'failed',
      assertionResults: Object.entries(checks).map(([fullName, passed]) => ({
        fullName, status: passed ? 'passed' : 'failed', failureMessages: [],
      })),
    }],
  }
}
