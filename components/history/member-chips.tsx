'use client'

import { cx } from 'class-variance-authority'
import { LineSwatch } from '#components/charts/line-swatch.tsx'
import { LeaderRing } from '#components/ui/leader-ring.tsx'
import { hasRoom, toggled, type MemberChoice } from './chosen-members.ts'

interface MemberChipsProps {
  choices: readonly MemberChoice[]
  /** What the address then says. */
  onChoose: (members: string) => void
}

/** Who is shown; each keeps one colour in every chart. */
export function MemberChips({ choices, onChoose }: MemberChipsProps) {
  const canAdd = hasRoom(choices)
  return (
    <div role="group" aria-label="Members shown" className="flex flex-wrap gap-1.5 print-hidden">
      {choices.map(({ name, colour, isLeader, isChosen }) => {
        const isFull = !isChosen && !canAdd
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isChosen}
            aria-disabled={isFull || undefined}
            data-tip={isFull ? 'More lines could not be told apart: take one out first.' : undefined}
            onClick={() => {
              if (!isFull) onChoose(toggled(choices, name))
            }}
            className={cx(
              'flex h-7 max-w-full items-center gap-1.5 rounded-md border px-2 text-sm phone:h-11 phone:px-3',
              isChosen ? 'border-line-strong bg-raised' : 'border-line text-faint hover:text-text',
            )}
          >
            <span className={isChosen ? '' : 'opacity-40'}>
              <LineSwatch place={colour} led={null} />
            </span>
            <span className="truncate">{name}</span>
            {isLeader ? (
              <>
                <LeaderRing className="size-3" />
                <span className="sr-only">leads</span>
              </>
            ) : null}
          </button>
        )
      })}
    </div>
  )
}
