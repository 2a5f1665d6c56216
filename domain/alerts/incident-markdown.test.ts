import { expect, test } from 'vitest'
import type { Incident } from './alert.ts'
import { incidentMarkdown } from './incident-markdown.ts'
import { timelineOf, type IncidentStory } from './incident-timeline.ts'
import type { IncidentLogs, LogSource, NodeLogLine } from '#domain/logs/log-line.ts'
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
  logs: null,
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

function line(seconds: number, text: string, change: Partial<NodeLogLine> = {}): NodeLogLine {
  return { node: 'pg-2', program: 'patroni', at: moment(seconds), level: 'ERROR', text, times: 1, ...change }
}

function source(change: Partial<LogSource>): LogSource {
  return {
    node: 'pg-2',
    program: 'patroni',
    readTo: null,
    seenAt: null,
    problem: null,
    leftOut: 0,
    isCut: false,
    ...change,
  }
}

function told(logs: IncidentLogs): string[] {
  return timelineOf({ ...story, logs })
    .filter(({ kind }) => kind === 'log')
    .map(({ at, sentence }) => `${at.toISOString().slice(11, 19)} ${sentence}`)
}

test('lines of logs stand in their place, and from when on a node did not tell', () => {
  const problem = 'The agent of pg-3 did not answer.'
  const logs = {
    lines: [line(50, 'demoting self'), line(70, 'no')],
    sources: [
      source({ seenAt: moment(300) }),
      source({ node: 'pg-3', problem, seenAt: moment(65) }),
      source({ node: 'pg-3', program: 'postgres', problem, seenAt: moment(65) }),
      source({ node: 'pg-4', program: 'postgres', problem: 'It is forbidden.' }),
    ],
  }
  expect(told(logs)).toEqual([
    '11:55:00 It is forbidden. What PostgreSQL wrote on pg-4 is not known from here on.',
    '12:00:50 demoting self',
    '12:01:05 The agent of pg-3 did not answer. What Patroni and PostgreSQL wrote on pg-3 is not known from here on.',
    '12:01:10 no',
  ])
})

test('lines that were left out are told where they would stand', () => {
  const lines = Array.from({ length: 500 }, (_, n) => line(n, `line ${n}`))
  const told200 = told({ lines, sources: [source({ leftOut: 7, isCut: true })] })
  expect(told200[200]).toBe(
    '12:03:19 7 more lines of the logs from here on are not kept: of too many, the first and the last are. ' +
      'Too much was written to be read whole by Patroni on pg-2.',
  )
})

test('logs are written down in fences, bounded, and who may not see them gets none', () => {
  const lines = [
    line(50, 'a ``` fence\nand more', { times: 3 }),
    ...Array.from({ length: 300 }, (_, n) => line(60 + n, `line ${n}`, { program: 'postgres', level: 'FATAL' })),
  ]
  const page = incidentMarkdown({ ...story, logs: { lines, sources: [] } }, moment(10_000))
  expect(page).toContain(
    '### Patroni on pg-2\n\n````\n2026-11-26 12:00:50.000 UTC ERROR a ``` fence\n    and more (3 times)\n````',
  )
  expect(page).toContain('FATAL line 49\n(200 lines left out)\n2026-11-26 12:05:10.000 UTC FATAL line 250')
  expect(incidentMarkdown(story, moment(10_000))).not.toContain('## Logs')
})
