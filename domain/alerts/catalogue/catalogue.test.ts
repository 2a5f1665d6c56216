import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, type AlertsStanding } from '#domain/alerts/advance.ts'
import { holds } from '#domain/alerts/expression/evaluate.ts'
import { inForce, loadRule } from '#domain/alerts/load-rule.ts'
import type { AlertRule, FactRow } from '#domain/alerts/rule.ts'
import { fillSummary } from '#domain/alerts/summary.ts'
import { alertRules, ruleOf } from './catalogue.ts'
import { standStill } from './console-rules.ts'

type Facts = FactRow['facts']

/** Of each rule: facts by which it fires, by which it does not, and by which nobody can tell. */
const cases: Record<string, [fires: Facts, quiet: Facts, unknown: Facts]> = {
  'no-leader': [{ hasLeader: false }, { hasLeader: true }, { hasLeader: null }],
  'leader-takes-no-writes': [
    { hasLeader: true, leaderWorks: false },
    { hasLeader: false, leaderWorks: null },
    { hasLeader: true, leaderWorks: null },
  ],
  'split-brain': [{ isSplitBrain: true }, { isSplitBrain: false }, {}],
  'unmanaged-primary': [{ hasUnmanagedPrimary: true }, { hasUnmanagedPrimary: false }, {}],
  'no-candidate': [
    { hasLeader: true, membersKnown: 3, candidates: 0 },
    { hasLeader: true, membersKnown: 1, candidates: 0 },
    { hasLeader: true, membersKnown: 3, candidates: null },
  ],
  'leader-changed': [{ leaderChangedSeconds: 60 }, { leaderChangedSeconds: 901 }, { leaderChangedSeconds: null }],
  'leader-flapping': [{ leaderChanges: 3 }, { leaderChanges: 2 }, { leaderChanges: null }],
  'paused-long': [
    { isPaused: true, pausedSeconds: 3601 },
    { isPaused: false, pausedSeconds: null },
    { isPaused: true, pausedSeconds: null },
  ],
  'identifiers-differ': [{ identifiersDiffer: true }, { identifiersDiffer: false }, {}],
  'sync-standby-missing': [{ lacksSyncStandby: true }, { lacksSyncStandby: false }, {}],
  'member-lost': [{ isListed: false }, { isListed: true }, { isListed: null }],
  'member-unreachable': [
    { isListed: true, isReachable: false },
    { isListed: false, isReachable: false },
    { isListed: null, isReachable: false },
  ],
  'postgres-not-running': [{ isRunning: false }, { isRunning: true }, { isRunning: null }],
  'watchdog-failed': [{ hasWatchdogFailed: true }, { hasWatchdogFailed: false }, {}],
  'pending-restart': [{ isPendingRestart: true }, { isPendingRestart: false }, {}],
  'clock-skewed': [{ clockSkewSeconds: -6 }, { clockSkewSeconds: -5 }, { clockSkewSeconds: null }],
  'agent-lost': [
    { isReachable: true, agentAnswers: false, isAgentLocked: false },
    { isReachable: true, agentAnswers: false, isAgentLocked: true },
    { isReachable: true, agentAnswers: null, isAgentLocked: false },
  ],
  'agent-locked': [{ isAgentLocked: true }, { isAgentLocked: false }, {}],
  'replication-lag': [
    { isLeader: false, replayLagSeconds: 31 },
    { isLeader: false, replayLagSeconds: 30 },
    { isLeader: false, replayLagSeconds: null },
  ],
  'replication-lag-severe': [
    { isLeader: false, replayLagSeconds: 301 },
    { isLeader: true, replayLagSeconds: 301 },
    { isLeader: null, replayLagSeconds: 301 },
  ],
  'replication-lag-bytes': [
    { isLeader: false, receiveLagBytes: 67_108_865 },
    { isLeader: false, receiveLagBytes: 0 },
    { isLeader: false, receiveLagBytes: null },
  ],
  'replica-not-streaming': [
    { isRunning: true, isStreaming: false },
    { isRunning: false, isStreaming: false },
    { isRunning: true, isStreaming: null },
  ],
  'timeline-differs': [
    { isLeader: false, timelineDiffers: true },
    { isLeader: false, timelineDiffers: false },
    { isLeader: false, timelineDiffers: null },
  ],
  'replay-paused': [{ isReplayPaused: true }, { isReplayPaused: false }, {}],
  'commits-wait': [{ leaderWaitingOnSync: 3 }, { leaderWaitingOnSync: 0 }, {}],
  'slot-retains-wal': [{ retainedBytes: 2e10 }, { retainedBytes: 1e10 }, { retainedBytes: null }],
  'slot-endangered': [
    { walStatus: 'lost', isInvalid: null },
    { walStatus: 'extended', isInvalid: false },
    { walStatus: null, isInvalid: false },
  ],
  'etcd-no-quorum': [{ etcdHasQuorum: false }, { etcdHasQuorum: true }, {}],
  'etcd-no-space': [{ etcdHasNoSpace: true }, { etcdHasNoSpace: false }, {}],
  'etcd-alarm': [{ etcdIsCorrupt: true }, { etcdIsCorrupt: false }, {}],
  'etcd-member-down': [
    { answers: false, isUnstarted: false },
    { answers: false, isUnstarted: true },
    { answers: null, isUnstarted: false },
  ],
  'etcd-elections': [{ etcdTermChanges: 4 }, { etcdTermChanges: 3 }, {}],
  'etcd-nearly-full': [{ dbUse: 0.81 }, { dbUse: 0.8 }, { dbUse: null }],
  'etcd-slow': [{ etcdAnswerMs: 501 }, { etcdAnswerMs: 4 }, {}],
  'dcs-silent': [{ dcsSilentSeconds: 61 }, { dcsSilentSeconds: 9 }, {}],
  'failsafe-active': [{ isFailsafeActive: true }, { isFailsafeActive: false }, {}],
  'haproxy-no-primary': [{ haproxyPrimaryServers: 0 }, { haproxyPrimaryServers: 1 }, {}],
  'haproxy-two-primaries': [{ haproxyPrimaryServers: 2 }, { haproxyPrimaryServers: 1 }, {}],
  'haproxy-disagrees': [
    { haproxyPrimaryServers: 1, haproxyIsRight: false },
    { haproxyPrimaryServers: 2, haproxyIsRight: false },
    { haproxyPrimaryServers: 1, haproxyIsRight: null },
  ],
  'haproxy-no-replica': [
    { haproxyReplicaServers: 0, membersKnown: 3 },
    { haproxyReplicaServers: 0, membersKnown: 1 },
    { haproxyReplicaServers: null, membersKnown: 3 },
  ],
  'haproxy-queue': [{ haproxyQueued: 1 }, { haproxyQueued: 0 }, {}],
  'pool-exhausted': [
    { busy: 0.95, mode: 'transaction', clientsWaiting: 0 },
    { busy: 1, mode: 'session', clientsWaiting: 0 },
    { busy: null, mode: 'transaction', clientsWaiting: 1 },
  ],
  'pool-waiting': [{ maxWaitSeconds: 6 }, { maxWaitSeconds: 0 }, {}],
  'pool-waiting-long': [{ maxWaitSeconds: 31 }, { maxWaitSeconds: 6 }, {}],
  'pool-database-limit': [{ databaseUse: 0.95 }, { databaseUse: 0.5 }, { databaseUse: null }],
  'pooler-down': [{ poolerAnswers: false }, { poolerAnswers: true }, { poolerAnswers: null }],
  'pooler-clients': [{ poolClientUse: 0.9 }, { poolClientUse: 0.2 }, {}],
  'pooler-paused': [{ isPoolerPaused: true }, { isPoolerPaused: false }, { isPoolerPaused: null }],
  'pooler-database-paused': [
    { isPoolerPaused: null, hasPausedDatabase: true },
    { isPoolerPaused: null, hasPausedDatabase: false },
    { isPoolerPaused: true, hasPausedDatabase: null },
  ],
  'connections-high': [{ connectionUse: 0.81 }, { connectionUse: 0.5 }, {}],
  'connections-exhausted': [{ connectionUse: 0.96 }, { connectionUse: 0.9 }, {}],
  'wal-folder-large': [{ walFolderBytes: 6e10 }, { walFolderBytes: 1e9 }, {}],
  'disk-low': [{ dataFreeBytes: 1e9 }, { dataFreeBytes: 1e11 }, {}],
  'disk-filling': [{ dataFullSeconds: 3600 }, { dataFullSeconds: 86_400 }, {}],
  wraparound: [{ leaderXidAge: 500_000_001 }, { leaderXidAge: 200_000_000 }, {}],
  'wraparound-near': [
    { leaderXidAge: 3, leaderMxidAge: 1_000_000_001 },
    { leaderXidAge: 3, leaderMxidAge: 3 },
    { leaderXidAge: 3, leaderMxidAge: null },
  ],
  'long-transaction': [{ longestTransactionSeconds: 3601 }, { longestTransactionSeconds: 0 }, {}],
  'idle-in-transaction': [{ longestIdleInTransactionSeconds: 301 }, { longestIdleInTransactionSeconds: 0 }, {}],
  'sessions-blocked': [{ waitingOnLock: 6 }, { waitingOnLock: 5 }, {}],
  deadlocks: [
    { deadlocks: null, deadlocksSeen: 6 },
    { deadlocks: 5, deadlocksSeen: 5 },
    { deadlocks: null, deadlocksSeen: 5 },
  ],
  'checkpoints-requested': [
    { requestedCheckpoints: 7, requestedCheckpointsSeen: 7 },
    { requestedCheckpoints: 0, requestedCheckpointsSeen: 0 },
    { requestedCheckpoints: null, requestedCheckpointsSeen: 6 },
  ],
  'horizon-held': [{ leaderHorizonAge: 100_000_001 }, { leaderHorizonAge: 5 }, {}],
  'checksums-fail': [{ newChecksumFailures: 1 }, { newChecksumFailures: 0 }, {}],
  'backup-overdue': [{ backupOverdue: 'critical' }, { backupOverdue: 'warning' }, { backupOverdue: null }],
  'backup-late': [{ backupOverdue: 'warning' }, { backupOverdue: 'no' }, {}],
  'repository-unusable': [{ isUsable: false }, { isUsable: true }, { isUsable: null }],
  'archiver-failing': [{ isArchiverFailing: true }, { isArchiverFailing: false }, {}],
  'archiver-behind': [{ leaderArchiveQueue: 33 }, { leaderArchiveQueue: 0 }, {}],
  'recovery-behind': [
    { recoveryLagSeconds: 3601, leaderArchiveQueue: 1 },
    { recoveryLagSeconds: 3601, leaderArchiveQueue: 0 },
    { recoveryLagSeconds: 3601, leaderArchiveQueue: null },
  ],
  'wal-gap': [{ hasWalGap: true }, { hasWalGap: false }, {}],
  'backup-broken': [{ lacksReference: true }, { lacksReference: false }, {}],
  'backup-page-errors': [{ hasPageErrors: true }, { hasPageErrors: false }, {}],
  'rehearsal-failed': [{ rehearsal: 'failed' }, { rehearsal: 'good' }, { rehearsal: null }],
  'rehearsal-overdue': [{ rehearsal: 'overdue' }, { rehearsal: 'failed' }, {}],
  'console-blind': [{ sight: 'stale' }, { sight: 'partial' }, {}],
  'lead-unseen': [{ sight: 'partial' }, { sight: 'blind' }, {}],
  'etcd-unseen': [{ isEtcdUnseen: true }, { isEtcdUnseen: false }, {}],
  'haproxy-unseen': [{ isHaproxyUnseen: true }, { isHaproxyUnseen: false }, {}],
  'statistics-unseen': [{ statisticsUnseen: 1 }, { statisticsUnseen: 0 }, {}],
  'poolers-unseen': [{ poolersUnseen: 1 }, { poolersUnseen: 0 }, {}],
  'backups-unseen': [{ areBackupsUnseen: true }, { areBackupsUnseen: false }, {}],
  'alerts-unknown': [{ unknownSeconds: 301 }, { unknownSeconds: 0 }, {}],
  'notifications-undelivered': [
    { deadNotifications: 0, notificationWaitSeconds: 601 },
    { deadNotifications: 0, notificationWaitSeconds: 600 },
    {},
  ],
  'operation-waits': [{ decisionWaitSeconds: 601 }, { decisionWaitSeconds: 600 }, {}],
  'approval-wanted': [{ approvalsWaiting: 1 }, { approvalsWaiting: 0 }, {}],
  'glass-broken': [{ glassBroken: 1 }, { glassBroken: 0 }, {}],
  'policy-weakened': [{ policiesWeakened: 1 }, { policiesWeakened: 0 }, {}],
  'audit-disputed': [{ isAuditDisputed: true }, { isAuditDisputed: false }, {}],
  'alerts-stand-still': [{ unknownSeconds: 61 }, { unknownSeconds: 5 }, {}],
}

