import { generateKeyPairSync } from 'node:crypto'
import type { ChannelSettings, EmailSettings } from '#domain/alerts/notify/channel.ts'
import type { Told } from '#domain/alerts/notify/told.ts'
import { readWitnessAddress } from '#domain/audit-chain/witness-address.ts'
import { enrolAgent } from '../../agent/enrol.ts'
import { createEtcdClient } from '../../etcd/client.ts'
import { createHaproxyControl } from '../../haproxy/control.ts'
import { readHaproxy } from '../../haproxy/client.ts'
import { send } from '../../notify/send.ts'
import { createPatroniClient } from '../../patroni/client.ts'
import { createPoolerLook } from '../../pooler/detail.ts'
import { reachPooler } from '../../pooler/client.ts'
import { readPostgresStatus } from '../../postgres/client.ts'
import { sendCheckpoint } from '../../witness/send-checkpoint.ts'

/** A way in which an address that somebody typed is connected to; tells the sentence that came of it. */
export interface Door {
  name: string
  /** `url` = it is typed as a URL, `host` = as a host with a port. */
  takes: 'url' | 'host'
  sentenceOf(place: { url: string; host: string; port: number }): Promise<string>
}

/** All of them. */
export const doors: readonly Door[] = [
  door('Patroni', 'url', ({ url }) => createPatroniClient(patroni).status(url)),
  door('Patroni, to act', 'url', ({ url }) => createPatroniClient(patroni).checkCredentials(url)),
  door('etcd', 'url', ({ url }) => createEtcdClient({ ...nobody, urls: [url] }).endpointStatus(url)),
  door('etcd, keys', 'url', ({ url }) => createEtcdClient({ ...nobody, urls: [url] }).listKeys('/service', 'main')),
  door('etcd, watch', 'url', ({ url }) =>
    createEtcdClient({ ...nobody, urls: [url] }).watch({
      namespace: '/service',
      scope: 'main',
      fromRevision: '1',
      onChange() {},
      signal: AbortSignal.timeout(5_000),
    }),
  ),
  door('HAProxy', 'url', ({ url }) => readHaproxy({ ...nobody, url })),
  door('HAProxy, commands', 'url', ({ url }) => createHaproxyControl({ ...nobody, url }).look()),
  door('Postgres', 'host', (at) => readPostgresStatus({ ...sql, ...at, database: 'postgres' })),
  door('pgBouncer', 'host', (at) => reachPooler({ ...at, who: 'pg-1' })),
  door('pgBouncer, console', 'host', (at) => createPoolerLook({ ...sql, ...at }).read()),
  door('agent', 'host', ({ host, port }) =>
    enrolAgent({ place: { node: 'pg-1', address: `${host}:${port}` }, invitationId: 'i', secret: 's', ...keys() }),
  ),
  channel('webhook', 'url', ({ url }) => ({
    settings: { kind: 'webhook', url, user: null, caPem: null },
    secret: null,
  })),
  channel('Slack', 'url', ({ url }) => ({ settings: { kind: 'slack' }, secret: url })),
  channel('PagerDuty', 'url', ({ url }) => ({ settings: { kind: 'pagerduty', url }, secret: 'x'.repeat(32) })),
  channel('heartbeat', 'url', ({ url }) => ({ settings: { kind: 'heartbeat' }, secret: url })),
  channel('mail server', 'host', ({ host, port }) => ({ settings: { ...email, host, port }, secret: null })),
  witness('witness', (at) => at.url),
  witness('witness by syslog over TCP', ({ url }) => url.replace(/^https?:/, 'syslog+tcp:')),
  witness('witness by syslog over UDP', ({ url }) => url.replace(/^https?:/, 'syslog+udp:')),
]

const nobody = { user: null, password: null, caPem: null }
const patroni = { user: null, password: null, caPem: null }
const sql = { who: 'pg-1', user: 'watcher', password: 'secret' }
const email: Omit<EmailSettings, 'host' | 'port'> = {
  kind: 'email',
  security: 'none',
  isPlainAllowed: true,
  user: null,
  from: 'console@example.org',
  to: ['oncall@example.org'],
  zone: 'UTC',
  caPem: null,
}

type Place = Parameters<Door['sentenceOf']>[0]

function door(name: string, takes: Door['takes'], open: (place: Place) => Promise<unknown>): Door {
  return {
    name,
    takes,
    sentenceOf: (place) =>
      open(place).then(
        (said) => `It answered: ${JSON.stringify(said)}`,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
  }
}

function channel(
  name: string,
  takes: Door['takes'],
  receiver: (place: Place) => { settings: ChannelSettings; secret: string | null },
): Door {
  return door(name, takes, async (place) => {
    const message = { told: [told], consoleUrl: null, now: new Date() }
    const outcome = await send({ name, ...receiver(place), timeoutMs: 2_000 }, message, 1)
    if (outcome.kind !== 'accepted') throw new Error(outcome.problem)
    return outcome.response
  })
}

function witness(name: string, urlOf: (place: Place) => string): Door {
  return door(name, 'url', (place) => {
    const address = readWitnessAddress(urlOf(place))
    if (address === null) throw new Error('Is no address of a witness.')
    return sendCheckpoint(address, { seq: 1, hash: 'a'.repeat(64), at: '2026-01-01T00:00:00.000Z', signature: 's' })
  })
}

function keys() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') }
}

const told: Told = {
  key: 'k',
  alertId: 'a',
  ruleId: 'r',
  title: 'Test',
  subject: 'main',
  member: null,
  clusterId: 'c',
  cluster: 'main',
  labels: [],
  cause: 'console',
  severity: 'info',
  sentence: 'A test.',
  news: 'test',
  since: new Date(0),
  resolvedAt: null,
  incident: null,
  acknowledgedBy: null,
  runbook: null,
  peak: null,
}
