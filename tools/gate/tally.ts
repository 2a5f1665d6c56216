/** What a stage of the tests came to. */
export interface Tally {
  passed: number
  failed: number
}

export const nothing: Tally = { passed: 0, failed: 0 }

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed }
}

/** A command that ended badly, or ran nothing, has failed at least once, whatever its report says. */
export function judgedBy(exitCode: number | null, tally: Tally): Tally {
  if (exitCode === 0 && tally.passed + tally.failed > 0) return tally
  return { passed: tally.passed, failed: Math.max(1, tally.failed) }
}
