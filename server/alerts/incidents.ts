import type pg from 'pg'
import type { Incident, KeptAlert } from '#domain/alerts/alert.ts'
import type { IncidentChange } from '#domain/alerts/changes-of.ts'
import { placementOf, tellIncident, type OpenIncident } from '#domain/alerts/incident-of.ts'
import { insertIncident, moveAlerts, openIncidents, updateIncident } from '#server/store/alerts/incidents.ts'

interface Given {
  tx: pg.PoolClient
  cluster: { clusterId: string; clusterName: string }
  /** By id, as they are by now; what the store has beside them is added, and their incidents are written into them. */
  alerts: Map<string, KeptAlert>
  newId: () => string
  now: Date
}

/** The open incidents of one cluster within one transaction: where alerts go, and what each incident is by then. */
export class IncidentDesk {
  readonly #given: Given
  readonly #incidents = new Map<string, Incident>()
  /** As each is in the store. */
  readonly #stored = new Map<string, string>()
  readonly #opened = new Set<string>()

  constructor(given: Given) {
    this.#given = given
  }

  /** Takes up the open incidents with those of their alerts that others look after. */
  async open(): Promise<void> {
    const { tx, cluster, alerts } = this.#given
    for (const { incident, alerts: firing } of await openIncidents(tx, cluster.clusterId)) {
      this.#hold(incident)
      for (const alert of firing) if (!alerts.has(alert.id)) alerts.set(alert.id, alert)
    }
  }

  /** Puts an alert that fires into its incident, which is opened where there is none. */
  async place(alert: KeptAlert): Promise<void> {
    const placement = placementOf(alert, this.#open())
    if (placement.kind === 'none') return
    const incident = placement.kind === 'join' ? placement.incident : await this.#begin(alert)
    this.#given.alerts.set(alert.id, { ...alert, incidentId: incident.id })
    if (placement.kind === 'join') for (const each of placement.merged) await this.#merge(each, incident)
    const told = tellIncident(this.#firingOf(incident.id), this.#given.now)
    if (told) this.#incidents.set(incident.id, { ...incident, ...told })
  }

  /** Writes what every incident is by now; one of which nothing fires any more is closed. */
  async settle(): Promise<void> {
    for (const incident of this.#incidents.values()) {
      const firing = this.#firingOf(incident.id)
      const told = tellIncident(firing, this.#given.now)
      const next: Incident = {
        ...incident,
        // What it is of stays, though what is left of it may only be what followed.
        ...(told && { severity: told.severity, sentence: told.sentence }),
        closedAt: firing.length === 0 ? this.#given.now : null,
      }
      this.#incidents.set(incident.id, next)
      if (this.#stored.get(incident.id) !== JSON.stringify(next)) await updateIncident(this.#given.tx, next)
    }
  }

  /** What became of the incidents, once they are settled. */
  changes(): IncidentChange[] {
    const all = [...this.#incidents.values()]
    return [
      ...all.filter(({ id }) => this.#opened.has(id)).map((incident) => ({ kind: 'opened' as const, incident })),
      ...all
        .filter(({ closedAt }) => closedAt !== null)
        .map((incident) => ({
          kind: incident.mergedInto === null ? ('closed' as const) : ('merged' as const),
          incident,
        })),
    ]
  }

  incident(id: string | null): Incident | null {
    return id === null ? null : (this.#incidents.get(id) ?? null)
  }

  #open(): OpenIncident[] {
    return [...this.#incidents.values()]
      .filter(({ mergedInto }) => mergedInto === null)
      .map((incident) => ({ incident, alerts: this.#firingOf(incident.id) }))
  }

  #firingOf(incidentId: string): KeptAlert[] {
    return [...this.#given.alerts.values()].filter(
      (alert) => alert.incidentId === incidentId && alert.state === 'firing',
    )
  }

  async #begin(alert: KeptAlert): Promise<Incident> {
    const { cluster, newId, tx, now } = this.#given
    const told = tellIncident([alert], now) ?? { cause: alert.cause, severity: alert.severity, sentence: alert.summary }
    const incident = await insertIncident(tx, { id: newId(), ...cluster, ...told, openedAt: alert.since })
    this.#hold(incident)
    this.#opened.add(incident.id)
    return incident
  }

  async #merge(from: Incident, into: Incident): Promise<void> {
    await moveAlerts(this.#given.tx, from.id, into.id)
    for (const [id, alert] of this.#given.alerts) {
      if (alert.incidentId === from.id) this.#given.alerts.set(id, { ...alert, incidentId: into.id })
    }
    this.#incidents.set(from.id, { ...from, mergedInto: into.number })
  }

  #hold(incident: Incident): void {
    this.#incidents.set(incident.id, incident)
    this.#stored.set(incident.id, JSON.stringify(incident))
  }
}
