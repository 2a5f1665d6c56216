import { z } from 'zod'
import { playwrightSpecs } from './playwright-specs.ts'

/** A test that failed, and the first words of why. */
export interface Failure {
  stage: string
  file: string
  name: string
  reason: string
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().nullish(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})

const spec = z.object({
  file: z.string(),
  title: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ status: z.string(), error: z.object({ message: z.string().nullish() }).nullish() })),
    }),
  ),
})

/** The failures that a report of vitest or of Playwright tells of, those of whole files included; none where it is neither. */
export function failuresIn(stage: string, report: unknown): Failure[] {
  const ofVitest = vitestReport.safeParse(report)
  if (ofVitest.success) return ofVitest.data.testResults.flatMap((file) => failuresOf(stage, file))
  return playwrightSpecs(report, spec).flatMap(({ file, title, tests }) => {
    // One that passed only on a second try has failed.
    if (!tests.some(({ status }) => status === 'unexpected' || status === 'flaky')) return []
    const bad = tests.flatMap(({ results }) => results).find(({ status }) => status !== 'passed')
    return [{ stage, file, name: title, reason: bad?.error?.message ?? bad?.status ?? '' }]
  })
}

/** Two lines each: where it is, and why. */
export function failureLines(failures: readonly Failure[], root: string): string[] {
  return failures.flatMap(({ stage, file, name, reason }) => {
    const place = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
    return [`${stage}  ${place}  ${name}`, `    ${firstWords(reason)}`]
  })
}

function failuresOf(stage: string, file: z.infer<typeof vitestReport>['testResults'][number]): Failure[] {
  const failed = file.assertionResults.filter(({ status }) => status === 'failed')
  const found = failed.map(({ fullName, failureMessages }) => ({ name: fullName, reason: failureMessages?.[0] ?? '' }))
  // What goes before or after its tests failed, or it could not be read.
  if (found.length === 0 && file.status === 'failed') found.push({ name: 'the whole file', reason: file.message ?? '' })
  return found.map((one) => ({ stage, file: file.name, ...one }))
}

function firstWords(reason: string): string {
  // Playwright colours its words.
  const plain = reason.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g'), '')
  const lines = plain.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !line.startsWith('at '))
    .slice(0, 3)
    .join(' / ')
    .slice(0, 300)
}
