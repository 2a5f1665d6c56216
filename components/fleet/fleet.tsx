'use client'

import { useMay } from '#components/session/session-context.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useQueryParam } from '#components/url/use-query-params.ts'
import { paths } from '#components/paths.ts'
import { button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import type { FleetRow } from '#domain/view.ts'
import Link from 'next/link'
import { FleetFilter } from './fleet-filter.tsx'
import { FleetList } from './fleet-list.tsx'
import { fleetSentence } from './fleet-sentence.ts'
import { judgeRow, matchesSearch, worstFirst } from './judge-row.ts'

/** Every cluster in one line, worst first. */
export function Fleet({ rows }: { rows: readonly FleetRow[] }) {
  const now = useNow()
  const mayAdd = useMay('clusters.manage')
  const [search] = useQueryParam('q')
  const [level] = useQueryParam('level')

  if (rows.length === 0) {
    return (
      <Empty
        title="No cluster is watched yet."
        action={
          mayAdd ? (
            <Link href={`${paths.clusterSettings()}?add=1`} className={button({ className: 'border-line-strong' })}>
              Add a cluster
            </Link>
          ) : undefined
        }
      >
        {mayAdd
          ? 'The address of one Patroni member is enough: its other members are found from it.'
          : 'An administrator adds one under Settings, by the address of one Patroni member.'}
      </Empty>
    )
  }

  const judged = worstFirst(rows.map((row) => judgeRow(row, now)))
  const shown = judged.filter((row) => (level === '' || row.level === level) && matchesSearch(row, search))
  return (
    <div className="grid gap-5">
      <p className="text-2xl font-medium tracking-[-0.02em] text-balance phone:text-xl">{fleetSentence(judged)}</p>
      <FleetFilter rows={judged} />
      {shown.length === 0 ? (
        <Empty title="No cluster matches.">Shorten the search, or look at all levels.</Empty>
      ) : (
        <FleetList rows={shown} now={now} />
      )}
    </div>
  )
}
