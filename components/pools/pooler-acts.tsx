import { poolerVerbs } from '#components/operation/stack-words.ts'
import { Button } from '#components/ui/button.tsx'
import type { PoolerWish } from '#domain/plan/pooler-plan.ts'

/** What is wished for at poolers; how long a pause lasts is asked in its sheet. */
export type PoolerAsked = Omit<PoolerWish, 'limitMs'>

interface PoolerActsProps {
  acts: readonly PoolerAsked['act'][]
  /** Null = at every pooler. */
  node: string | null
  /** Null = all databases. */
  database: string | null
  onAct: (asked: PoolerAsked) => void
}

/** The ways to hold clients at poolers and to let them in again. */
export function PoolerActs({ acts, node, database, onAct }: PoolerActsProps) {
  const where = node === null ? 'at all poolers' : `on ${node}`
  return (
    <div role="group" aria-label={`Acts ${where}`} className="flex flex-wrap items-center gap-1 print-hidden">
      {node === null ? <span className="pr-2 text-sm text-muted phone:w-full">All poolers</span> : null}
      {acts.map((act) => (
        <Button
          key={act}
          tone={database === null ? 'plain' : 'quiet'}
          size="small"
          aria-label={`${poolerVerbs[act].name} ${database ?? 'all databases'} ${where}`}
          onClick={() => onAct({ act, node, database })}
        >
          {poolerVerbs[act].name}
        </Button>
      ))}
    </div>
  )
}

/** What can be said to a pooler as a whole. */
export const wholeActs = ['pause', 'resume', 'reconnect', 'reload'] as const
