'use client'

import { useNow } from '#components/time/clock-provider.tsx'
import { Button } from '#components/ui/button.tsx'
import { Copy } from '#components/ui/copy.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { formatDuration } from '#domain/format.ts'
import type { NodeAgent } from '#domain/agent/agent.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { progressOf } from './invitation-progress.ts'

interface InvitationViewProps {
  made: RouterOutputs['agents']['invite']
  /** As it is now. */
  node: NodeAgent
  onAgain: () => void
  isBusy: boolean
}

/** What to type on the node, for how long it is good, and what has come of it so far. */
export function InvitationView({ made, node, onAgain, isBusy }: InvitationViewProps) {
  const now = useNow()
  const progress = progressOf(made, node, now)
  const leftMs = Math.max(0, made.expiresAt.getTime() - now.getTime())
  return (
    <div className="grid gap-5">
      {progress.state === 'waiting' ? (
        <>
          <p>
            Type this on {node.node}. The token in it is shown only now; it is good once, for{' '}
            <span role="timer" className="font-medium tabular-nums">
              {formatDuration(Math.ceil(leftMs / 1000) * 1000)}
            </span>
            .
          </p>
          <div className="flex rounded-md border border-line-strong bg-page px-3 py-2">
            <Copy
              text={made.command}
              className="w-full justify-between [&>span:first-child]:break-all [&>span:first-child]:whitespace-normal"
            />
          </div>
        </>
      ) : null}
      <div role="status" className="grid gap-1.5">
        <StateMark tone={progress.tone}>{progress.sentence}</StateMark>
        {progress.detail === null ? null : <p className="pl-5 text-muted">{progress.detail}</p>}
      </div>
      {progress.state === 'over' ? (
        <div>
          <Button isBusy={isBusy} onClick={onAgain} className="border-line-strong">
            Invite {node.node} again
          </Button>
        </div>
      ) : null}
    </div>
  )
}
