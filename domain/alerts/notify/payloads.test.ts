import { expect, test } from 'vitest'
import { emailMessage } from './email-message.ts'
import { backoffMs, outcomeOfHttp } from './outcome.ts'
import { pagerDutyPayload } from './pagerduty-payload.ts'
import { peakOf, peakWords } from './peak-of.ts'
import { slackPayload } from './slack-payload.ts'
import { dedupKey, type Told } from './told.ts'
import { removedSentence } from './told-words.ts'
import { webhookPayload } from './webhook-payload.ts'
import { withoutSecrets } from './without-secrets.ts'

const began = new Date('2026-11-26T12:00:00Z')
const now = new Date('2026-11-26T12:10:00Z')
const consoleUrl = 'https://console.example.org'
const told: Told = {
  key: dedupKey({ clusterId: 'c', ruleId: 'replication-lag', subject: 'pg-1' }),
  alertId: 'a',
  ruleId: 'replication-lag',
  title: 'replication lag',
  subject: 'pg-1',
  member: 'pg-1',
  clusterId: 'c',
  cluster: 'main',
  labels: ['prod'],
  cause: 'replication',
  severity: 'warning',
  sentence: 'Replication lag on pg-1: <5 min> & more.',
  news: 'began',
  since: began,
  resolvedAt: null,
  incident: 7,
  acknowledgedBy: null,
  runbook: null,
  peak: null,
}
const ended: Told = { ...told, news: 'ended', resolvedAt: now, peak: 'Replay behind the leader: 5 min at worst.' }

test('a key is of rule and subject alone; a long one ends in a hash', () => {
  expect(told.key).toBe('matriarch:c:replication-lag:pg-1')
  const long = dedupKey({ clusterId: 'c', ruleId: 'r', subject: 'x'.repeat(300) })
  expect(long).toMatch(/^matriarch:c:r:[0-9a-f]{16}$/)
})

test('a webhook is what Alertmanager sends; a group fires while one of it does', () => {
  const payload = webhookPayload({ told: [told, ended], consoleUrl, now }, 'on-call')
  expect(payload).toMatchObject({
    version: '4',
    status: 'firing',
    receiver: 'on-call',
    truncatedAlerts: 0,
    groupKey: '{}:{cluster="main"}',
    commonLabels: { alertname: 'replication-lag', severity: 'warning' },
    alerts: [
      { status: 'firing', startsAt: '2026-11-26T12:00:00.000Z', endsAt: '0001-01-01T00:00:00Z' },
      { status: 'resolved', endsAt: '2026-11-26T12:10:00.000Z', generatorURL: `${consoleUrl}/incidents/7` },
    ],
  })
  expect(webhookPayload({ told: [ended], consoleUrl, now }, 'x')['status']).toBe('resolved')
  expect(JSON.stringify(payload)).toMatch(/"fingerprint":"[0-9a-f]{16}"/)
})

test('a webhook that is told of an end is told what of the group goes on, each alert with its own status', () => {
  const other: Told = { ...told, key: 'matriarch:c:no-leader:main', ruleId: 'no-leader', news: 'again' }
  const payload = webhookPayload({ told: [ended], goesOn: [other], consoleUrl, now }, 'on-call')
  expect(payload).toMatchObject({
    status: 'firing',
    groupKey: '{}:{cluster="main"}',
    truncatedAlerts: 0,
    commonLabels: { cluster: 'main' },
    alerts: [
      { status: 'resolved', endsAt: '2026-11-26T12:10:00.000Z', labels: { alertname: 'replication-lag' } },
      { status: 'firing', endsAt: '0001-01-01T00:00:00Z', labels: { alertname: 'no-leader' } },
    ],
  })
  const many = Array.from({ length: 60 }, () => other)
  const cut = webhookPayload({ told: [ended], goesOn: many, consoleUrl, now }, 'on-call')
  expect(cut).toMatchObject({ status: 'firing', truncatedAlerts: 10, alerts: { length: 51 } })
})

