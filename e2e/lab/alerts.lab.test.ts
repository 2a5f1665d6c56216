import { beforeEach, expect, test } from 'vitest'
import type { AlertCause } from '#domain/alerts/rule.ts'
import { healNode, isolateNode, sql } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { hushRules, otherRules } from '../other-rules.ts'
import { until } from '../until.ts'
import { startReceiver } from './alert-receiver.ts'
import { enrolAll } from './enrolled-lab.ts'
import { fillPool, firing, untilFiring, untilResolved } from './alerting-lab.ts'
import { healLab, leaderOf, look, rest, untilFollowed } from './watched-lab.ts'

beforeEach(healLab)

/** They come with minutes, which a test does not wait. */
const soon = { forSeconds: 4, keepFiringSeconds: 4 }

/** Causes of what tests before one broke. */
const broken: ReadonlySet<AlertCause> = new Set<AlertCause>([
  'leadership',
  'member',
  'replication',
  'consensus',
  'routing',
  'pooling',
])

test('a pool that clients fill fires the alert on it, which a receiver is told of once, and once more when it is over', async () => {
  const leader = leaderOf(await look())
  await using receiver = await startReceiver()
  const channel = await rest.tellAt(labClusterName, receiver.url)
  const clients = await fillPool(leader, 24)
  try {
    await using _ = await otherRules(rest, { 'pool-exhausted': soon })
    const alert = await untilFiring('pool-exhausted', ({ member }) => member === leader)
    expect(alert).toMatchObject({ subject: `${leader} myapp/app`, severity: 'critical', cause: 'pooling' })
    expect(Number(alert.facts['busy'])).toBeGreaterThanOrEqual(0.95)
    expect(await openIncidentOf(alert.incidentId)).toMatchObject({ cause: 'pooling', severity: 'critical' })
    const arrives = { what: 'the receiver is told of it', timeoutMs: 120_000 }
    await until(arrives, async () => receiver.of('pool-exhausted').length > 0)
    expect(receiver.of('pool-exhausted')).toEqual(['firing'])
    await clients[Symbol.asyncDispose]()
    await untilResolved(alert)
    expect(await openIncidentOf(alert.incidentId)).toBeUndefined()
    const ends = { what: 'the receiver is told that it is over', timeoutMs: 120_000 }
    await until(ends, async () => receiver.of('pool-exhausted').includes('resolved'))
    expect(receiver.of('pool-exhausted')).toEqual(['firing', 'resolved'])
  } finally {
    await clients[Symbol.asyncDispose]()
    await rest.tellNobody(channel)
  }
})

test('a replica that replays no more is seen to fall behind, and its alert fires and ends', async () => {
  const now = await look()
  const leader = leaderOf(now)
  const replica = now.members.find(({ name }) => name !== leader)?.name ?? ''
  await using _ = await otherRules(rest, { 'replication-lag': { ...soon, parameters: { seconds: 10 } } })
  const replay = await replayOf(replica)
  process.kill(replay, 'SIGSTOP')
  try {
    // Behind a leader that writes nothing nobody falls behind.
    await sql(leader, `select pg_logical_emit_message(true, 'test', 'something to replay')`)
    const alert = await untilFiring('replication-lag', ({ member }) => member === replica)
    expect(alert).toMatchObject({ subject: replica, severity: 'warning', cause: 'replication' })
    expect(Number(alert.facts['replayLagSeconds'])).toBeGreaterThan(10)
    const { receiver, sender } = await seenOf(leader, replica)
    expect(receiver).toMatchObject({ status: 'streaming' })
    expect(sender?.state).toBe('streaming')
    expect(sender?.replayLagBytes).toBeGreaterThan(0)
    process.kill(replay, 'SIGCONT')
    await untilResolved(alert)
    await until({ what: 'the layers show that it replays again', timeoutMs: 60_000 }, async () => {
      return (await seenOf(leader, replica)).sender?.replayLagBytes === 0
    })
  } finally {
    process.kill(replay, 'SIGCONT')
  }
})

