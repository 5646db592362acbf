/** Reads the two JSON reports our suites write, vitest's and Playwright's, into one shape. */

/**
 * @returns {{ test: string, title: string, state: 'passed' | 'failed' | 'skipped', message: string }[]}
 *   `test` is the same wherever the same test ran
 */
export function outcomes(report) {
  return report.testResults ? report.testResults.flatMap(vitestFile) : playwrightOutcomes(report)
}

const vitestStates = { passed: 'passed', skipped: 'skipped', todo: 'skipped' }

function vitestFile({ name, status, message, assertionResults }) {
  const tests = assertionResults.map((test) => ({
    test: `${name} ${test.fullName}`,
    title: test.fullName,
    // Whatever else vitest says means that the test did not come to its end.
    state: vitestStates[test.status] ?? 'failed',
    message: test.failureMessages[0] ?? '',
  }))
  if (status === 'failed' && !tests.some((test) => test.state === 'failed')) {
    tests.push({ test: name, title: `the file ${name}`, state: 'failed', message: message ?? '' })
  }
  return tests
}

// A flaky test failed once, and nobody knows why: that is a failure.
const playwrightStates = { expected: 'passed', unexpected: 'failed', flaky: 'failed', skipped: 'skipped' }

function playwrightOutcomes({ suites, errors }) {
  const outside = errors.map((error) => outcome('outside of any test', 'unexpected', error))
  // The outermost suites are files: their names are no part of a title.
  return [...outside, ...suites.flatMap((file) => playwrightSuite(file, []))]
}

function playwrightSuite({ specs, suites = [] }, titles) {
  const own = specs.flatMap((spec) => spec.tests.map(({ status, results }) => {
    const [error] = results.flatMap((result) => result.errors)
    return outcome([...titles, spec.title].join(' '), status, error)
  }))
  return [...own, ...suites.flatMap((suite) => playwrightSuite(suite, [...titles, suite.title]))]
}

function outcome(title, status, error) {
  return { test: title, title, state: playwrightStates[status], message: error?.message ?? '' }
}