test('Slack is told within its limits, and a cluster cannot steer it', () => {
  const many = Array.from({ length: 80 }, () => ({ ...told, sentence: '<!channel> & '.repeat(400) }))
  const { text, blocks } = slackPayload({ told: many, consoleUrl, now })
  expect(blocks.length).toBeLessThanOrEqual(50)
  expect(text.length).toBeLessThan(4_000)
  for (const { type, text: part } of blocks) {
    expect(part?.text.length ?? 0).toBeLessThanOrEqual(type === 'header' ? 150 : 3_000)
    expect(part?.text ?? '').not.toContain('<!channel>')
  }
  expect(slackPayload({ told: [told], consoleUrl, now }).text).toContain('&lt;5 min&gt; &amp; more')
})

test('PagerDuty is told to trigger, acknowledge and resolve by one key', () => {
  const event = (one: Told, url: string | null = null) => pagerDutyPayload({ told: [one], consoleUrl: url, now })
  expect(event(told, consoleUrl)).toMatchObject({
    event_action: 'trigger',
    dedup_key: told.key,
    payload: { severity: 'warning', source: 'pg-1', group: 'main', class: 'replication' },
  })
  expect(event({ ...told, news: 'acknowledged' })).toEqual({ event_action: 'acknowledge', dedup_key: told.key })
  expect(event(ended)).toMatchObject({ event_action: 'resolve', dedup_key: told.key })
  const long = event({ ...told, sentence: 'x'.repeat(5_000) })
  expect(JSON.stringify(long).length).toBeLessThan(2_000)
  expect(pagerDutyPayload({ told: [], consoleUrl, now })).toBeNull()
})

test('what PagerDuty is told at once of an incident is one event, as the last that was written down says it', () => {
  const key = 'matriarch:c:incident:7'
  const first = { ...told, key, page: { severity: 'warning' as const, sentence: 'Lag.', alerts: ['Lag.'] } }
  const page = { severity: 'critical' as const, sentence: 'Nobody leads.', alerts: ['Nobody leads.', 'Lag.'] }
  const leaderless: Told = {
    ...told,
    key,
    severity: 'critical',
    cause: 'leadership',
    subject: 'main',
    member: null,
    page,
  }
  expect(pagerDutyPayload({ told: [first, leaderless], consoleUrl, now })).toMatchObject({
    event_action: 'trigger',
    dedup_key: key,
    client_url: `${consoleUrl}/incidents/7`,
    payload: {
      summary: 'main: Nobody leads.',
      severity: 'critical',
      class: 'leadership',
      custom_details: { alerts: ['Nobody leads.', 'Lag.'], incident: 7 },
    },
  })
})

test('mails of one alert are one thread; the end says how long it was and how bad', () => {
  const options = { zone: 'Europe/Zurich', domain: 'example.org', deliveryId: 1 }
  const first = emailMessage({ told: [told], consoleUrl, now }, options)
  expect(first).toMatchObject({ subject: '[FIRING][warning] main/replication-lag', references: [] })
  expect(first.text).toContain('2026-11-26 12:00 UTC (2026-11-26 13:00 Europe/Zurich)')
  const last = emailMessage({ told: [ended], consoleUrl, now }, { ...options, deliveryId: 2 })
  expect(last).toMatchObject({ subject: '[RESOLVED][warning] main/replication-lag', references: [first.messageId] })
  expect(last.messageId).not.toBe(first.messageId)
  expect(last.text).toContain('It is over after 10 min.')
  expect(last.text).toContain('5 min at worst')
  expect(emailMessage({ told: [ended], consoleUrl, now }, { ...options, deliveryId: 2 }).messageId).toBe(last.messageId)
})

