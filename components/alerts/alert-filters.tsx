'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { FilterSelect } from '#components/ui/filter-select.tsx'
import { FilterShelf } from '#components/ui/filter-shelf.tsx'
import { SearchInput } from '#components/ui/search-input.tsx'
import { setQueryParams } from '#components/url/use-query-params.ts'
import { useQueryText } from '#components/url/use-query-text.ts'
import type { AlertFilter } from './alert-filter.ts'
import { causeNames } from './cause-names.ts'

/** Narrows the alerts; all of it stands in the address. */
export function AlertFilters({ filter, cluster }: { filter: AlertFilter; cluster: string | null }) {
  const { data: rows = [] } = useQuery(useTRPC().clusters.list.queryOptions())
  const [text, setText] = useQueryText('q')
  return (
    <FilterShelf
      active={[filter.cluster, filter.severity, filter.cause].filter((value) => value !== '').length}
      search={<SearchInput label="Search alerts" value={text} onChange={setText} className="w-64" />}
    >
      {cluster === null ? (
        <span className="w-44">
          <FilterSelect
            label="Cluster"
            value={filter.cluster}
            onChange={(name) => setQueryParams({ cluster: name })}
            any="All clusters"
            options={rows.map(({ name }) => ({ value: name, label: name }))}
          />
        </span>
      ) : null}
      <span className="w-36">
        <FilterSelect
          label="Weight"
          value={filter.severity}
          onChange={(severity) => setQueryParams({ severity })}
          any="Any weight"
          options={[
            { value: 'critical', label: 'Critical' },
            { value: 'warning', label: 'Warnings' },
            { value: 'info', label: 'Notes' },
          ]}
        />
      </span>
      <span className="w-44">
        <FilterSelect
          label="Of what"
          value={filter.cause}
          onChange={(cause) => setQueryParams({ cause })}
          any="Of anything"
          options={Object.entries(causeNames).map(([value, label]) => ({ value, label }))}
        />
      </span>
    </FilterShelf>
  )
}

/** Takes every filter away. */
export function showAllAlerts() {
  setQueryParams({ q: '', severity: '', cause: '', cluster: '' })
}