test.each(Object.entries(cases))('%s fires, stays quiet and stays unknown', (id, [fires, quiet, unknown]) => {
  const rule = ruleOf(id)
  if (!rule) throw new Error(`There is no rule ${id}.`)
  const { rule: loaded, parameters } = inForce(loadRule(rule), undefined)
  const came = (facts: Facts) => holds(loaded.condition, { facts, parameters })
  expect([came(fires), came(quiet), came(unknown)]).toEqual([true, false, null])
  expect(fillSummary(rule, fires, parameters)).not.toMatch(/[{}]|undefined|NaN/)
})

test('every rule is tried, and has an id of its own', () => {
  const ids = [...alertRules, standStill].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(Object.keys(cases).toSorted())
})

test("the guide's three rules are as the guide has them", () => {
  expect(ruleOf('replication-lag')).toMatchObject({ forSeconds: 300, severity: 'warning' })
  expect(ruleOf('pool-exhausted')).toMatchObject({ forSeconds: 120, severity: 'critical' })
  expect(ruleOf('no-leader')).toMatchObject({ forSeconds: 60, severity: 'critical' })
})

test('a rule on what does not exist is refused when it is loaded, not silently quiet for ever', () => {
  const [rule] = alertRules
  if (!rule) throw new Error('There are none.')
  expect(() => loadRule({ ...rule, expression: 'not hasLeaderr' })).toThrow(
    'no-leader cannot be used: There is no fact',
  )
  expect(() => loadRule({ ...rule, expression: 'not' })).toThrow('character 4 of not')
  expect(() => loadRule({ ...rule, summary: '{absent}' })).toThrow('names absent')
})

