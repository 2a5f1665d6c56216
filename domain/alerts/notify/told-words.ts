import { formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import { severities } from '#domain/alerts/incident-of.ts'
import { isFiring, type Told } from './told.ts'

/** The head of a message: one alert by its name, many by their number. */
export function headline(told: readonly Told[]): string {
  const [first] = told
  if (!first) return ''
  const firing = told.filter(isFiring)
  const mark = firing.length > 0 ? `FIRING ${worstOf(firing)}` : stateWord(told)
  if (told.length === 1) return `${mark}: ${first.cluster}/${first.title}`
  return `${mark}: ${count(told.length, 'alert')} of ${first.cluster}`
}

/** What state all of a message is in. Where a cluster was removed nothing is said to be well again. */
export function stateWord(told: readonly Told[]): 'FIRING' | 'RESOLVED' | 'REMOVED' {
  if (told.some(isFiring)) return 'FIRING'
  return told.some(({ news }) => news === 'removed') ? 'REMOVED' : 'RESOLVED'
}

/** What is said in place of an alert's own sentence, or before it, when its cluster was removed. */
export function removedSentence(sentence: string | null): string {
  const removed = 'The cluster was removed from the console, which no longer sees whether this goes on'
  return sentence === null ? `${removed}.` : `${removed}: ${sentence}`
}

/** What is new about an alert, in a few words: how long it went on, or why it is told again. */
export function newsWords({ news, since, resolvedAt, acknowledgedBy }: Told, now: Date): string {
  const lasted = formatDuration((resolvedAt ?? now).getTime() - since.getTime())
  switch (news) {
    case 'began':
      return `Since ${clock(since)}.`
    case 'worsened':
      return `It is worse than it was; it goes on for ${lasted}.`
    case 'escalated':
      return `Nobody has acknowledged it; it goes on for ${lasted}.`
    case 'again':
      return `It goes on for ${lasted}.`
    case 'acknowledged':
      return `${acknowledgedBy ?? 'Somebody'} looks after it.`
    case 'ended':
      return `It is over after ${lasted}.`
    case 'removed':
      return `It had gone on for ${lasted} when its cluster was removed.`
    case 'test':
      return 'A test: nothing is wrong.'
  }
}

/** The worst severity of some. */
export function worstOf(told: readonly Told[]): Told['severity'] {
  return severities.find((severity) => told.some((one) => one.severity === severity)) ?? 'info'
}

function clock(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
