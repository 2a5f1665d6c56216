import { expect, test } from 'vitest'
import { historyFromPatroni, lineOf, parseTimelineHistory } from './timeline-history.ts'

const at = (time: string): Date => new Date(`2026-11-25T${time}Z`)

test('a history file tells what was left, where, and at which moment of the data', () => {
  const text = '1\t0/13001AB0\tbefore 2026-11-25 15:14:50.978768+00\n\n\n2\t0/17001B60\tno recovery target specified\n'
  expect(parseTimelineHistory(3, text, at('16:00:00'))).toEqual({
    timeline: 3,
    beganAt: at('16:00:00'),
    ancestors: [
      {
        timeline: 1,
        endLsn: 0x13001ab0,
        reason: 'before 2026-11-25 15:14:50.978768+00',
        leftAt: at('15:14:50.978'),
        endedAt: null,
        isAbandoned: true,
      },
      {
        timeline: 2,
        endLsn: 0x17001b60,
        reason: 'no recovery target specified',
        leftAt: at('16:00:00'),
        endedAt: at('16:00:00'),
        isAbandoned: false,
      },
    ],
  })
})

test.each([
  ['', 0],
  ['# nothing yet\n\n', 0],
  ['1\t0/1000000', 1],
  ['  1\t0/1000000\tafter transaction 721\r\n', 1],
])('%j is a history of %i ancestors', (text, ancestors) => {
  expect(parseTimelineHistory(5, text)?.ancestors).toHaveLength(ancestors)
})

test.each(['1', '1\t', 'x\t0/1\ty', '1\t0-1\ty', '2\t0/1\ta\n1\t0/2\tb', '5\t0/1\tits own', '<html>'])(
  '%j is refused, as Postgres refuses it',
  (text) => {
    expect(parseTimelineHistory(5, text)).toBeNull()
  },
)

test.each([
  ['before 2026-11-25 15:00:00.5+02', at('13:00:00.5')],
  ['after 2026-11-25 15:00:00+0530', at('09:30:00')],
  ['before 2026-11-25 15:00:00 UTC', at('15:00:00')],
  ['before transaction 721', null],
  ['at restore point "before the upgrade"', null],
  ['after LSN 0/3000000', null],
])('a timeline left "%s" was left for a recovery to %s', (reason, leftAt) => {
  const history = parseTimelineHistory(2, `1\t0/3000000\t${reason}\n`, at('20:00:00'))
  expect(history?.ancestors[0]).toMatchObject({ leftAt, isAbandoned: true })
})

test('the history that Patroni tells says when each ancestor ended, and leaves out what came later', () => {
  const reason = 'no recovery target specified'
  const left = { reason, isAbandoned: false }
  const lines = [
    { timeline: 2, lsn: 2000, reason, endedAt: at('12:00:00'), newLeader: 'pg-1' },
    { timeline: 1, lsn: 1000, reason, endedAt: at('10:00:00'), newLeader: 'pg-2' },
    { timeline: 3, lsn: 9000, reason: 'of a timeline that is not an ancestor', endedAt: null, newLeader: null },
  ]
  const history = historyFromPatroni(lines, 3)
  expect(history).toEqual({
    timeline: 3,
    beganAt: at('12:00:00'),
    ancestors: [
      { ...left, timeline: 1, endLsn: 1000, endedAt: at('10:00:00'), leftAt: at('10:00:00') },
      { ...left, timeline: 2, endLsn: 2000, endedAt: at('12:00:00'), leftAt: at('12:00:00') },
    ],
  })
  expect(lineOf(history)).toEqual([1, 2, 3])
})

test('when an ancestor ended of which nobody saw the end is not known', () => {
  const history = parseTimelineHistory(3, '1\t0/1000\tno recovery target specified\n2\t0/2000\tafter transaction 7\n')
  expect(history?.ancestors.map(({ leftAt }) => leftAt)).toEqual([null, null])
})
