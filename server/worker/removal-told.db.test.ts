import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeptAlert } from '#domain/alerts/alert.ts'
import { tellAll } from '#server/alerts/notify/tell.ts'
import { ApprovalStage, type Person } from '#server/operations/approvals/testing/approval-stage.ts'
import { requestRemoval } from '#server/operations/request/request-removal.ts'
import { saveAlerts } from '#server/store/alerts/save-alerts.ts'
import { findCluster } from '#server/store/clusters.ts'
import { listen } from '#server/store/listen.ts'
import { replaceRoutes } from '#server/store/notifications/routes.ts'
import { inTransaction } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { deliverOnOne } from './notify/deliver.ts'
import { Bench } from './notify/testing/bench.ts'
import { ok, serveReceiver } from './notify/testing/receiver.ts'

let stage: ApprovalStage
let ada: Person

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  ada = await stage.person('Ada', 'admin')
})

afterAll(() => stage[Symbol.asyncDispose]())

describe('a cluster that is removed while alerts of it fire', () => {
  test('what was told is told as removed where ends are told, in one page and one message, and nothing follows', async () => {
    await using told = await openTold('told')
    const { bench, pager, hook, silent, send, remove } = told
    const incidentId = await bench.incident()
    const alerts = ['a', 'b'].map((subject) => bench.alert({ subject, incidentId, clusterName: 'told' }))
    for (const alert of alerts) await bench.keep('began', alert)
    await send()
    expect([pager, hook, silent].map(({ got }) => got.length)).toEqual([1, 1, 1])
    expect(await remove()).toMatchObject({ state: 'succeeded' })
    expect(await findCluster(stage.store, 'told')).toBeNull()
    const key = `matriarch:${bench.clusterId}:incident:1`
    const [a, b] = alerts.map(keyOf)
    expect((await told.rows()).map((row) => row.join(' ')).toSorted()).toEqual([
      `hook resolve waiting removed ${a}`,
      `hook resolve waiting removed ${b}`,
      `hook trigger sent began ${a}`,
      `hook trigger sent began ${b}`,
      `pager resolve waiting removed ${key}`,
      `pager trigger sent began ${key}`,
      `pager trigger sent began ${key}`,
      `silent trigger sent began ${a}`,
      `silent trigger sent began ${b}`,
    ])
    await send()
    expect(pager.got).toHaveLength(2)
    expect(pager.got[1]?.body).toMatchObject({
      event_action: 'resolve',
      dedup_key: key,
      payload: { summary: expect.stringMatching(/^told: The cluster was removed from the console/) },
    })
    expect(hook.got).toHaveLength(2)
    const body = hook.got[1]?.body
    expect(body).toMatchObject({ status: 'resolved', commonLabels: { cluster: 'told', cluster_labels: 'prod' } })
    expect(body?.['alerts'].map(({ fingerprint }: { fingerprint: string }) => fingerprint).toSorted()).toEqual(
      hook.got[0]?.body['alerts'].map(({ fingerprint }: { fingerprint: string }) => fingerprint).toSorted(),
    )
    for (const { status, annotations } of body?.['alerts'] ?? []) {
      expect(status).toBe('resolved')
      expect(annotations.summary).toMatch(/^The cluster was removed from the console, which no longer sees whether/)
    }
    expect(silent.got).toHaveLength(1)
    // Neither the later step nor what is told again.
    await tellAll(stage.store, new Date(Date.now() + 24 * 3_600_000))
    expect((await told.rows()).filter(([, , state]) => state === 'waiting')).toEqual([])
    const log = (await bench.rows()).filter(({ told: { clusterId } }) => clusterId === bench.clusterId)
    expect(log).toHaveLength(9)
    expect(new Set(log.map(({ told: { cluster } }) => cluster))).toEqual(new Set(['told']))
  })

  test('what nobody has tried to send yet is taken back, and what was told as over is not told twice', async () => {
    await using told = await openTold('early')
    const { bench, hook, send, remove } = told
    const over = bench.alert({ subject: 'over', clusterName: 'early' })
    await bench.keep('began', over)
    await send()
    await bench.end(over)
    await bench.keep('began', bench.alert({ subject: 'unsent', clusterName: 'early' }))
    await remove()
    expect(await told.wordsOf('hook')).toEqual(['trigger sent began', 'resolve waiting ended', 'trigger dropped began'])
    await send()
    expect(hook.got.map(({ body }) => body['status'])).toEqual(['firing', 'resolved'])
    expect(JSON.stringify(hook.got)).not.toContain('unsent')
  })

  test('what is on its way while it is removed is ended after it, in the same words', async () => {
    await using told = await openTold('flying')
    const { bench, hook, send, remove } = told
    await bench.keep('began', bench.alert({ clusterName: 'flying' }))
    // As if a worker had it in hand.
    await stage.store.pool.query(`update notification set attempts = 1 where cluster_id = $1`, [bench.clusterId])
    await remove()
    await tellAll(stage.store, new Date())
    await send()
    expect(await told.wordsOf('hook')).toEqual(['trigger sent began', 'resolve sent removed'])
    expect(hook.got.map(({ body }) => body['status'])).toEqual(['firing', 'resolved'])
  })

  test('the workers that send hear of it with the removal', async () => {
    await using told = await openTold('heard')
    const { bench, remove } = told
    const heard: string[] = []
    const ending = new AbortController()
    await new Promise<void>((resolve) => {
      void listen(stage.store.url, {
        signal: ending.signal,
        onNotice: (notice) => heard.push(JSON.stringify(notice)),
        onState: () => resolve(),
      })
    })
    await remove()
    await until(() => heard.includes(JSON.stringify({ kind: 'clusters' })))
    ending.abort()
    expect(heard).toContain(JSON.stringify({ kind: 'alerts', clusterId: bench.clusterId }))
  })
})

