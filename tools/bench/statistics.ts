/** Middle value; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  if (upper === undefined || lower === undefined) throw new RangeError('No values, no median.')
  return (upper + lower) / 2
}

/** The value that so much of all values does not exceed, by nearest rank. */
export function percentile(values: readonly number[], part: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * part) - 1)]
  if (value === undefined) throw new RangeError('No values, no percentile.')
  return value
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits))
}
