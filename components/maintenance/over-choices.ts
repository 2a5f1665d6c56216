import type { FleetRow } from '#domain/fleet/view.ts'
import { count } from '#domain/words.ts'

/** What maintenance may be over: each cluster, and each label with how many carry it. */
export function overChoices(rows: readonly Pick<FleetRow, 'name' | 'labels'>[]) {
  const labels = [...new Set(rows.flatMap((row) => row.labels))].toSorted()
  return [
    ...rows.map(({ name }) => ({ value: `cluster ${name}`, label: name, over: { cluster: name } })),
    ...labels.map((label) => {
      const carriers = rows.filter((row) => row.labels.includes(label)).length
      return { value: `label ${label}`, label: `label ${label}: ${count(carriers, 'cluster')}`, over: { label } }
    }),
  ]
}
