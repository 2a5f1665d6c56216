/** How far a restore has come by its output, percent; null before its first file. */
export function restoreProgress(lines: readonly string[]): number | null {
  const last = lines.findLast((line) => form.test(line))
  return last === undefined ? null : Number(form.exec(last)?.[1])
}

const form = /\brestore file .*\([^()]*, (\d+(?:\.\d+)?)%\)/
