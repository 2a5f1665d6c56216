import { formatBytes, formatDuration } from '#domain/format.ts'

/** Bytes and seconds behind, as far as they are known: Postgres tells no seconds while nothing is sent, and then none are missing. */
export function lagWords(bytes: number | null, seconds: number | null): string {
  if (bytes === null && seconds === null) return 'unknown'
  if (bytes === null) return formatDuration((seconds ?? 0) * 1000)
  const amount = formatBytes(Math.max(0, bytes))
  if (seconds !== null) return `${amount}, ${formatDuration(seconds * 1000)}`
  return bytes <= 0 ? `${amount}, 0 s` : `${amount}, time unknown`
}

/** The exact amounts, for hover. */
export function lagTipOf(bytes: number | null, seconds: number | null): string | undefined {
  const parts = [
    bytes === null ? null : `${bytes.toLocaleString('en-US')} bytes`,
    seconds === null ? null : `${seconds.toLocaleString('en-US')} s`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? undefined : parts.join(', ')
}
