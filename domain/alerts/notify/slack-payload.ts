import { headline, newsWords, stateWord } from './told-words.ts'
import { isFiring, pageOf, type Message, type Told } from './told.ts'
import { shortened, withoutSecrets } from './without-secrets.ts'

interface SlackBlock {
  type: 'header' | 'section' | 'context'
  text?: { type: 'plain_text' | 'mrkdwn'; text: string }
  elements?: { type: 'mrkdwn'; text: string }[]
}

/** A message for a Slack incoming webhook: a line for notifications, and blocks within what Slack takes. */
export function slackPayload({ told, consoleUrl, now }: Message): { text: string; blocks: SlackBlock[] } {
  const head = headline(told)
  const shown = told.slice(0, mostShown)
  const left = told.length - shown.length
  return {
    text: shortened(
      [escaped(head), ...shown.map(({ sentence }) => escaped(withoutSecrets(sentence, 300)))].join('\n'),
      longestText,
    ),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: shortened(head, longestHeader) } },
      ...shown.map((one) => sectionOf(one, consoleUrl, now)),
      ...(left > 0 ? [contextOf(`And ${left} more.`)] : []),
    ],
  }
}

/** Slack takes 50 blocks, 3000 characters in a section, 150 in a header; a message of over 4000 is cut up. */
const mostShown = 20
const longestHeader = 150
const longestSection = 3_000
const longestText = 3_900

function sectionOf(told: Told, consoleUrl: string | null, now: Date): SlackBlock {
  const page = pageOf(told, consoleUrl)
  const what = escaped(withoutSecrets(told.sentence, 1_500))
  const lines = [
    `*${isFiring(told) ? told.severity : stateWord([told]).toLowerCase()}* ${what}`,
    `${escaped(newsWords(told, now))} Began ${localTime(told.since)}.`,
    ...(told.peak === null ? [] : [escaped(told.peak)]),
    ...(page === null
      ? []
      : [`<${page}|${told.incident === null ? 'Open the cluster' : `Open incident ${told.incident}`}>`]),
  ]
  return { type: 'section', text: { type: 'mrkdwn', text: shortened(lines.join('\n'), longestSection) } }
}

function contextOf(text: string): SlackBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] }
}

/** Slack shows it on the reader's own wall; the rest is for whoever cannot. */
function localTime(at: Date): string {
  const utc = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} {time}|${utc}> (${utc})`
}

/** Three characters steer Slack; a cluster's own words must not. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
