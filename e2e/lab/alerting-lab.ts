import pg from 'pg'
import type { Alert } from '#domain/alerts/alert.ts'
import { address, database, ports } from '#lab/addresses.ts'
import { credentials } from '#lab/credentials.ts'
import { nodeNamed } from '#lab/names.ts'
import { labClusterName } from '../lab-cluster.ts'
import { until } from '../until.ts'
import { rest } from './watched-lab.ts'

/** Clients that hold their servers, each within a transaction of its own, until the end of the scope. */
export async function fillPool(node: string, clients: number): Promise<AsyncDisposable> {
  const all = Array.from({ length: clients }, () => newClient(node))
  const leave = async () => {
    await Promise.all(all.map((client) => Promise.race([client.end().catch(() => {}), later(2_000)])))
  }
  try {
    await Promise.all(
      all.map(async (client) => {
        await client.connect()
        await client.query('begin; select 1')
      }),
    )
  } catch (error) {
    await leave()
    throw error
  }
  return { [Symbol.asyncDispose]: leave }
}

/** Waits until an alert of a rule fires, of the subject that the test means. */
export function untilFiring(ruleId: string, isMeant: (alert: Alert) => boolean = () => true): Promise<Alert> {
  return until({ what: `the alert ${ruleId} fires`, timeoutMs: 120_000, everyMs: 500 }, async () => {
    const alerts = await firing()
    return alerts.find((alert) => alert.ruleId === ruleId && isMeant(alert)) ?? null
  })
}

/** Waits until an alert that fired has ended. */
export async function untilResolved({ id, ruleId }: Alert): Promise<void> {
  await until({ what: `the alert ${ruleId} has ended`, timeoutMs: 120_000, everyMs: 500 }, async () =>
    (await rest.alerts(labClusterName)).every((alert) => alert.id !== id),
  )
}

/** What fires and is no mere note. */
export async function firing(): Promise<Alert[]> {
  return (await rest.alerts(labClusterName)).filter(({ state }) => state === 'firing')
}

function newClient(node: string): pg.Client {
  const client = new pg.Client({
    host: address[nodeNamed(node)],
    port: ports.pgbouncer,
    database,
    ...credentials.app,
    connectionTimeoutMillis: 10_000,
  })
  // The pooler ends them where a test before has left it in trouble; whoever waits for the alert tells then.
  client.on('error', () => {})
  return client
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