test('an alert that begins while its cluster is removed ends with it', async () => {
  await using told = await openTold('racing')
  const { bench, remove } = told
  const { pool } = stage.store
  await pool.query(
    `insert into cluster_lease (cluster_id, executor_id, expires_at) values ($1, 'x', now() + interval '1 hour')`,
    [bench.clusterId],
  )
  // As the engine of alerts keeps what it found.
  const removing = await inTransaction(stage.store, async (tx) => {
    await tx.query('select from cluster_lease where cluster_id = $1 for share', [bench.clusterId])
    const { rows: own } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid')
    const ended = remove()
    await until(async () => {
      const { rowCount } = await pool.query('select from pg_stat_activity where $1 = any(pg_blocking_pids(pid))', [
        own[0]?.pid,
      ])
      return rowCount === 1
    })
    await saveAlerts(tx, [bench.alert({ clusterName: 'racing' })])
    await tx.query(
      `insert into alert_engine_beat (cluster_id, evaluated_at) values ($1, now()) on conflict do nothing`,
      [bench.clusterId],
    )
    return { ended }
  })
  expect(await removing.ended).toMatchObject({ state: 'succeeded' })
  const { rows } = await pool.query('select state from alert where cluster_id = $1', [bench.clusterId])
  expect(rows).toEqual([{ state: 'resolved' }])
})

/** A cluster, a pager and a webhook that are told of ends, a webhook that is not, and one that is told later. */
async function openTold(name: string) {
  const { store } = stage
  const [pager, hook, silent] = [await serveReceiver(accept), await serveReceiver(ok), await serveReceiver(ok)]
  const bench = new Bench(store, stage.keys)
  await store.pool.query(`insert into cluster (id, name, endpoints, labels) values ($1, $2, '{}', '{prod}')`, [
    bench.clusterId,
    name,
  ])
  const webhook = (url: string) => ({ kind: 'webhook', url, user: null, caPem: null }) as const
  const paged = { kind: 'pagerduty', url: `${pager.url}/v2/enqueue` } as const
  const ids = [
    await bench.channel({ name: `${name} pager`, settings: paged, secret: routingKey }),
    await bench.channel({ name: `${name} hook`, settings: webhook(hook.url) }),
    await bench.channel({ name: `${name} silent`, settings: webhook(silent.url), sendsResolved: false }),
  ]
  const later = await bench.channel({ name: `${name} later`, settings: webhook(hook.url) })
  await inTransaction(store, (tx) =>
    replaceRoutes(tx, [
      {
        severity: 'info',
        cluster: { id: bench.clusterId, name },
        label: null,
        hours: null,
        steps: [
          { afterMinutes: 0, channelIds: ids },
          { afterMinutes: 30, channelIds: [later] },
        ],
        repeatMinutes: 60,
        goesOn: false,
      },
    ]),
  )
  const rows = async () => {
    const { rows } = await store.pool.query<Record<string, string>>(
      `select split_part(c.name, ' ', 2) as channel, n.kind, n.state, n.told->>'news' as news, n.dedup_key as key
           from notification n join channel c on c.id = n.channel_id
          where n.cluster_id = $1 order by 1, n.id`,
      [bench.clusterId],
    )
    return rows.map(({ channel: to, kind, state, news, key }) => [to, kind, state, news, key])
  }
  return {
    bench,
    pager,
    hook,
    silent,
    send: async () => {
      await bench.pass()
      while (await deliverOnOne(bench.worker())) await bench.pass()
    },
    remove: async () => {
      const request = { actor: ada, cluster: { id: bench.clusterId, name }, reason: 'it was switched off' }
      const asked = await requestRemoval(stage.web, { ...request, confirmName: name, idempotencyKey: randomUUID() })
      return stage.ended(asked)
    },
    wordsOf: async (title: string) => {
      const all = await rows()
      return all.filter(([to]) => to === title).map(([, kind, state, news]) => `${kind} ${state} ${news}`)
    },
    rows,
    async [Symbol.asyncDispose]() {
      for (const receiver of [pager, hook, silent]) await receiver[Symbol.asyncDispose]()
    },
  }
}

const routingKey = '0123456789abcdef0123456789abcdef'

function accept(_: unknown, response: Parameters<typeof ok>[1]): void {
  response.statusCode = 202
  response.end('{"status":"success"}')
}

function keyOf({ clusterId, ruleId, subject }: KeptAlert): string {
  return `matriarch:${clusterId}:${ruleId}:${subject}`
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await isSo()) return
    await sleep(25)
  }
  throw new Error('It was not so within 10 s.')
}
