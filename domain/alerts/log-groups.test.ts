import { expect, test } from 'vitest'
import type { TimelineEntry } from './incident-timeline.ts'
import { groupLogs, groupTitle, tellingLine, type LogEntry } from './log-groups.ts'
import { moment } from './testing/made-alert.ts'

function line(seconds: number, node: string, sentence = 'x', change: Partial<TimelineEntry> = {}): LogEntry {
  const log = { node, program: 'patroni', level: 'ERROR', times: 1 } as const
  return { at: moment(seconds), kind: 'log', severity: 'warning', sentence, operationId: null, ...change, log }
}

const event: TimelineEntry = {
  at: moment(10),
  kind: 'event',
  severity: 'info',
  sentence: 'pg-1 leads.',
  operationId: null,
  log: null,
}

function told(entries: readonly TimelineEntry[]): string[] {
  return groupLogs(entries).map(({ entry, lines }) =>
    lines === null ? `${entry.log?.node ?? 'event'}` : `${entry.log?.node} x ${lines.length}`,
  )
}

test('lines of nodes that write at the same time are gathered by node, but never across what happened between them', () => {
  const before = [1, 2, 3, 4].flatMap((seconds) => [line(seconds, 'pg-2'), line(seconds, 'pg-1')])
  const after = [line(11, 'pg-1'), line(12, 'pg-2'), line(13, 'pg-1'), line(14, 'pg-1')]
  expect(told([...before, event, ...after])).toEqual(['pg-2 x 4', 'pg-1 x 4', 'event', 'pg-1', 'pg-2', 'pg-1', 'pg-1'])
  expect(told([])).toEqual([])
})

test('a group counts what was written more than once, and shows the line of a role that changes', () => {
  const lines = [
    line(1, 'pg-1', 'watch', { severity: 'info' }),
    line(2, 'pg-1', 'Request to server failed'),
    { ...line(3, 'pg-1', 'no'), log: { node: 'pg-1', program: 'patroni', level: 'ERROR', times: 7 } } as LogEntry,
  ]
  expect(groupTitle(lines)).toBe('9 lines of Patroni on pg-1')
  expect(tellingLine(lines)?.sentence).toBe('Request to server failed')
  expect(tellingLine([...lines, line(4, 'pg-1', 'promoted self to leader')])?.sentence).toBe('promoted self to leader')
})
