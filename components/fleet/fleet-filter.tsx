'use client'

import { cx } from 'class-variance-authority'
import { verdictLooks } from '#components/cluster/verdict-mark.tsx'
import { SearchInput } from '#components/ui/search-input.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { setQueryParams, useQueryParam } from '#components/url/use-query-params.ts'
import { verdictOrder } from '#domain/verdict.ts'
import type { FleetRow } from '#domain/view.ts'
import { tallyOf } from './fleet-sentence.ts'

/** Narrows the fleet by words and by level; both stand in the address. */
export function FleetFilter({ rows }: { rows: readonly FleetRow[] }) {
  const [search, setSearch] = useQueryParam('q')
  const [chosen] = useQueryParam('level')
  const tally = tallyOf(rows)
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 print-hidden">
      <SearchInput label="Filter clusters" value={search} onChange={setSearch} className="w-72 phone:w-full" />
      <div role="group" aria-label="Level" className="flex flex-wrap gap-1">
        {verdictOrder
          .filter((level) => tally[level] > 0 || level === chosen)
          .map((level) => (
            <button
              key={level}
              type="button"
              aria-pressed={level === chosen}
              onClick={() => setQueryParams({ level: level === chosen ? '' : level })}
              className={cx(
                'inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-sm phone:h-11 phone:px-3',
                level === chosen
                  ? 'border-line-strong bg-raised text-text'
                  : 'border-transparent text-muted hover:bg-raised hover:text-text',
              )}
            >
              <StateIcon tone={verdictLooks[level].tone} />
              {verdictLooks[level].word}
              <span className="text-faint">{tally[level]}</span>
            </button>
          ))}
      </div>
    </div>
  )
}
