import { isLookedOld } from '#domain/stack/deep-age.ts'
import { OldMark } from '#components/layers/old-mark.tsx'
import { Card } from '#components/ui/card.tsx'
import { type Blocking, blockingTree, waitingFor } from '#domain/stack/blocking.ts'
import { formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import type { PostgresTold } from './postgres-told.ts'
import { type OnSignal, SessionActs } from './session-acts.tsx'
import { QueryText } from './query-text.tsx'

interface BlockingCardProps {
  told: readonly PostgresTold[]
  now: Date
  hasQueries: boolean
  /** Null = whoever looks may not. */
  onSignal: OnSignal | null
}

/** Who waits for whom on each member, as a tree: whoever holds up the others stands at its root. */
export function BlockingCard({ told, now, hasQueries, onSignal }: BlockingCardProps) {
  const blocked = told.filter(({ detail }) => detail.blocked.length > 0)
  if (blocked.length === 0) return null
  return (
    <Card title="Who waits for whom">
      <div className="grid gap-4">
        {blocked.map(({ member, detail, looked }) => (
          <div key={member} className={isLookedOld(looked, now) ? 'text-muted' : ''}>
            <p className="pb-1 font-semibold">
              {member} <OldMark looked={looked} now={now} />
            </p>
            <Waiting
              nodes={blockingTree(detail.blocked)}
              label={`Who waits for whom on ${member}`}
              shown={{ member, hasQueries, onSignal: isLookedOld(looked, now) ? null : onSignal }}
            />
          </div>
        ))}
      </div>
    </Card>
  )
}

interface Shown {
  member: string
  hasQueries: boolean
  onSignal: OnSignal | null
}

function Waiting({ nodes, label, shown }: { nodes: readonly Blocking[]; label?: string; shown: Shown }) {
  return (
    <ul
      aria-label={label}
      className={label ? 'grid gap-1.5' : 'ml-1.5 grid gap-1.5 border-l border-line pt-1.5 pl-3.5'}
    >
      {nodes.map((node) => (
        <li key={node.session.pid} className="min-w-0">
          <One node={node} shown={shown} />
          {node.waiting.length === 0 ? null : <Waiting nodes={node.waiting} shown={shown} />}
        </li>
      ))}
    </ul>
  )
}

function One({ node, shown }: { node: Blocking; shown: Shown }) {
  const { pid, user, database, application, state, waitEvent, transactionSeconds, query, blockedBy } = node.session
  const held = waitingFor(node)
  const who = pid === 0 ? 'a prepared transaction' : `${user ?? 'nobody'} in ${database ?? 'no database'}`
  return (
    <>
      <p className="break-words">
        {pid === 0 ? null : <span className="font-mono text-sm text-muted">{pid} </span>}
        <span className="font-medium">{who}</span>
        {application === '' ? '' : `, ${application}`}
        <span className="text-muted">
          {state === null ? '' : `, ${state}`}
          {transactionSeconds === null ? '' : `, transaction of ${formatDuration(transactionSeconds * 1000)}`}
          {blockedBy === null || waitEvent === null ? '' : `, waits for ${waitEvent}`}
        </span>
        {held === 0 ? null : <span className="text-warn"> holds up {count(held, 'other')}</span>}
      </p>
      <QueryText query={query} isShown={shown.hasQueries} />
      <SessionActs
        member={shown.member}
        pid={pid}
        backendStart={node.session.backendStart}
        isIdle={state?.startsWith('idle') ?? true}
        onSignal={shown.onSignal}
      />
    </>
  )
}
