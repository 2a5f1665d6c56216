'use client'

import { useQuery } from '@tanstack/react-query'
import { formatRange } from '#components/time/moment-format.ts'
import { useZone } from '#components/time/zone.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { Button } from '#components/ui/button.tsx'
import { FilterShelf } from '#components/ui/filter-shelf.tsx'
import { FilterSelect } from '#components/ui/filter-select.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { SearchInput } from '#components/ui/search-input.tsx'
import { setQueryParams } from '#components/url/use-query-params.ts'
import { useQueryText } from '#components/url/use-query-text.ts'
import { eventFamilies } from './event-families.ts'
import type { EventFilter } from './event-filter.ts'

/** Narrows the events; all of it stands in the address. */
export function EventFilters({ filter, cluster }: { filter: EventFilter; cluster: string | null }) {
  const zone = useZone()
  const { data: rows = [] } = useQuery(useTRPC().clusters.list.queryOptions())
  const [text, setText] = useQueryText('q')
  const { since, until } = filter
  const chosen = rows.find((row) => row.name === (cluster ?? filter.cluster))
  return (
    <FilterShelf
      active={
        [filter.cluster, filter.what, filter.severity, filter.member, since ?? until ?? ''].filter(
          (value) => value !== '',
        ).length
      }
      search={<SearchInput label="Search events" value={text} onChange={setText} className="w-64" />}
    >
      {cluster === null ? (
        <span className="w-44">
          <FilterSelect
            label="Cluster"
            value={filter.cluster}
            onChange={(name) => setQueryParams({ cluster: name, member: '' })}
            any="All clusters"
            options={rows.map(({ name }) => ({ value: name, label: name }))}
          />
        </span>
      ) : null}
      <span className="w-40">
        <FilterSelect
          label="What happened"
          value={filter.what}
          onChange={(what) => setQueryParams({ what })}
          any="Everything"
          options={eventFamilies}
        />
      </span>
      <span className="w-36">
        <FilterSelect
          label="Weight"
          value={filter.severity}
          onChange={(severity) => setQueryParams({ severity })}
          any="Any weight"
          options={severities}
        />
      </span>
      {chosen || filter.member !== '' ? (
        <span className="w-40">
          <FilterSelect
            label="Member"
            value={filter.member}
            onChange={(member) => setQueryParams({ member })}
            any="Any member"
            options={(chosen?.members ?? []).map(({ name }) => ({ value: name, label: name }))}
          />
        </span>
      ) : null}
      {since || until ? (
        <Button
          tone="quiet"
          icon={<Icon name="close" />}
          onClick={() => setQueryParams({ since: '', until: '' })}
          className="phone:justify-start"
        >
          <span className="sr-only">Show all of time again, not only </span>
          {tellRange(since, until, zone)}
        </Button>
      ) : null}
    </FilterShelf>
  )
}

const severities = [
  { value: 'critical', label: 'Critical' },
  { value: 'warning', label: 'Warnings' },
  { value: 'info', label: 'Notes' },
] as const

function tellRange(since: Date | null, until: Date | null, zone: string): string {
  if (since && until) return formatRange(since, until, zone)
  if (since) return `since ${formatRange(since, since, zone).replace(/ to .*$/u, '')}`
  return until ? `until ${formatRange(until, until, zone).replace(/ to .*$/u, '')}` : ''
}
