import { csvCell } from '#domain/csv-cell.ts'
import type { SeriesAnswer } from './series.ts'
import { seriesText } from './series-text.ts'

/**
 * An answer as a table for spreadsheets (RFC 4180): one line a bucket with its start in UTC, three columns a series where a bucket holds
 * more than one sample; a gap is an empty cell. No cell can be taken for a formula.
 */
export function seriesCsv({ from, stepSeconds, resolution, series }: SeriesAnswer): string {
  const isSummed = resolution !== 'raw' || stepSeconds > 10
  const buckets = series[0]?.avg.length ?? 0
  const header = series.flatMap(({ name }) => {
    const text = seriesText(name)
    return isSummed ? [text, `${text} lowest`, `${text} highest`] : [text]
  })
  const lines = Array.from({ length: buckets }, (_, bucket) => [
    new Date(from.getTime() + bucket * stepSeconds * 1000).toISOString(),
    ...series.flatMap(({ avg, min, max }) =>
      (isSummed ? [avg, min, max] : [avg]).map((values) => String(values[bucket] ?? '')),
    ),
  ])
  return [['time', ...header].map(csvCell), ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}
