'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useLineState } from '#components/live/live-provider.tsx'
import { paths } from '#components/paths.ts'
import { useMay } from '#components/session/session-context.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { Button, button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { setQueryParams, useQueryParam } from '#components/url/use-query-params.ts'
import { useQueryText } from '#components/url/use-query-text.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { ageRow, type AgedRow } from '#domain/fleet/aged-row.ts'
import { filterRows } from './filter-rows.ts'
import { fleetLines } from './fleet-lines.ts'
import { FleetFilter } from './fleet-filter.tsx'
import { FleetList } from './fleet-list.tsx'
import { orderRows } from './order-rows.ts'
import { tellFleet } from './tell-fleet.ts'

/** Every cluster in one line, worst first, below a sentence on all of them. */
export function Fleet({ rows }: { rows: readonly FleetRow[] }) {
  const now = useNow()
  const router = useRouter()
  const filter = useRef<HTMLDivElement>(null)
  const [search, setSearch] = useQueryText('q')
  const [level] = useQueryParam('level')
  const [by] = useQueryParam('by')

  const ordered = orderRows(rows.map((row) => ageRow(row, now)))
  if (ordered.length === 0) return <NoClusters />
  const showAll = () => {
    setSearch('')
    setQueryParams({ q: '', level: '' })
  }
  const open = (cluster: string) => {
    // Written when the typing pauses, the filter would call the page back from where it is going.
    setQueryParams({ q: search })
    router.push(paths.cluster(cluster))
  }
  const found = filterRows(ordered, { search, level })
  return (
    <div className="grid gap-6">
      <Summary ordered={ordered} now={now} />
      <div className="grid gap-3">
        <div ref={filter}>
          <FleetFilter rows={ordered} found={found.length} search={search} onSearch={setSearch} />
        </div>
        {found.length === 0 ? (
          <Empty title="No cluster matches." action={<Button onClick={showAll}>Show all clusters</Button>}>
            Names, labels, sentences and member names are searched for every word.
          </Empty>
        ) : (
          <FleetList lines={fleetLines(found, by === 'label')} filter={filter} onOpen={open} />
        )}
      </div>
    </div>
  )
}

function Summary({ ordered, now }: { ordered: readonly AgedRow[]; now: Date }) {
  const { phase } = useLineState()
  const told = tellFleet(ordered, now, phase)
  if (!told) return null
  return (
    <div>
      <p className="max-w-[52ch] text-2xl font-medium tracking-[-0.02em] text-balance phone:text-xl phone:tracking-[-0.01em]">
        {told.sentence}
      </p>
      {told.rest === null ? null : <p className="pt-1.5 text-muted">{told.rest}</p>}
    </div>
  )
}

function NoClusters() {
  const mayAdd = useMay('clusters.manage', 'everywhere')
  return (
    <Empty
      title="No cluster is looked after yet."
      action={
        mayAdd ? (
          <Link href={paths.addCluster()} className={button({ tone: 'strong' })}>
            Add a cluster
          </Link>
        ) : undefined
      }
    >
      Here every cluster stands in one line, the one that needs you first.{' '}
      {mayAdd
        ? 'Give the REST address of any one Patroni member, such as http://10.0.1.10:8008: the others are found from it.'
        : 'An administrator adds clusters in the settings.'}
    </Empty>
  )
}
