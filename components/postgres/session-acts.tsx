import { Button } from '#components/ui/button.tsx'
import type { SignalWish } from '#domain/plan/signal-plan.ts'

/** What was asked for; nothing is sent before its plan is confirmed. */
export type OnSignal = (wish: SignalWish) => void

interface SessionActsProps {
  member: string
  pid: number
  /** Null = not known: then nobody can say which session the pid is. */
  backendStart: Date | null
  /** What it does is over already: there is no statement to cancel. */
  isIdle: boolean
  /** Null = whoever looks may not, or what is shown is old. */
  onSignal: OnSignal | null
}

/** The ways to end what one session does, or the session. */
export function SessionActs({ member, pid, backendStart, isIdle, onSignal }: SessionActsProps) {
  if (onSignal === null || backendStart === null || pid === 0) return null
  const name = { member, pid, backendStart }
  return (
    <span className="inline-flex flex-wrap justify-end gap-1 print-hidden">
      {isIdle ? null : (
        <Button
          tone="quiet"
          size="small"
          aria-label={`Cancel the statement of pid ${pid} on ${member}`}
          onClick={() => onSignal({ ...name, act: 'cancel' })}
        >
          Cancel
        </Button>
      )}
      <Button
        tone="quiet"
        size="small"
        aria-label={`Terminate pid ${pid} on ${member}`}
        onClick={() => onSignal({ ...name, act: 'terminate' })}
      >
        Terminate
      </Button>
    </span>
  )
}
