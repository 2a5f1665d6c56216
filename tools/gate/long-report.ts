import { z } from 'zod'

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          duration: z.number().nullish(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

const caseNote = z.object({
  name: z.string(),
  outcome: z.string(),
  writableAfterMs: z.number().nullable(),
  steps: z.array(z.string()),
})

/** One case of the long tests, with the recoveries that it made. */
export interface LongCase {
  name: string
  state: 'passed' | 'failed' | 'skipped'
  seconds: number
  recoveries: { outcome: string; writableAfterMs: number | null; steps: string[] }[]
  problem: string | null
}

/** Cases in the order in which they ran; those that were not chosen are left out. */
export function longCases(report: unknown, notes: readonly unknown[]): LongCase[] {
  const told = notes.map((note) => caseNote.parse(note))
  return vitestReport.parse(report).testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, duration, failureMessages }) => ({
        name: fullName,
        state: status === 'passed' ? ('passed' as const) : ('failed' as const),
        seconds: Math.round((duration ?? 0) / 1000),
        recoveries: told
          .filter(({ name }) => name === fullName)
          .map(({ outcome, writableAfterMs, steps }) => ({ outcome, writableAfterMs, steps })),
        problem: failureMessages?.[0]?.split('\n')[0] ?? null,
      })),
  )
}

/** The report for people, as Markdown. */
export function longReport(cases: readonly LongCase[], at: Date): string {
  const failed = cases.filter(({ state }) => state === 'failed')
  return [
    '# Long tests of recoveries',
    '',
    `${at.toISOString()}: ${cases.length - failed.length} passed, ${failed.length} failed.`,
    '',
    '| case | result | took | writable after | how it ended |',
    '|---|---|---|---|---|',
    ...cases.map(rowOf),
    ...failed.flatMap(({ name, problem }) => ['', `## ${name}`, '', problem ?? 'No reason was told.']),
    '',
  ].join('\n')
}

function rowOf({ name, state, seconds, recoveries }: LongCase): string {
  const writable = recoveries.map(({ writableAfterMs }) =>
    writableAfterMs === null ? 'never' : `${(writableAfterMs / 1000).toFixed(1)} s`,
  )
  const ends = recoveries.map(({ outcome }) => outcome)
  return `| ${[name, state, `${seconds} s`, writable.join('; '), ends.join('; ')].map(cell).join(' | ')} |`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
