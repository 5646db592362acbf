/** Reads the two JSON reports our suites write, vitest's and Playwright's, into one shape. */

/** @returns {{ title: string, state: 'passed' | 'failed' | 'skipped', message: string }[]} */
export function outcomes(report) {
  return report.testResults ? report.testResults.flatMap(vitestFile) : playwrightOutcomes(report)
}

const vitestStates = { passed: 'passed', skipped: 'skipped', todo: 'skipped' }

function vitestFile({ name, status, message, assertionResults }) {
  const tests = assertionResults.map((test) => ({
    title: test.fullName,
    // Whatever else vitest says means that the test did not come to its end.
    state: vitestStates[test.status] ?? 'failed',
    message: test.failureMessages[0] ?? '',
  }))
  if (status === 'failed' && !tests.some((test) => test.state === 'failed')) {
    tests.push({ title: `the file ${name}`, state: 'failed', message: message ?? '' })
  }
  return tests
}

// A flaky test failed once, and nobody knows why: that is a failure.
const playwrightStates = { expected: 'passed', unexpected: 'failed', flaky: 'failed', skipped: 'skipped' }

function playwrightOutcomes({ suites, errors }) {
  return [
    ...errors.map((error) => ({ title: 'outside of any test', state: 'failed', message: error.message ?? '' })),
    // The outermost suites are files: their names are no part of a title.
    ...suites.flatMap((file) => playwrightSuite(file, [])),
  ]
}

function playwrightSuite({ specs, suites = [] }, titles) {
  return [
    ...specs.flatMap((spec) => spec.tests.map((test) => ({
      title: [...titles, spec.title].join(' '),
      state: playwrightStates[test.status],
      message: test.results.flatMap((result) => result.errors).at(0)?.message ?? '',
    }))),
    ...suites.flatMap((suite) => playwrightSuite(suite, [...titles, suite.title])),
  ]
}
