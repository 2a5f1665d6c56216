import { setTimeout as sleep } from 'node:timers/promises'
import { metrics } from '#domain/samples/metrics.ts'
import { postgresValues } from '#domain/samples/postgres-values.ts'
import '#tools/testing/reach-loopback.ts'
import { createPostgresDetailLook } from '#server/adapters/postgres/detail/detail-look.ts'
import { openStore } from '#server/store/open.ts'
import { executorId } from '#server/store/samples/testing.ts'
import { saveSamples } from '#server/store/samples/save-samples.ts'
import { saveStack } from '#server/store/stack-view.ts'

// The deep look at one Postgres as a worker makes it, in a process of its own, so that its use can be read apart: it looks, makes the
// values of a sample, and keeps both in the store. A line is written after each look; before
// the first one it has looked so often that it does as a worker that has run for a while.
const warmUps = 500
const [port = '', storeUrl = '', clusterId = '', intervalMs = ''] = process.argv.slice(2)
const store = openStore(storeUrl, { max: 2 })
const access = {
  host: '127.0.0.1',
  port: Number(port),
  user: 'watcher',
  database: 'postgres',
  password: null,
  who: 'pg-1',
}
const look = createPostgresDetailLook(access)

for (let n = 0; n < warmUps; n++) await lookOnce()
for (;;) {
  const startedAt = performance.now()
  await lookOnce()
  process.stdout.write('looked\n')
  await sleep(Number(intervalMs) - (performance.now() - startedAt))
}

async function lookOnce(): Promise<void> {
  const value = await look.read()
  const now = new Date()
  const values = postgresValues(value, now)
  const sample = {
    subject: { kind: 'member' as const, name: 'pg-1' },
    at: now,
    values: metrics.member.map(({ name }) => values[name] ?? null),
  }
  const postgres = { value, seenAt: now, problem: null }
  const stack = { takenAt: now, members: [{ name: 'pg-1', postgres, pooler: null }], haproxy: null, etcd: null }
  await saveStack(store, { clusterId, executorId, stack })
  await saveSamples(store, { clusterId, executorId, samples: [sample] })
}
