'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { Button } from '#components/ui/button.tsx'
import { FilterShelf } from '#components/ui/filter-shelf.tsx'
import { FilterSelect } from '#components/ui/filter-select.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { SearchInput } from '#components/ui/search-input.tsx'
import { setQueryParams } from '#components/url/use-query-params.ts'
import { useQueryText } from '#components/url/use-query-text.ts'
import { isAuditFiltered, type AuditFilter } from './audit-filter.ts'
import { DayField } from './day-field.tsx'
import { actKinds, actWords, outcomeLooks, outcomes } from './audit-words.ts'

/** Narrows the records; all of it stands in the address. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  const { data: rows = [] } = useQuery(useTRPC().clusters.list.queryOptions())
  const [actor, setActor] = useQueryText('actor')
  const acts =
    actKinds.some(({ value }) => value === filter.action) || filter.action === ''
      ? actKinds
      : [...actKinds, { value: filter.action, label: actWords(filter.action) }]
  return (
    <FilterShelf
      active={Object.entries(filter).filter(([name, value]) => name !== 'actor' && value !== '').length}
      search={<SearchInput label="Who" placeholder="Anybody" value={actor} onChange={setActor} className="w-48" />}
    >
      <span className="w-44">
        <FilterSelect
          label="Act"
          value={filter.action}
          onChange={(action) => setQueryParams({ action })}
          any="Any act"
          options={acts}
        />
      </span>
      <span className="w-36">
        <FilterSelect
          label="Outcome"
          value={filter.outcome}
          onChange={(outcome) => setQueryParams({ outcome })}
          any="Any outcome"
          options={outcomes.map((name) => ({ value: name, label: outcomeLooks[name].word }))}
        />
      </span>
      <span className="w-40">
        <FilterSelect
          label="Cluster"
          value={filter.cluster}
          onChange={(cluster) => setQueryParams({ cluster })}
          any="Any cluster"
          options={rows.map(({ name }) => ({ value: name, label: name }))}
        />
      </span>
      <span className="w-40">
        <FilterSelect
          label="Break-glass"
          value={filter.glass}
          onChange={(glass) => setQueryParams({ glass })}
          any="With or alone"
          options={[{ value: 'yes', label: 'Break-glass only' }]}
        />
      </span>
      <span className="flex items-center gap-2">
        <DayField label="From" value={filter.from} onChange={(from) => setQueryParams({ from })} />
        <span aria-hidden="true" className="text-muted">
          to
        </span>
        <DayField label="To" value={filter.to} onChange={(to) => setQueryParams({ to })} />
      </span>
      {isAuditFiltered(filter) ? (
        <Button tone="quiet" icon={<Icon name="close" />} onClick={showAll}>
          {filter.operation === '' ? 'Show all' : 'One operation only: show all'}
        </Button>
      ) : null}
    </FilterShelf>
  )
}

/** Takes every filter away. */
export function showAll() {
  setQueryParams({ actor: '', cluster: '', action: '', outcome: '', from: '', to: '', operation: '', glass: '' })
}