test('a replica that is copied anew explains that its Postgres is away, and nobody is told of it', async () => {
  const now = await look()
  const leader = leaderOf(now)
  const replica = now.members.find(({ name }) => name !== leader)?.name ?? ''
  await using receiver = await startReceiver()
  const channel = await rest.tellAt(labClusterName, receiver.url)
  try {
    await using _ = await otherRules(rest, { 'postgres-not-running': soon })
    // In the lab a copy takes a second: as long as nobody may log in for it, it does not begin.
    await sql(leader, 'alter role replicator nologin')
    const asked = await rest.reinitialise(labClusterName, replica, 'the lab test holds its copy up')
    const alert = await untilFiring('postgres-not-running', ({ member }) => member === replica)
    expect(alert).toMatchObject({ explainedBy: asked.id, incidentId: null })

    await sql(leader, 'alter role replicator login')
    expect((await rest.untilEnded(asked.id)).state).toBe('succeeded')
    await untilResolved(alert)
    expect(receiver.of('postgres-not-running')).toEqual([])
  } finally {
    await sql(leader, 'alter role replicator login')
    await rest.tellNobody(channel)
  }
})

test('a leader that is cut off from etcd is one incident with its name, whatever fires because of it', async () => {
  await using _hushed = await hushRules(rest, broken)
  await enrolAll()
  const old = leaderOf(await look())
  const before = new Set((await rest.openIncidents(labClusterName)).map(({ id }) => id))
  // They fire on for their usual minutes: what one of them ends by is not asked here.
  await using _ = await otherRules(rest, {
    'leader-takes-no-writes': { forSeconds: 2 },
    'no-leader': { forSeconds: 2 },
    'haproxy-no-primary': { forSeconds: 2 },
    'dcs-silent': { forSeconds: 2, parameters: { seconds: 20 } },
    'member-lost': { forSeconds: 2 },
    // In a lab whose lead moves all the time it would tell of something else.
    'leader-flapping': { isEnabled: false },
  })
  await isolateNode(old)
  try {
    const { leader } = await untilFollowed(old)
    await untilFiring('member-lost', ({ member }) => member === old)
    const alerts = await until({ what: 'more than one alert fires', timeoutMs: 60_000 }, async () => {
      const found = (await firing()).filter(({ severity }) => severity !== 'info')
      return found.length > 1 ? found : null
    })
    // What no longer holds fires on for a while, and is not what the incident says.
    const open = await until({ what: 'an incident tells of whoever is cut off', timeoutMs: 60_000 }, async () => {
      const found = (await rest.openIncidents(labClusterName)).filter(({ id }) => !before.has(id))
      return found.some(({ sentence }) => sentence.includes(old)) ? found : null
    })
    expect(open.map(({ sentence }) => sentence)).toEqual([expect.stringContaining(old)])
    expect(open).toMatchObject([{ severity: 'critical' }])
    const beside = alerts.filter(({ incidentId }) => incidentId !== open[0]?.id && !before.has(incidentId ?? ''))
    expect(beside.map(({ ruleId, subject }) => `${ruleId} ${subject}`)).toEqual([])
    expect(leader).not.toBe(old)
    const told = {
      what: `the incident tells why Patroni on ${old} gave up the lead`,
      timeoutMs: 150_000,
      everyMs: 2_000,
    }
    const line = await until(told, async () => {
      const timeline = await rest.timeline(open[0]?.number ?? 0)
      return timeline.find(({ log, sentence }) => log?.node === old && sentence.startsWith('demoting self')) ?? null
    })
    expect(line).toMatchObject({ kind: 'log', log: { program: 'patroni', level: 'INFO' } })
  } finally {
    await healNode(old)
  }
})

async function openIncidentOf(id: string | null) {
  return (await rest.openIncidents(labClusterName)).find((incident) => incident.id === id)
}

/** How a replica and whoever sends to it tell of its replay. */
async function seenOf(leader: string, replica: string) {
  const stack = await rest.stack(labClusterName)
  const postgresOf = (name: string) => stack?.members.find((member) => member.name === name)?.postgres?.value
  return {
    receiver: postgresOf(replica)?.receiver,
    sender: postgresOf(leader)?.senders.find(({ application }) => application === replica),
  }
}

/** The process that replays WAL there. Patroni lets replay go on where it was only paused. */
async function replayOf(replica: string): Promise<number> {
  const [row] = await sql(replica, `select pid from pg_stat_activity where backend_type = 'startup'`)
  return Number(row?.['pid'])
}
