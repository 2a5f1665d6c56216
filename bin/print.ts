/** One JSON value on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0)}\n`)
}

/** Lines on stdout. */
export function printLines(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${clean(line)}\n`)
}

/** A table on stdout, each column as wide as it needs to be; the last may run on. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head.map((word) => word.toUpperCase()), ...rows.map((row) => row.map(clean))]
  const widths = head.map((_, n) => Math.max(...all.map((row) => row[n]?.length ?? 0)))
  const line = (row: readonly string[]) => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ')
  printLines(all.map((row) => line(row).trimEnd()))
}

/** A moment as people in front of a terminal compare it: UTC, to the second. */
export function moment(at: Date | null): string {
  return at === null
    ? '-'
    : at
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC')
}

// A cluster chooses some of the words: none of them may steer the terminal.
function clean(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ')
}
