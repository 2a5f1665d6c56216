/** Segments without a hole between them, by their numbers; both ends belong to it. */
export interface WalRun {
  first: number
  last: number
}

/** The unbroken runs in a set of segment numbers, lowest first. */
export function runsOf(numbers: Iterable<number>): WalRun[] {
  const runs: WalRun[] = []
  let current: WalRun | null = null
  for (const number of [...new Set(numbers)].toSorted((a, b) => a - b)) {
    if (current !== null && number === current.last + 1) current.last = number
    else {
      current = { first: number, last: number }
      runs.push(current)
    }
  }
  return runs
}

/** What lies between runs, lowest first: never empty ones, none before the first or after the last. */
export function holesBetween(runs: readonly WalRun[]): WalRun[] {
  return runs.slice(1).map((run, index) => ({ first: (runs[index]?.last ?? 0) + 1, last: run.first - 1 }))
}
