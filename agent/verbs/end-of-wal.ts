import { placeOf, startOf } from './wal-segment.ts'

/**
 * Where pg_waldump found the WAL to end, by what it complains of; null where it tells no place. It names a position, or a segment with an offset,
 * or a segment that is not there; of several the furthest counts, since what was in the file before it was used anew lies further back.
 */
export function endOfWalIn(errors: readonly string[], segmentBytes: bigint): bigint | null {
  const text = errors.join('\n')
  const positions = [...text.matchAll(/\b([0-9A-F]{1,8})\/([0-9A-F]{1,8})\b/g)].map(([, high = '0', low = '0']) =>
    placeOf(high, low),
  )
  const offsets = [...text.matchAll(/segment ([0-9A-F]{24}),(?: LSN [0-9A-F/]+,)? offset (\d+)/g)].map(
    ([, segment = '', offset = '0']) => startOf(segment, segmentBytes) + BigInt(offset),
  )
  const missing = [...text.matchAll(/could not find file "([0-9A-F]{24})"/g)].map(([, segment = '']) =>
    startOf(segment, segmentBytes),
  )
  const found = [...positions, ...offsets, ...missing]
  return found.length === 0 ? null : found.reduce((a, b) => (a > b ? a : b))
}