test('of a cluster that was removed it is said, and nowhere that something got well', () => {
  const sentence = removedSentence(told.sentence)
  const removed: Told = { ...ended, news: 'removed', sentence }
  const options = { zone: 'UTC', domain: 'example.org', deliveryId: 1 }
  const mail = emailMessage({ told: [removed], consoleUrl, now }, options)
  expect(mail.subject).toBe('[REMOVED][warning] main/replication-lag')
  expect(mail.text).toContain('REMOVED: The cluster was removed from the console, which no longer sees whether')
  expect(mail.text).toContain('It had gone on for 10 min when its cluster was removed.')
  expect(mail.text).toContain('Removed 2026-11-26 12:10 UTC')
  const chat = slackPayload({ told: [removed, { ...removed, incident: null }], consoleUrl, now })
  expect(chat.text).toContain('REMOVED: 2 alerts of main')
  // Its own page is gone with it; that of the incident is not.
  expect(JSON.stringify(chat.blocks).match(/https:[^|"]*/g)).toEqual([`${consoleUrl}/incidents/7`])
  const page = { severity: 'critical' as const, sentence: 'Nobody leads.', alerts: ['Nobody leads.'] }
  const paged = pagerDutyPayload({ told: [{ ...removed, page }], consoleUrl, now })
  expect(paged).toMatchObject({ event_action: 'resolve', payload: { summary: expect.stringContaining(sentence) } })
  const hook = webhookPayload({ told: [removed], consoleUrl, now }, 'on-call')
  expect(hook).toMatchObject({
    status: 'resolved',
    alerts: [{ status: 'resolved', annotations: { summary: sentence } }],
  })
  for (const sent of [mail, chat, paged]) expect(JSON.stringify(sent)).not.toMatch(/RESOLVED|is over|Nobody leads/)
  expect(emailMessage({ told: [removed, ended], consoleUrl, now }, options).subject).toContain('[REMOVED]')
  expect(emailMessage({ told: [removed, told], consoleUrl, now }, options).subject).toContain('[FIRING]')
})

test('secrets and control characters leave a sentence', () => {
  expect(withoutSecrets("x postgres://u:pw@h/d password=abc;\r\nBcc: y password 'a b'")).toBe(
    'x postgres://u:[hidden]@h/d password=[hidden]; Bcc: y password [hidden]',
  )
})

test('the worst amount is kept, whichever way is worse', () => {
  const lag = (value: number) => ({ ruleId: 'replication-lag', facts: { replayLagSeconds: value } })
  const peak = peakOf(lag(40), peakOf(lag(300), null))
  expect(peak).toEqual({ fact: 'replayLagSeconds', value: 300 })
  expect(peak && peakWords('replication-lag', peak)).toBe('Replay behind the leader: 5 min at worst.')
  const disk = (value: number) => ({ ruleId: 'disk-low', facts: { dataFreeBytes: value } })
  expect(peakOf(disk(9), peakOf(disk(5), null))).toEqual({ fact: 'dataFreeBytes', value: 5 })
  expect(peakOf({ ruleId: 'no-leader', facts: { hasLeader: false } }, null)).toBeNull()
})

test('what may be asked again is asked later, and all else is given up', () => {
  const outcome = (status: number, retryAfter: string | null = null) =>
    outcomeOfHttp({ status, body: 'said', retryAfter }, 'webhook', now)
  expect(outcome(202)).toEqual({ kind: 'accepted', response: '202 said' })
  expect(outcome(429, '7')).toMatchObject({ kind: 'later', retryAfterMs: 7_000 })
  expect(outcome(429, 'Thu, 26 Nov 2026 12:10:30 GMT')).toMatchObject({ retryAfterMs: 30_000 })
  for (const status of [408, 500, 503]) expect(outcome(status).kind).toBe('later')
  for (const status of [301, 400, 401, 404, 410]) expect(outcome(status).kind).toBe('given-up')
  expect([1, 2, 3, 20].map((attempts) => backoffMs(attempts, 0.5))).toEqual([2_000, 4_000, 8_000, 300_000])
})
