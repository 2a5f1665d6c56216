import { expect, test } from 'vitest'
import { runbooksOf } from './runbooks-of.ts'
import { madeAlert, moment } from './testing/made-alert.ts'

test('the runbook of what brings about the rest comes first, each once', () => {
  const alerts = [
    madeAlert('routing', { ruleId: 'haproxy-no-primary', severity: 'critical', since: moment(0) }),
    madeAlert('member', { ruleId: 'member-lost', since: moment(10) }),
    madeAlert('member', { ruleId: 'member-unreachable', since: moment(11) }),
    madeAlert('leadership', { ruleId: 'no-leader', severity: 'critical', since: moment(30) }),
  ]
  expect(runbooksOf(alerts)).toEqual(['leader-lost', 'member-lost', 'writes-astray'])
})

test('of what has ended the runbooks come last, and a rule that is no more has none', () => {
  const ended = madeAlert('leadership', { ruleId: 'no-leader', severity: 'critical', state: 'resolved' })
  const firing = madeAlert('member', { ruleId: 'member-lost' })
  expect(runbooksOf([ended, firing, madeAlert('member', { ruleId: 'gone' })])).toEqual(['member-lost', 'leader-lost'])
})
