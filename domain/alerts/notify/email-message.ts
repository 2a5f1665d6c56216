import { momentWords } from './hours.ts'
import { newsWords, stateWord, worstOf } from './told-words.ts'
import { fingerprint, isFiring, pageOf, type Message, type Told } from './told.ts'
import { withoutSecrets } from './without-secrets.ts'

/** A mail as it is handed over, with the headers that keep what is told of one alert in one thread. */
export interface Email {
  subject: string
  text: string
  messageId: string
  /** Of what began the threads that it belongs to. */
  references: string[]
  headers: Record<string, string>
}

/** Words a message as plain text. `deliveryId` is the same whenever it is sent again; `domain` is the sender's. */
export function emailMessage(
  { told, consoleUrl, now }: Message,
  { zone, domain, deliveryId }: { zone: string; domain: string; deliveryId: number },
): Email {
  const roots = told.map((one) => rootOf(one, domain))
  const [first] = told
  // The first of an alert is what the others refer to.
  const isRoot = told.length === 1 && first?.news === 'began'
  return {
    subject: subjectOf(told),
    text: [...told.map((one) => paragraphOf(one, { consoleUrl, zone, now })), footOf(consoleUrl)].join('\n\n'),
    messageId: isRoot ? (roots[0] ?? '') : `<${deliveryId}.${fingerprint(roots.join())}.matriarch@${domain}>`,
    references: isRoot ? [] : roots,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}

function subjectOf(told: readonly Told[]): string {
  const [first] = told
  if (!first) return 'Matriarch'
  const firing = told.filter(isFiring)
  const severity = worstOf(firing.length > 0 ? firing : told)
  const what = told.length === 1 ? `${first.cluster}/${first.ruleId}` : `${first.cluster}: ${told.length} alerts`
  return withoutSecrets(`[${stateWord(told)}][${severity}] ${what}`, 200)
}

function paragraphOf(
  told: Told,
  { consoleUrl, zone, now }: { consoleUrl: string | null; zone: string; now: Date },
): string {
  const page = pageOf(told, consoleUrl)
  const state = isFiring(told) ? told.severity.toUpperCase() : stateWord([told])
  return [
    `${state}: ${withoutSecrets(told.sentence)}`,
    newsWords(told, now),
    `Cluster ${told.cluster}${told.subject === told.cluster ? '' : `, ${told.subject}`}; rule ${told.ruleId}.`,
    `Began ${momentWords(told.since, zone)}.`,
    ...(told.resolvedAt === null
      ? []
      : [`${told.news === 'removed' ? 'Removed' : 'Ended'} ${momentWords(told.resolvedAt, zone)}.`]),
    ...(told.peak === null ? [] : [told.peak]),
    ...(page === null ? [] : [page]),
  ].join('\n')
}

function footOf(consoleUrl: string | null): string {
  return `-- \nMatriarch${consoleUrl === null ? '' : `, ${consoleUrl}`}`
}

function rootOf({ key, alertId }: Told, domain: string): string {
  return `<${fingerprint(`${key} ${alertId}`)}.alert.matriarch@${domain}>`
}
