const short: string[] = []

/** One JSON line of a bench on stdout; a line that is not within its limit is remembered. */
export function report(line: Record<string, unknown>): void {
  const text = JSON.stringify(line)
  if (line['isWithin'] === false) short.push(text)
  console.log(text)
}

/** The lines that were not within their limits, as they were reported. */
export function shortOfLimit(): readonly string[] {
  return short
}
