/** What goes on of one cluster, or of all. */
export function alertsAsked(cluster: string | null) {
  return { ...ofCluster(cluster), limit: mostRows }
}

/** The incidents that are open. */
export function incidentsAsked(cluster: string | null) {
  return { ...ofCluster(cluster), isOpen: true, limit: mostRows }
}

/** As many as are told at once. */
export const mostRows = 500

/** Names the cluster of a question; all are meant where it is null. */
export function ofCluster(cluster: string | null): { cluster?: string } {
  return cluster === null ? {} : { cluster }
}
