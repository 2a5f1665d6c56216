/** Bytes of a size as pgBackRest writes it, such as `23.0MB`; null where it is none. */
export function bytesIn(size: string): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([KMGTP]?)B$/.exec(size.trim()) ?? []
  return amount === undefined ? null : Math.round(Number(amount) * 1024 ** ['', 'K', 'M', 'G', 'T', 'P'].indexOf(unit))
}
