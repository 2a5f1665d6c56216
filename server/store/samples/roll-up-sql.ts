import { places, rawTable, type SampleTable } from './resolutions.ts'

/**
 * Makes the rows of a roll-up from the table before it, for the time from $1 up to $2; whatever is there for that time is made anew. A
 * mean weighs as many samples as it has values; what all agree on is kept once.
 */
export function rollUpSql(into: SampleTable, from: SampleTable): string {
  const list = (of: (place: number) => string) => `array[${places.map(of).join(', ')}]`
  return `
    insert into ${into.table} (at, series_id, n, mean, low, high, counts)
    select at, series_id, n,
           ${list((i) => `m${i}`)}, ${list((i) => `nullif(l${i}, m${i})`)}, ${list((i) => `nullif(h${i}, m${i})`)},
           case when ${places.map((i) => `c${i} not in (0, n)`).join(' or ')} then ${list((i) => `c${i}`)} end
      from (select date_bin('${into.seconds} seconds', at, 'epoch') as at, series_id, ${columns(from)}
              from ${from.table} where at >= $1 and at < $2 group by 1, 2) as made
        on conflict (series_id, at) do update
       set n = excluded.n, mean = excluded.mean, low = excluded.low, high = excluded.high, counts = excluded.counts`
}

function columns(from: SampleTable): string {
  const [n, columnsAt] = from === rawTable ? ['count(*)::smallint as n', ofSamples] : ['sum(n)::smallint as n', ofMeans]
  return [n, ...places.map(columnsAt)].join(',\n')
}

function ofSamples(i: number): string {
  const v = `v[${i}]`
  return `avg(${v})::real as m${i}, min(${v}) as l${i}, max(${v}) as h${i}, count(${v})::smallint as c${i}`
}

function ofMeans(i: number): string {
  const mean = `mean[${i}]`
  const weight = `coalesce(counts[${i}], n)`
  const weights = `sum(${weight}) filter (where ${mean} is not null)`
  return `(sum(${mean}::float8 * ${weight}) / ${weights})::real as m${i},
    min(coalesce(low[${i}], ${mean})) as l${i}, max(coalesce(high[${i}], ${mean})) as h${i},
    coalesce(${weights}, 0)::smallint as c${i}`
}
