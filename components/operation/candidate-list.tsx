'use client'

import { cx } from 'class-variance-authority'
import { LeaderRing } from '#components/ui/leader-ring.tsx'
import type { Candidate } from '#domain/judgement/candidate.ts'

interface CandidateListProps {
  candidates: readonly Candidate[]
  chosen: string | null
  onChoose: (name: string) => void
}

/** Who could lead next and why; the unfit stay in sight with what keeps them from it. */
export function CandidateList({ candidates, chosen, onChoose }: CandidateListProps) {
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-2 font-medium">New leader</legend>
      <div className="overflow-hidden rounded-lg border border-line">
        {candidates.map((candidate) => (
          <label
            key={candidate.name}
            className={cx(
              'grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-3 border-t border-line px-3.5 py-2.5 first:border-t-0 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-info phone:py-3',
              candidate.isFit ? 'cursor-pointer hover:bg-raised/60' : 'cursor-not-allowed',
              candidate.name === chosen && 'bg-raised',
            )}
          >
            <input
              type="radio"
              name="candidate"
              value={candidate.name}
              checked={candidate.name === chosen}
              disabled={!candidate.isFit}
              onChange={() => onChoose(candidate.name)}
              className="relative top-0.5 accent-info outline-none"
            />
            <span className="flex flex-wrap items-baseline gap-x-3">
              <span className={cx('font-medium whitespace-nowrap', !candidate.isFit && 'text-muted')}>
                {candidate.name}
                {candidate.code === 'is-leader' ? <LeaderRing className="ml-1.5 inline align-[-2px]" /> : null}
              </span>
              <span className="text-muted">{candidate.reason}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
