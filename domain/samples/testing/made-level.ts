import type { KeptLevel } from '#domain/samples/kept-level.ts'

/** Samples kept for three days of which there are none yet, but for what is given. */
export function madeLevel(given: Partial<KeptLevel>): KeptLevel {
  return {
    resolution: 'raw',
    seconds: 10,
    days: 3,
    partition: 'day',
    since: null,
    bytes: 0,
    bytesPerDay: null,
    parts: [],
    ...given,
  }
}
