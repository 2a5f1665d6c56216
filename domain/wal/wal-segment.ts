/** One WAL segment; its name is `TTTTTTTTXXXXXXXXSSSSSSSS` in hexadecimal: timeline, log, segment of that log. */
export interface WalSegment {
  timeline: number
  log: number
  segment: number
}

/** The segment size of a cluster that was made without --wal-segsize, in bytes. */
export const defaultWalSegmentSizeBytes = 16_777_216

/** The segment of a name of 24 hexadecimal digits; null where the text is none or that segment size has no such segment. */
export function parseWalSegment(name: string, walSegmentSizeBytes: number): WalSegment | null {
  const match = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})$/.exec(name)
  if (match === null) return null
  const [timeline = 0, log = 0, segment = 0] = match.slice(1).map((part) => Number.parseInt(part, 16))
  return timeline > 0 && segment < segmentsPerLog(walSegmentSizeBytes) ? { timeline, log, segment } : null
}

/** The name Postgres gives a segment, e.g. `00000001000000000000000A`. */
export function walSegmentName({ timeline, log, segment }: WalSegment): string {
  return [timeline, log, segment].map(hex8).join('')
}

/** The timeline at the head of a segment's name, whatever its segment size; null where the text is no such name. */
export function timelineOfWalName(name: string): number | null {
  return /^[0-9A-F]{24}$/.test(name) ? Number.parseInt(name.slice(0, 8), 16) : null
}

/** The place of a segment in the order of all segments of any one timeline, from 0 (xlog_internal.h XLogSegNo). */
export function segmentNumber({ log, segment }: WalSegment, walSegmentSizeBytes: number): number {
  return log * segmentsPerLog(walSegmentSizeBytes) + segment
}

/** The segment of a timeline with that number. */
export function numberedSegment(timeline: number, number: number, walSegmentSizeBytes: number): WalSegment {
  const perLog = segmentsPerLog(walSegmentSizeBytes)
  return { timeline, log: Math.floor(number / perLog), segment: number % perLog }
}

/** The number of the segment that holds a WAL position; a position on a border belongs to the segment it begins. */
export function segmentNumberAt(lsn: number, walSegmentSizeBytes: number): number {
  return Math.floor(lsn / walSegmentSizeBytes)
}

/** How many segments make one log of 4 GiB (xlog_internal.h XLogSegmentsPerXLogId). */
function segmentsPerLog(walSegmentSizeBytes: number): number {
  return 2 ** 32 / walSegmentSizeBytes
}

function hex8(part: number): string {
  return part.toString(16).toUpperCase().padStart(8, '0')
}
