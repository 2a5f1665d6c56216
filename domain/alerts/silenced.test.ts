import { expect, test } from 'vitest'
import type { Silence } from './alert.ts'
import { silencedBy } from './silenced.ts'
import { madeAlert, moment } from './testing/made-alert.ts'

const alert = madeAlert('replication', { ruleId: 'replication-lag', subject: 'pg-2' })

function silence(id: string, change: Partial<Silence>): Silence {
  return {
    id,
    clusterId: 'c',
    ruleId: null,
    subject: null,
    reason: 'a bulk load',
    createdBy: 'Ada',
    createdAt: moment(0),
    endsAt: moment(3_600),
    ...change,
  }
}

test.each([
  ['of its cluster', {}, true],
  ['of its rule and subject everywhere', { clusterId: null, ruleId: 'replication-lag', subject: 'pg-2' }, true],
  ['of another cluster', { clusterId: 'd' }, false],
  ['of another rule', { ruleId: 'no-leader' }, false],
  ['of another subject', { subject: 'pg-1' }, false],
  ['that has ended', { endsAt: moment(60) }, false],
])('a silence %s', (_, change, isSilent) => {
  expect(silencedBy(alert, [silence('s', change)], moment(60)) !== null).toBe(isSilent)
})

test('of several the last to end is told', () => {
  const both = [silence('short', {}), silence('long', { endsAt: moment(7_200) })]
  expect(silencedBy(alert, both, moment(0))?.id).toBe('long')
})
