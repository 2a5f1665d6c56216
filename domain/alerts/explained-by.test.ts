import { describe, expect, test } from 'vitest'
import { alertRules } from './catalogue/catalogue.ts'
import { explainedBy, type Explaining } from './explained-by.ts'
import { madeAlert, moment } from './testing/made-alert.ts'

const switchover: Explaining = {
  id: 'op',
  kind: 'switchover',
  member: null,
  state: 'running',
  startedAt: moment(0),
  endedAt: null,
}
const reinitialise: Explaining = { ...switchover, kind: 'reinitialise', member: 'pg-1' }
const noPools: ReadonlySet<string> = new Set()

test('a switchover explains what it brings about while it goes on and shortly after, but never two writers', () => {
  const lead = madeAlert('leadership', { ruleId: 'no-leader', since: moment(10), member: null })
  const explains = (operation: Partial<Explaining>, alert: Partial<typeof lead> = {}, seconds = 90) =>
    explainedBy({ ...lead, ...alert }, [{ ...switchover, ...operation }], moment(seconds), noPools)
  expect(explains({})).toBe('op')
  expect(explains({ kind: 'failover' })).toBe('op')
  expect(explains({}, { since: moment(-60) })).toBeNull()
  expect(explains({}, { ruleId: 'split-brain' }, 20)).toBeNull()
  expect(explains({}, { cause: 'backup' }, 20)).toBeNull()
  const ended = { state: 'succeeded', endedAt: moment(30) } as const
  expect(explains(ended, {}, 140)).toBe('op')
  expect(explains(ended, {}, 151)).toBeNull()
  expect(explains({ ...ended, state: 'failed' }, {}, 31)).toBeNull()
  expect(explains({ kind: 'backup' }, {}, 20)).toBeNull()
})

test('a recovery explains what it holds back, and never that it waits for somebody', () => {
  const restore: Explaining = { ...switchover, kind: 'restore', state: 'waiting' }
  const by = (ruleId: string) =>
    explainedBy(madeAlert('console', { ruleId, since: moment(10), member: null }), [restore], moment(90), noPools)
  expect(by('statistics-unseen')).toBe('op')
  expect(by('operation-waits')).toBeNull()
})

describe('a replica that is copied anew', () => {
  /** Every rule that tells of a member or of a pool beside it; what tells of the whole cluster tells of no member. */
  const ofMembers = alertRules.filter(({ scope }) => scope === 'member' || scope === 'pool')
  const ofCluster = alertRules.filter((rule) => !ofMembers.includes(rule))
  const brought = new Set([
    'postgres-not-running',
    'replica-not-streaming',
    'replication-lag',
    'replication-lag-severe',
    'replication-lag-bytes',
    'timeline-differs',
    'pool-waiting',
    'pool-waiting-long',
  ])
  const subject = 'pg-1 app/app'
  const found = (ruleId: string, change: Parameters<typeof madeAlert>[1] = {}) => {
    const { cause } = alertRules.find(({ id }) => id === ruleId) ?? { cause: 'member' as const }
    return madeAlert(cause, { ruleId, since: moment(10), member: 'pg-1', subject, ...change })
  }
  const explains = (alert: ReturnType<typeof found>, operation: Partial<Explaining> = {}, pools = new Set([subject])) =>
    explainedBy(alert, [{ ...reinitialise, ...operation }], moment(3600), pools)

  test.each(ofMembers.map(({ id }) => [id, brought.has(id) ? 'op' : null]))('explains of itself %s: %s', (id, by) => {
    expect(explains(found(id))).toBe(by)
  })

  test.each(ofMembers.map(({ id }) => id))('never explains %s of another member', (id) => {
    expect(explains(found(id, { member: 'pg-2', subject: 'pg-2' }), {}, new Set(['pg-2']))).toBeNull()
  })

  test.each(ofCluster.map(({ id }) => id))('never explains %s, which is not of a member', (id) => {
    expect(explains(found(id, { member: null, subject: 'main' }))).toBeNull()
    // A slot or a database is kept with whoever leads, and that may be the member by the time it is over.
    expect(explains(found(id))).toBeNull()
  })

  test('explains nothing that went on before it, and nothing where its member is not told', () => {
    expect(explains(found('postgres-not-running', { since: moment(-60) }))).toBeNull()
    expect(explains(found('postgres-not-running', { member: null }), { member: null })).toBeNull()
  })

  test.each([
    ['running', null, 'op'],
    ['waiting', null, 'op'],
    ['succeeded', moment(3500), 'op'],
    ['succeeded', moment(3400), null],
    ['failed', moment(3590), null],
    ['unknown', moment(3590), null],
  ] as const)('that is %s since %s explains %s', (state, endedAt, by) => {
    expect(explains(found('replication-lag'), { state, endedAt })).toBe(by)
  })

  test('whoever waits at a pool that leads elsewhere waits for something else', () => {
    expect(explains(found('pool-waiting'), {}, new Set())).toBeNull()
    // Once found to wait for this copy it does, though the pooler was not looked at again.
    expect(explains(found('pool-waiting', { explainedBy: 'op' }), {}, new Set())).toBe('op')
  })
})
