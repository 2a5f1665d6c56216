import type { Notice } from '#server/store/notify.ts'

/** What has changed in the store and was not read yet, gathered from notices. */
export class Pending {
  /** Everything has to be read anew, because notices may have been missed. */
  everything = false
  /** The list of clusters itself changed. */
  clusters = false
  events = false
  readonly clusterIds = new Set<string>()
  /** Clusters whose backups were looked at. */
  readonly backups = new Set<string>()
  /** Clusters whose layers were looked at in depth. */
  readonly stacks = new Set<string>()
  /** Clusters of which an alert, incident, silence or rule has changed. */
  readonly alerts = new Set<string>()
  /** Operation id to the cluster it belongs to. */
  readonly operations = new Map<string, string>()

  /** Takes note of a notice; `now` = worth telling at once, `soon` = may wait for its turn, null = no concern of the feed. */
  add(notice: Notice): 'now' | 'soon' | null {
    switch (notice.kind) {
      case 'snapshot':
        this.clusterIds.add(notice.clusterId)
        return 'soon'
      case 'event':
        this.clusterIds.add(notice.clusterId)
        this.events = true
        return 'now'
      case 'operation':
        this.clusterIds.add(notice.clusterId)
        this.operations.set(notice.id, notice.clusterId)
        return 'now'
      case 'backups':
        this.backups.add(notice.clusterId)
        return 'now'
      case 'stack':
        this.stacks.add(notice.clusterId)
        return 'soon'
      case 'alerts':
        this.alerts.add(notice.clusterId)
        return 'now'
      case 'clusters':
        this.clusters = true
        return 'soon'
      case 'users':
      case 'channels':
      case 'inquiry':
      case 'answer':
      case 'agents':
        return null
    }
  }

  get isEmpty(): boolean {
    return (
      !this.everything &&
      !this.clusters &&
      !this.events &&
      this.clusterIds.size === 0 &&
      this.backups.size === 0 &&
      this.stacks.size === 0 &&
      this.alerts.size === 0 &&
      this.operations.size === 0
    )
  }
}
