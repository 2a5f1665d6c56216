import type { SeriesName } from './series.ts'

/** A series as one word, as addresses and tables name it: `replayLagSeconds@pg-node-1`, and `level` of the cluster. */
export function seriesText({ member, metric }: Pick<SeriesName, 'member' | 'metric'>): string {
  return member === null ? metric : `${metric}@${member}`
}

/** The series that such a word names; whether there is such a metric is not looked at. */
export function readSeriesText(text: string): SeriesName {
  const at = text.indexOf('@')
  if (at < 0) return { kind: 'cluster', member: null, metric: text }
  return { kind: 'member', member: text.slice(at + 1), metric: text.slice(0, at) }
}
