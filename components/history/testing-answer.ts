import type { SeriesAnswer, SeriesName } from '#domain/samples/series.ts'

/** An answer of a few points, 5 s each, for tests: values by member, then by metric; of the cluster under ''. */
export function answerOf(
  values: Record<string, Record<string, (number | null)[]>>,
  from = new Date('2026-11-23T12:00:00Z'),
): SeriesAnswer {
  const series = Object.entries(values).flatMap(([member, own]) =>
    Object.entries(own).map(([metric, avg]) => {
      const name: SeriesName =
        member === '' ? { kind: 'cluster', member: null, metric } : { kind: 'member', member, metric }
      return { name, avg, min: avg, max: avg }
    }),
  )
  return { from, stepSeconds: 5, resolution: 'raw', series }
}
