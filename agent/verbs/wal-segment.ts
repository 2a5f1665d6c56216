/** A place in WAL by its two halves, as Postgres writes them. */
export function placeOf(high: string, low: string): bigint {
  return BigInt(`0x${high}`) * 2n ** 32n + BigInt(`0x${low}`)
}

/** Where a segment begins, as a number; segments have the same size in all of a cluster. */
export function startOf(segment: string, segmentBytes: bigint): bigint {
  return BigInt(`0x${segment.slice(8, 16)}`) * 2n ** 32n + BigInt(`0x${segment.slice(16)}`) * segmentBytes
}

/** Name of the segment that follows on the same timeline. */
export function followingSegment(segment: string, segmentBytes: bigint): string {
  const next = startOf(segment, segmentBytes) + segmentBytes
  const high = next / 2n ** 32n
  const low = (next % 2n ** 32n) / segmentBytes
  return `${segment.slice(0, 8)}${hex(high)}${hex(low)}`
}

/** A place in WAL as Postgres writes it. */
export function lsnOf(at: bigint): string {
  return `${(at / 2n ** 32n).toString(16)}/${(at % 2n ** 32n).toString(16)}`.toUpperCase()
}

function hex(number: bigint): string {
  return number.toString(16).toUpperCase().padStart(8, '0')
}
