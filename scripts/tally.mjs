/**
 * Adds up what CI's suites reported; its last line is the counts, its exit code says whether all held.
 *
 * node scripts/tally.mjs SKIPS.json NAME=EXIT_CODE=REPORT[,REPORT…] …
 *
 * A suite that ended badly without a failed test, or wrote no report, or ran nothing, counts as one
 * failure; so does a skipped test that SKIPS.json ({"title": "reason"}) does not list.
 */
import { readFileSync } from 'node:fs'
import { outcomes } from './common/reports.mjs'

const [skipsFile, ...suites] = process.argv.slice(2)
const reasons = JSON.parse(readFileSync(skipsFile, 'utf8'))

const tests = suites.flatMap((suite) => {
  const [name, code, files] = suite.split('=')
  const found = files.split(',').flatMap((file) => readReport(name, file))
  if (code !== '0' && !found.some(failed)) {
    found.push(failure(name, `${name} ended with code ${code}`, 'see its output above'))
  }
  return found
})
const passed = tests.filter((test) => test.state === 'passed')
const ran = new Set(passed.map(({ test }) => test))
// What one suite skips and another runs, in its keychain or its display, is not skipped.
const skips = tests.filter(({ test, state }) => state === 'skipped' && !ran.has(test))
const failures = [...tests.filter(failed), ...skips.filter((test) => !reasons[test.title]).map(unlisted)]

for (const { suite, title } of skips) print('SKIPPED', suite, title, reasons[title])
for (const title of Object.keys(reasons)) {
  if (skips.some((test) => test.title === title)) continue
  process.stdout.write(`${skipsFile} lists a test that was not skipped: ${title}\n`)
}
for (const { suite, title, message } of failures) print('FAILED', suite, title, message)
process.stdout.write(`${passed.length} passed, ${failures.length} failed, ${skips.length} skipped\n`)
process.exitCode = failures.length === 0 ? 0 : 1

function readReport(suite, file) {
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return [failure(suite, `${suite} has no readable report`, error.message)]
  }
  const found = outcomes(report)
  if (found.length === 0) return [failure(suite, `${suite} ran no test`, file)]
  return found.map((outcome) => ({ suite, ...outcome }))
}

function failure(suite, title, message) {
  return { suite, title, state: 'failed', message }
}

function failed(test) {
  return test.state === 'failed'
}

function unlisted(test) {
  const message = `skipped without a reason: mend it, or list it with its reason in ${skipsFile}`
  return { ...test, message }
}

function print(word, suite, title, message) {
  const why = message ? `\n    ${message.split('\n')[0]}` : ''
  process.stdout.write(`${word} ${suite}: ${title}${why}\n`)
}
