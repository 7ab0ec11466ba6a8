import fs from 'node:fs'

export type Counts = { passed: number; failed: number }

// The parts of the two reports that are read here, as the tools document them.
type VitestReport = { numPassedTests: number; numTotalTests: number; numFailedTestSuites: number; numFailedTests: number; success: boolean }
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors: unknown[] }

/** Everything that did not pass counts as failed: a skipped test has shown nothing. */
export function readVitestReport(file: string, exitCode: number): Counts {
  const report = read<VitestReport>(file)
  if (!report) return { passed: 0, failed: 1 }
  const failed = report.numTotalTests - report.numPassedTests
  return { passed: report.numPassedTests, failed: atLeastOne(failed, exitCode !== 0 || !report.success || report.numTotalTests === 0) }
}

export function readPlaywrightReport(file: string, exitCode: number): Counts {
  const report = read<PlaywrightReport>(file)
  if (!report) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: atLeastOne(unexpected + flaky + skipped, exitCode !== 0 || report.errors.length > 0 || expected === 0) }
}

/** A file that does not load, or a runner that crashed, has no failed test to its name. */
function atLeastOne(failed: number, somethingWrong: boolean): number {
  return failed === 0 && somethingWrong ? 1 : failed
}

function read<T>(file: string): T | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as T // written by the runner that was just started
  } catch {
    return undefined
  }
}
