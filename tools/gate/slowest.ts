import { z } from 'zod'
import { playwrightSpecs } from './playwright-specs.ts'

/** A test of any stage and how long it took, what goes before and after each test of its file included. */
export interface Timed {
  stage: string
  file: string
  name: string
  ms: number
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), duration: z.number().nullish() })),
    }),
  ),
})

const spec = z.object({
  file: z.string(),
  title: z.string(),
  tests: z.array(z.object({ results: z.array(z.object({ duration: z.number() })) })),
})

/** The tests that a report of vitest or of Playwright tells of; none where it is neither. */
export function timesIn(stage: string, report: unknown): Timed[] {
  const ofVitest = vitestReport.safeParse(report)
  if (ofVitest.success)
    return ofVitest.data.testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName, duration }) => ({ stage, file, name: fullName, ms: duration ?? 0 })),
    )
  return playwrightSpecs(report, spec).map(({ file, title, tests }) => ({
    stage,
    file,
    name: title,
    ms: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
  }))
}

/** The slowest first, one a line: seconds, stage, file below the root, test. */
export function slowestLines(times: readonly Timed[], root: string, count: number): string[] {
  return times
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, count)
    .map(({ stage, file, name, ms }) => {
      const place = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
      return `${(ms / 1000).toFixed(1).padStart(7)} s  ${stage.padEnd(5)} ${place}  ${name}`
    })
}
