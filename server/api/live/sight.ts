import type { Grant } from '#domain/people/grant.ts'
import { isAllowed } from '#domain/people/permission.ts'
import type { FeedMessage, FleetRow } from '#domain/fleet/view.ts'

type Fleet = Extract<FeedMessage, { kind: 'fleet' }>

/** What one stream may tell of the fleet. A cluster that goes out of sight is told as removed, one that comes into it as a row. */
export class Sight {
  #grants: readonly Grant[]
  readonly #shown = new Set<string>()

  constructor(grants: readonly Grant[]) {
    this.#grants = grants
  }

  sees(cluster: { id: string; labels: readonly string[] }): boolean {
    return isAllowed(this.#grants, 'clusters.read', cluster)
  }

  /** The message without what is out of sight, the very same where nothing is; null where nothing is left to be said. */
  narrow(message: FeedMessage): FeedMessage | null {
    if (message.kind !== 'fleet') return message
    const rows = message.rows.filter((row) => this.#seesRow(row))
    const hidden = message.rows.filter((row) => !this.#seesRow(row)).map(({ clusterId }) => clusterId)
    const removed = [...message.removed, ...hidden].filter((id) => this.#shown.has(id))
    for (const { clusterId } of rows) this.#shown.add(clusterId)
    for (const id of removed) this.#shown.delete(id)
    if (hidden.length === 0 && removed.length === message.removed.length) return message
    return rows.length === 0 && removed.length === 0 ? null : { ...message, rows, removed }
  }

  /** Goes on with other grants; what that changes of the fleet, null where nothing. */
  change(grants: readonly Grant[], fleet: readonly FleetRow[], now: Date): Fleet | null {
    this.#grants = grants
    const rows = fleet.filter((row) => this.#seesRow(row) && !this.#shown.has(row.clusterId))
    const removed = fleet
      .filter((row) => !this.#seesRow(row) && this.#shown.has(row.clusterId))
      .map(({ clusterId }) => clusterId)
    for (const { clusterId } of rows) this.#shown.add(clusterId)
    for (const id of removed) this.#shown.delete(id)
    return rows.length === 0 && removed.length === 0 ? null : { kind: 'fleet', rows, removed, serverNow: now }
  }

  #seesRow({ clusterId: id, labels }: FleetRow): boolean {
    return this.sees({ id, labels })
  }
}
