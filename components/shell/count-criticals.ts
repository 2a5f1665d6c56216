import type { FleetRow } from '#domain/fleet/view.ts'

/** How many critical incidents are open on all clusters. */
export function countCriticals(rows: readonly Pick<FleetRow, 'incidents'>[]): number {
  return rows.reduce((sum, { incidents }) => sum + incidents.critical, 0)
}
