'use client'

import { cx } from 'class-variance-authority'
import { verdictLooks } from '#components/cluster/verdict-mark.tsx'
import { FilterSelect } from '#components/ui/filter-select.tsx'
import { SearchInput } from '#components/ui/search-input.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { setQueryParams, useQueryParam } from '#components/url/use-query-params.ts'
import { verdictOrder } from '#domain/judgement/verdict.ts'
import type { AgedRow } from '#domain/fleet/aged-row.ts'

interface FleetFilterProps {
  rows: readonly AgedRow[]
  /** How many of them are left. */
  found: number
  search: string
  onSearch: (search: string) => void
}

/** Narrows the fleet by words and by level, and groups it; all of it stands in the address. */
export function FleetFilter({ rows, found, search, onSearch }: FleetFilterProps) {
  const [chosen] = useQueryParam('level')
  const [by, setBy] = useQueryParam('by')
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 print-hidden">
      <SearchInput
        label="Filter clusters by name, label, sentence or member"
        placeholder="Name, label, sentence, member"
        value={search}
        onChange={onSearch}
        className="w-80 phone:w-full"
      />
      <div role="group" aria-label="Level" className="-mx-1 flex flex-wrap gap-0.5">
        {verdictOrder.map((level) => {
          const size = rows.filter((row) => row.level === level).length
          if (size === 0 && level !== chosen) return null
          const isChosen = level === chosen
          return (
            <button
              key={level}
              type="button"
              aria-pressed={isChosen}
              onClick={() => setQueryParams({ level: isChosen ? '' : level })}
              className={cx(
                'inline-flex h-9 items-center gap-1.5 rounded-md border px-2 phone:h-11 phone:px-2.5',
                isChosen
                  ? 'border-line-strong bg-raised text-text'
                  : 'border-transparent text-muted hover:bg-raised hover:text-text',
              )}
            >
              <StateIcon tone={verdictLooks[level].tone} />
              {verdictLooks[level].word}
              <span className="text-faint">{size.toLocaleString('en-US')}</span>
            </button>
          )
        })}
      </div>
      <p role="status" className="text-muted empty:hidden">
        {found === rows.length ? '' : `${found.toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')}`}
      </p>
      {rows.some((row) => row.labels.length > 0) ? (
        <span className="ml-auto w-36 phone:hidden">
          <FilterSelect
            label="Group"
            value={by}
            onChange={setBy}
            any="Not grouped"
            options={[{ value: 'label', label: 'By label' }]}
          />
        </span>
      ) : null}
    </div>
  )
}
