import type { AlertSeverity } from '#domain/alerts/rule.ts'
import type { Channel } from '#domain/alerts/notify/channel.ts'
import { pickBatch } from '#domain/alerts/notify/pick-batch.ts'
import { planPages } from '#domain/alerts/notify/plan-pages.ts'
import { planTellings, type Telling } from '#domain/alerts/notify/plan-tellings.ts'
import type { Route } from '#domain/alerts/notify/route.ts'

export type Answer =
  | 'accepted'
  /** It came to the receiver, and nobody learns of that. */
  | 'lost'
  | 'refused for now'
  | 'refused'

interface SimulatedAlert {
  id: string
  incident: number
  state: 'firing' | 'resolved'
  severity: AlertSeverity
  isSilent: boolean
}

interface Row extends Telling {
  alertId: string
  key: string
  attempts: number
  nextAttemptAt: Date
}

/** What a receiver got, and which page it opened by it. */
export interface Got {
  key: string
  kind: Row['kind']
  ids: number[]
  isOpening: boolean
  /** Keys of pages that were open before. */
  open: string[]
}

/** The alerts of a cluster, the outbox and a receiver of pages, by the rules that plan and pick, in simulated time. */
export class PagedCluster {
  readonly alerts: SimulatedAlert[] = []
  readonly got: Got[] = []
  readonly open = new Set<string>()
  /** Pages of which the end was refused for good: only a person can see to those. */
  readonly unended = new Set<string>()
  #rows: Row[] = []
  #acknowledgedAt = new Map<number, Date>()
  #mergedInto = new Map<number, number>()
  #now = new Date('2026-11-26T03:00:00Z')

  pass(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1_000)
  }

  fire(incident: number, severity: AlertSeverity): void {
    const id = `a${this.alerts.length}`
    const into = this.#mergedInto.get(incident) ?? incident
    this.alerts.push({ id, incident: into, state: 'firing', severity, isSilent: false })
    this.plan()
  }

  change(n: number, change: Partial<Pick<SimulatedAlert, 'state' | 'isSilent' | 'severity'>>): void {
    const alert = this.alerts[n % Math.max(1, this.alerts.length)]
    if (!alert || alert.state === 'resolved') return
    Object.assign(alert, change)
    this.plan()
  }

  acknowledge(incident: number): void {
    if (!this.#acknowledgedAt.has(incident)) this.#acknowledgedAt.set(incident, this.#now)
  }

  merge(from: number, into: number): void {
    if (this.#mergedInto.size > 0 || from === into) return
    this.#mergedInto.set(from, into)
    for (const alert of this.alerts) if (alert.incident === from) alert.incident = into
  }

  /** What is planned at each change and every few seconds. */
  plan(): void {
    const now = this.#now
    for (const incident of new Set(this.alerts.map((alert) => alert.incident))) {
      const acknowledgedAt = this.#acknowledgedAt.get(incident) ?? null
      const told: { alert: SimulatedAlert; waitMs: number }[] = []
      const group = this.alerts.filter((alert) => alert.incident === incident)
      for (const alert of group) {
        const tellings = this.#rows.filter(({ alertId }) => alertId === alert.id)
        const plan = planTellings(
          {
            alert: { ...alert, clusterId: 'c', explainedBy: null, firedAt: now },
            incident: { acknowledgedAt },
            silence: alert.isSilent ? { endsAt: now } : null,
            maintenance: null,
            labels: [],
            tellings,
            isRemoved: false,
            toldCritical: new Set(),
          },
          { routes: [route], channels: [pager], now },
        )
        for (const { id } of plan.drop) for (const row of this.#rows) if (row.id === id) row.state = 'dropped'
        told.push(...plan.tell.map(({ waitMs }) => ({ alert, waitMs })))
      }
      const { key, follow, rekey } = planPages({
        ownKey: `i${incident}`,
        acknowledgedAt,
        isTelling: told.length > 0,
        sendsResolved: true,
        tellings: this.#rows
          .filter(({ alertId, state }) => state !== 'dropped' && group.some(({ id }) => id === alertId))
          .map((row) => ({
            ...row,
            mayHaveArrived: row.state === 'sent' || row.attempts > (row.state === 'dead' ? 1 : 0),
            isFiring: group.some(({ id, state }) => id === row.alertId && state === 'firing'),
          })),
      })
      for (const row of this.#rows) if (rekey.includes(row.id)) row.key = key
      for (const { alert, waitMs } of told) this.#add({ alertId: alert.id, severity: alert.severity, key, waitMs })
      for (const { after, kind } of follow) {
        const before = this.#rows.find(({ id }) => id === after)
        if (before) this.#add({ ...before, kind, waitMs: 0 })
      }
    }
  }

  /** Makes one attempt at what is due. */
  deliver(answer: Answer): boolean {
    const waiting = this.#rows.filter(({ state }) => state === 'waiting')
    const first = waiting.filter((row) =>
      waiting.every((other) => other.key !== row.key || other.id >= row.id || other.kind === row.kind),
    )
    const batch = pickBatch(first.map(asWaiting), 'pagerduty', this.#now).flatMap(
      ({ id }) => this.#rows.find((row) => row.id === id) ?? [],
    )
    if (batch.length === 0) return false
    if (answer === 'accepted' || answer === 'lost') this.#receive(batch)
    for (const row of batch) {
      row.attempts += 1
      row.isUntouched = false
      row.nextAttemptAt = new Date(this.#now.getTime() + 2_000)
      if (answer === 'accepted') Object.assign(row, { state: 'sent', sentAt: this.#now })
      if (answer === 'refused') row.state = 'dead'
      if (answer === 'refused' && row.kind === 'resolve') this.unended.add(row.key)
    }
    return true
  }

  #receive(batch: readonly Row[]): void {
    const [{ key, kind } = { key: '', kind: 'trigger' as const }] = batch
    const isOpening = kind === 'trigger' && !this.open.has(key)
    this.got.push({ key, kind, ids: batch.map(({ id }) => id), isOpening, open: [...this.open] })
    if (kind === 'trigger') this.open.add(key)
    if (kind === 'resolve') this.open.delete(key)
  }

  #add(row: Pick<Row, 'alertId' | 'severity' | 'key'> & { kind?: Row['kind']; waitMs: number }): void {
    const { alertId, severity, key, kind = 'trigger', waitMs } = row
    this.#rows.push({
      id: this.#rows.length + 1,
      channelId: pager.id,
      alertId,
      severity,
      key,
      kind,
      state: 'waiting',
      isUntouched: true,
      attempts: 0,
      createdAt: this.#now,
      nextAttemptAt: new Date(this.#now.getTime() + waitMs),
      sentAt: null,
    })
  }
}

function asWaiting(row: Row) {
  return { ...row, clusterId: 'c', leftTo: [] }
}

const pager: Channel = {
  id: 'pager',
  name: 'pager',
  settings: { kind: 'pagerduty', url: 'https://events.pagerduty.com/v2/enqueue' },
  sendsResolved: true,
  isPaused: false,
  hasSecret: true,
}

const route: Route = {
  id: 'r',
  severity: 'warning',
  cluster: null,
  label: null,
  hours: null,
  steps: [{ afterMinutes: 0, channelIds: ['pager'] }],
  repeatMinutes: 240,
  goesOn: false,
}
