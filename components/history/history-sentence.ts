import { formatClock, formatDay } from '#components/time/moment-format.ts'
import { tellValue } from '#components/charts/value-words.ts'
import type { SeriesAnswer } from '#domain/samples/series.ts'
import { listNames } from '#domain/words.ts'

/** What a colleague would say of a window: who led, and how far a replica was behind at worst; null where neither was seen. */
export function historySentence(answer: SeriesAnswer, zone: string): string | null {
  const said = [leadWords(answer), lagWords(answer, zone)].filter((words) => words !== null)
  return said.length === 0 ? null : said.join(' ')
}

/** Who led, in the order in which they did, told once each time the lead changed hands. */
function leadWords(answer: SeriesAnswer): string | null {
  const leads = valuesOf(answer, 'isLeader')
  const turns: string[] = []
  for (let point = 0; point < pointsOf(answer); point++) {
    const leader = leads.find(({ values }) => (values[point] ?? 0) >= 0.5)?.member
    if (leader !== undefined && leader !== turns.at(-1)) turns.push(leader)
  }
  const [first, ...next] = turns
  if (first === undefined) return null
  if (next.length === 0) return `${first} led.`
  if (next.length <= toldTurns) return `${first} led, then ${listNames(next).replaceAll(' and ', ' and then ')}.`
  return `The lead moved ${next.length} times, last to ${next.at(-1)}.`
}

function lagWords(answer: SeriesAnswer, zone: string): string | null {
  const lags = valuesOf(answer, 'replayLagBytes', 'max')
  if (!lags.some(({ values }) => values.some((value) => value !== null))) return null
  let worst = { member: '', bytes: 0, point: 0 }
  for (const { member, values } of lags) {
    for (const [point, bytes] of values.entries()) {
      if (bytes !== null && bytes > worst.bytes) worst = { member, bytes, point }
    }
  }
  if (worst.bytes === 0) return 'No replica was behind.'
  const at = new Date(answer.from.getTime() + worst.point * answer.stepSeconds * 1000)
  const isLong = pointsOf(answer) * answer.stepSeconds > daySeconds
  const when = isLong ? `on ${formatDay(at, zone)}` : `at ${formatClock(at, zone, false)}`
  return `${worst.member} was furthest behind, ${tellValue(worst.bytes, 'bytes')} ${when}.`
}

function valuesOf({ series }: SeriesAnswer, metric: string, edge: 'avg' | 'max' = 'avg') {
  return series
    .filter(({ name }) => name.metric === metric && name.member !== null)
    .map(({ name, ...values }) => ({ member: name.member ?? '', values: values[edge] }))
}

function pointsOf({ series }: SeriesAnswer): number {
  return series[0]?.avg.length ?? 0
}

const toldTurns = 2
const daySeconds = 86_400
