import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { addCluster } from '../testing/sweep.ts'

const clusterId = randomUUID()
const noon = Date.parse('2026-11-20T12:00:00Z')
const at = (minutes: number) => new Date(noon + minutes * 60_000)

test('what went on in a window of long ago is found, however much has been since', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  const token = await console.token('viewer')
  const operation = (reason: string, from: number, to: number | null) =>
    owner.pool.query(
      `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name,
                              requested_at, started_at, ended_at, outcome)
       values ($1, $2, 'main', 'switchover', 'lead', $3, '{}', 'x', $4, 'a', 'Ada', $5, $5, $6, $7)`,
      [randomUUID(), clusterId, to === null ? 'running' : 'succeeded', reason, at(from), to && at(to), to && 'Done.'],
    )
  await operation('long before', -90, -80)
  await operation('into it', -20, 5)
  await operation('within it', 10, 12)
  for (let n = 0; n < 110; n += 1) await operation('since then', 100 + n, 101 + n)
  await operation('going on', 400, null)
  const alert = async (subject: string, from: number, to: number, incidentId: string | null = null) => {
    await owner.pool.query(
      `insert into alert (id, cluster_id, cluster_name, rule_id, title, subject, severity, cause, state, since, fired_at, resolved_at,
                          summary, facts, held_at, counts_from, incident_id)
       values ($1, $2, 'main', 'no-leader', 'No leader', $3, 'critical', 'leadership', 'resolved', $4, $4, $5, 'Nobody leads.',
               '{}', $5, $4, $6)`,
      [randomUUID(), clusterId, subject, at(from), at(to), incidentId],
    )
  }
  const incidentId = randomUUID()
  await owner.pool.query(
    `insert into incident (id, cluster_id, cluster_name, cause, severity, sentence, opened_at, closed_at)
     values ($1, $2, 'main', 'leadership', 'critical', 'Nobody leads.', $3, $4)`,
    [incidentId, clusterId, at(3), at(30)],
  )
  await alert('in the window', 3, 30, incidentId)
  await alert('since then', 200, 201)

  const read = async (path: string) => (await console.rest('GET', path, { token })).json()
  const window = `since=${at(0).toISOString()}&until=${at(60).toISOString()}`
  expect(await read(`/clusters/main/operations?${window}`)).toMatchObject({
    operations: [{ reason: 'within it' }, { reason: 'into it' }],
    nextBefore: null,
  })
  expect(await read(`/clusters/main/operations?since=${at(205).toISOString()}&limit=2`)).toMatchObject({
    operations: [{ reason: 'going on' }, { reason: 'since then' }],
    nextBefore: expect.any(String),
  })
  expect(await read(`/clusters/main/alerts?states=resolved&${window}`)).toMatchObject({
    alerts: [{ subject: 'in the window' }],
  })
  const { timeline } = (await read('/incidents/1')) as { timeline: { kind: string; sentence: string }[] }
  const told = timeline.flatMap(({ kind, sentence }) => (kind === 'operation' ? [sentence] : []))
  expect(told).toEqual([
    'Ada asked for a switchover: into it',
    'Done.',
    'Ada asked for a switchover: within it',
    'Done.',
  ])
})
