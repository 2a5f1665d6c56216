import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { nothing, type Tally } from './tally.ts'

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

/** Counts of vitest's JSON report; nothing where the report was not written. */
export function readVitestReport(path: string): Tally {
  const report = vitestReport.safeParse(readJson(path))
  if (!report.success) return nothing
  return { passed: report.data.numPassedTests, failed: report.data.numFailedTests }
}

/** Counts of Playwright's JSON report; a test that passed only on a second try has failed. */
export function readPlaywrightReport(path: string): Tally {
  const report = playwrightReport.safeParse(readJson(path))
  if (!report.success) return nothing
  const { expected, unexpected, flaky } = report.data.stats
  return { passed: expected, failed: unexpected + flaky }
}

/** Counts of the lines that tools/check.sh prints, one a check. */
export function readCheckLines(output: string): Tally {
  return {
    passed: output.match(/^[a-z-]+ +ok +[\d.]+ s$/gm)?.length ?? 0,
    failed: output.match(/^[a-z-]+ +FAILED +[\d.]+ s$/gm)?.length ?? 0,
  }
}

/** What a file holds; null where there is none, or no JSON. */
export function readJson(path: string): unknown {
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
