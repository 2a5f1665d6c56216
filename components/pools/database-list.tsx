import { StateMark } from '#components/ui/state-mark.tsx'
import type { PoolerDatabase } from '#domain/stack/pooler-detail.ts'
import { PoolerActs, type PoolerAsked } from './pooler-acts.tsx'

interface DatabaseListProps {
  member: string
  databases: readonly PoolerDatabase[]
  /** Null = whoever looks may not, or what is shown is old. */
  onAct: ((asked: PoolerAsked) => void) | null
}

/** The databases of one pooler: whether they take clients, where they lead, and what can be done with each. */
export function DatabaseList({ member, databases, onAct }: DatabaseListProps) {
  return (
    <ul aria-label={`Databases of pgBouncer on ${member}`} className="grid">
      {databases.map((database) => {
        const { name, host, port, isPaused, isDisabled } = database
        return (
          <li key={name} className="flex flex-wrap items-center justify-between gap-x-4 border-t border-line py-1.5">
            <p className="min-w-0 break-words">
              <span className="font-medium">{name}</span>{' '}
              <span className="font-mono text-sm text-muted">{host === null ? 'by socket' : `${host}:${port}`}</span>{' '}
              {isPaused ? <StateMark tone="warn">paused</StateMark> : null}{' '}
              {isDisabled ? <StateMark tone="warn">disabled</StateMark> : null}
            </p>
            {onAct ? (
              <PoolerActs
                acts={[isPaused ? 'resume' : 'pause', isDisabled ? 'enable' : 'disable', 'kill']}
                node={member}
                database={name}
                onAct={onAct}
              />
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
