import { Age } from '#components/time/age.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { Looked } from '#domain/stack/stack-view.ts'

/** One system that is looked at, by the name that a sentence gives it. */
export interface Watched {
  who: string
  looked: Looked<unknown>
  /** What others see of it; null = nobody tells. */
  others: string | null
}

function whyOld(who: string, { overtakenBy }: Looked<unknown>): string {
  return overtakenBy === undefined ? `${who} is not looked at now.` : `${who} was last looked at ${overtakenBy}.`
}

/** What this console cannot reach, since when, why, and what others see of it; nothing while all answer. */
export function SeenNotes({ watched, now }: { watched: readonly Watched[]; now: Date }) {
  const wanting = watched.filter(({ looked }) => looked.problem !== null || isLookedOld(looked, now))
  if (wanting.length === 0) return null
  return (
    <ul aria-label="Not seen" className="grid gap-1.5">
      {wanting.map(({ who, looked, others }) => (
        <li key={who} className="max-w-prose break-words">
          <StateMark tone="unseen" className="items-start [&>svg]:mt-[3px]">
            {looked.problem?.sentence ?? whyOld(who, looked)}{' '}
            <span className="text-muted">
              {looked.seenAt === null ? (
                'It never answered this console.'
              ) : (
                <Age at={looked.seenAt} before="What is shown of it is " after=" old." />
              )}
              {others === null ? null : ` ${others}`}
            </span>
          </StateMark>
        </li>
      ))}
    </ul>
  )
}
