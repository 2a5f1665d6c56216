import { expect, test } from 'vitest'
import type { Incident } from './alert.ts'
import { incidentMarkdown } from './incident-markdown.ts'
import { timelineOf, type IncidentStory } from './incident-timeline.ts'
import { madeAlert, moment } from './testing/made-alert.ts'

const incident: Incident = {
  id: 'i',
  number: 12,
  clusterId: 'c',
  clusterName: 'main',
  cause: 'replication',
  severity: 'warning',
  sentence: 'Replication lag on pg-2: It is 40 s behind the leader, more than 30 s.',
  openedAt: moment(0),
  closedAt: moment(900),
  acknowledgedAt: moment(400),
  acknowledgedBy: 'Ada',
  mergedInto: null,
}
const story: IncidentStory = {
  incident,
  alerts: [
    madeAlert('replication', {
      ruleId: 'replication-lag',
      title: 'Replication lag',
      subject: 'pg-2',
      firedAt: moment(300),
      resolvedAt: moment(900),
      state: 'resolved',
      facts: { replayLagSeconds: 40, isLeader: false },
    }),
  ],
  events: [
    {
      id: 1,
      clusterId: 'c',
      clusterName: 'main',
      kind: 'replica-lagging',
      at: moment(60),
      member: 'pg-2',
      severity: 'warning',
      sentence: 'pg-2 lags.',
      from: null,
      to: null,
      sources: [],
      operationId: null,
    },
  ],
  operations: [],
  notes: [{ text: 'The disk of pg-2 | is *slow*.\n# no heading', writtenBy: 'Ada', writtenAt: moment(500) }],
}

test('the timeline tells alerts, events, notes and what people did, in order', () => {
  expect(timelineOf(story).map(({ kind, sentence }) => `${kind}: ${sentence}`)).toEqual([
    'event: pg-2 lags.',
    'alert: Replication lag on pg-2: It is so.',
    'incident: Ada acknowledged it.',
    'note: Ada: The disk of pg-2 | is *slow*.\n# no heading',
    'alert: No longer: Replication lag on pg-2: It is so.',
    'incident: Its last alert resolved.',
  ])
})

test('an incident becomes a page to begin a post-mortem with, in which nothing written is markup', () => {
  const page = incidentMarkdown(story, moment(10_000))
  expect(page).toContain('# Incident 12: main')
  expect(page).toContain('- Lasted: 15 min')
  expect(page).toContain(
    '| 2026-11-26 12:05:00 UTC | 2026-11-26 12:15:00 UTC | warning | Replication lag | pg-2 | Replay behind the leader: 40 s; Leads: no |',
  )
  expect(page).toContain(String.raw`> The disk of pg-2 \| is \*slow\*.`)
  expect(page).toContain('> # no heading')
  expect(page.endsWith('\n')).toBe(true)
})
