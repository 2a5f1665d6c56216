import { randomUUID } from 'node:crypto'
import type { KeptAlert } from '#domain/alerts/alert.ts'
import type { ChannelSettings } from '#domain/alerts/notify/channel.ts'
import { madeAlert } from '#domain/alerts/testing/made-alert.ts'
import { tellingListener } from '#server/alerts/notify/tell.ts'
import { createLog } from '#server/log.ts'
import { insertIncident } from '#server/store/alerts/incidents.ts'
import { saveAlerts } from '#server/store/alerts/save-alerts.ts'
import { publishSealingKey, type WorkerKeys } from '#server/store/keys.ts'
import { putChannelSecret } from '#server/store/notifications/channel-secrets.ts'
import { insertChannel } from '#server/store/notifications/channels.ts'
import { listNotifications } from '#server/store/notifications/log.ts'
import { replaceRoutes } from '#server/store/notifications/routes.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { Delivering } from '../deliver.ts'

const log = createLog('test')
log.level = 'silent'

/** A store with one cluster, one channel and a route of everything to it. */
export class Bench {
  readonly clusterId = randomUUID()
  readonly store: Store
  readonly keys: WorkerKeys
  channelId = ''

  constructor(store: Store, keys: WorkerKeys) {
    this.store = store
    this.keys = keys
  }

  async open(settings: ChannelSettings, secret: string | null = null, labels: string[] = []): Promise<this> {
    const { store, keys, clusterId } = this
    await publishSealingKey(store, keys, null)
    await store.pool.query(`insert into cluster (id, name, endpoints, labels) values ($1, 'main', '{}', $2)`, [
      clusterId,
      labels,
    ])
    this.channelId = await this.channel({ name: 'on-call', settings, secret })
    const route = { severity: 'info', cluster: null, label: null, hours: null, repeatMinutes: null } as const
    await inTransaction(store, (tx) =>
      replaceRoutes(tx, [{ ...route, steps: [{ afterMinutes: 0, channelIds: [this.channelId] }], goesOn: false }]),
    )
    return this
  }

  /** Adds a channel, which tells of ends unless that is said; returns its id. */
  channel({
    name,
    settings,
    secret = null,
    sendsResolved = true,
  }: {
    name: string
    settings: ChannelSettings
    secret?: string | null
    sendsResolved?: boolean
  }): Promise<string> {
    return inTransaction(this.store, async (tx) => {
      const { id } = await insertChannel(tx, { name, settings, sendsResolved, isPaused: false }, 'test')
      if (secret !== null) await putChannelSecret(tx, { channelId: id, settings, secret })
      return id
    })
  }

  alert(change: Partial<KeptAlert> = {}): KeptAlert {
    const { clusterId } = this
    return madeAlert('replication', { id: randomUUID(), clusterId, severity: 'critical', since: new Date(), ...change })
  }

  /** Keeps an alert and tells of it in one transaction, as the engine does. */
  async keep(kind: 'began' | 'ended', alert: KeptAlert): Promise<void> {
    await inTransaction(this.store, async (tx) => {
      await saveAlerts(tx, [alert])
      await tellingListener(log)(tx, { alerts: [{ kind, alert, incident: null }], incidents: [] })
    })
  }

  /** Opens an incident; returns its id. */
  async incident(): Promise<string> {
    const id = randomUUID()
    const { clusterId, store } = this
    const told = { cause: 'leadership', severity: 'critical', sentence: 'Nobody leads.' } as const
    await insertIncident(store.pool, { id, clusterId, clusterName: 'main', ...told, openedAt: new Date() })
    return id
  }

  end(alert: KeptAlert): Promise<void> {
    return this.keep('ended', { ...alert, state: 'resolved', resolvedAt: new Date() })
  }

  worker(more: Partial<Delivering> = {}): Delivering {
    const { signal } = new AbortController()
    const { store, keys } = this
    return { store, keys, holder: randomUUID(), publicUrl: null, log, signal, ...more }
  }

  /** Lets the time pass that a notification still waits. */
  async pass(): Promise<void> {
    await this.store.pool.query(`update notification set next_attempt_at = now() where state = 'waiting'`)
  }

  rows() {
    return listNotifications(this.store, { limit: 100 })
  }
}
