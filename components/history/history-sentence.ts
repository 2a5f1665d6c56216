import { formatClock, formatDay } from '#components/time/moment-format.ts'
import { tellValue } from '#components/charts/value-words.ts'
import type { SeriesAnswer } from '#domain/samples/series.ts'
import { formatDuration } from '#domain/format.ts'
import { listNames } from '#domain/words.ts'

/**
 * What a colleague would say of a window: who led, how far a replica was behind at worst, and for how much of it nobody looked; null where
 * neither was seen.
 */
export function historySentence(answer: SeriesAnswer, zone: string): string | null {
  const seen = [leadWords(answer), lagWords(answer, zone)].filter((words) => words !== null)
  if (seen.length === 0) return null
  return [...seen, unseenWords(answer, zone)].filter((words) => words !== null).join(' ')
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
  const when = `${isLong(answer) ? 'on' : 'at'} ${momentWords(answer, worst.point, zone)}`
  return `${worst.member} was furthest behind, ${tellValue(worst.bytes, 'bytes')} ${when}.`
}

/** The newest point may still be on its way. */
function unseenWords(answer: SeriesAnswer, zone: string): string | null {
  const points = pointsOf(answer) - 1
  const isSeen = (point: number) => answer.series.some(({ avg }) => (avg[point] ?? null) !== null)
  const unseen = Array.from({ length: Math.max(0, points) }, (_, point) => point).filter((point) => !isSeen(point))
  const seconds = unseen.length * answer.stepSeconds
  if (seconds < shortestUnseenSeconds || unseen.length < points * leastUnseen) return null
  if (unseen.at(-1) === unseen.length - 1) {
    return `Nothing was seen before ${momentWords(answer, unseen.length, zone)}.`
  }
  return `For ${formatDuration(seconds * 1000)} of it nothing was seen.`
}

function momentWords(answer: SeriesAnswer, point: number, zone: string): string {
  const at = new Date(answer.from.getTime() + point * answer.stepSeconds * 1000)
  return isLong(answer) ? formatDay(at, zone) : formatClock(at, zone, false)
}

function isLong(answer: SeriesAnswer): boolean {
  return pointsOf(answer) * answer.stepSeconds > daySeconds
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
const shortestUnseenSeconds = 60
const leastUnseen = 0.02