/** How often it is told that it began or ended, asked each second from what holds then. */
function timesTold(rule: AlertRule, seconds: number, isFiring: (second: number) => boolean): number {
  const [fires = {}, quiet = {}] = cases[rule.id] ?? []
  const given = inForce(loadRule(rule), undefined)
  let standing: AlertsStanding = { live: [], ended: [] }
  let told = 0
  for (let second = 0; second < seconds; second += 1) {
    const facts = isFiring(second) ? fires : quiet
    const row: FactRow = { scope: rule.scope, subject: 'pg-1', member: null, facts }
    const judgement = { rule: given, row, holds: holds(given.rule.condition, { facts, parameters: given.parameters }) }
    const step = advance({
      standing,
      judgements: [judgement],
      isGone: () => false,
      isInForce: () => true,
      cluster: { clusterId: 'c', clusterName: 'main' },
      newId: () => String(second),
      now: new Date(second * 1000),
    })
    standing = step.standing
    told += step.moves.filter(({ kind }) => kind === 'fired' || kind === 'resolved').length
  }
  return told
}

test.each([...alertRules, standStill])(
  '$id is told twice at most when it comes and goes each second for ten minutes',
  (rule) => {
    const flapping = (second: number) => second < 600 && second % 2 === 0
    expect(timesTold(rule, 600 + rule.keepFiringSeconds + 1200, flapping)).toBeLessThanOrEqual(2)
  },
)

test('however slowly a rule comes and goes, within an hour it is told at most three times that it began', () => {
  const given = fc.record({
    rule: fc.constantFrom(...alertRules, standStill),
    on: fc.integer({ min: 1, max: 400 }),
    off: fc.integer({ min: 1, max: 400 }),
  })
  fc.assert(
    fc.property(given, ({ rule, on, off }) => {
      const quick = { ...rule, forSeconds: 0 }
      expect(timesTold(quick, 3600, (second) => second % (on + off) < on)).toBeLessThanOrEqual(6)
    }),
    { numRuns: 60 },
  )
})
