'use client'

import { Moment } from '#components/time/moment.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { Button } from '#components/ui/button.tsx'
import { formatDuration } from '#domain/format.ts'
import { endOf, isGoingOn, overWords, type MaintenanceWindow } from '#domain/maintenance/window.ts'

interface WindowListProps {
  windows: readonly MaintenanceWindow[]
  /** Null for who only reads, and for what has ended. */
  acts: { onExtend: (window: MaintenanceWindow) => void; onEnd: (window: MaintenanceWindow) => void } | null
}

/** Windows with what they are over, by whom, from when to when, and why. */
export function WindowList({ windows, acts }: WindowListProps) {
  const now = useNow()
  return (
    <ul className="border-b border-line">
      {windows.map((window) => {
        const over = overWords(window)
        const end = endOf(window)
        return (
          <li
            key={window.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-t border-line py-2 phone:grid-cols-1"
          >
            <div className="min-w-0 break-words">
              <p className="font-medium">{over}</p>
              <p>{window.reason}</p>
              <p className="text-sm text-muted">
                {window.owner.name}, <Moment at={window.startsAt} shape="full" /> to <Moment at={end} shape="full" />
                {isGoingOn(window, now) ? `, ${formatDuration(end.getTime() - now.getTime())} left` : ''}
                {window.endedBy === null ? '' : `, ended by ${window.endedBy}`}
                {window.forbids === 'acts-of-others' ? '. Only the owner switches over or recovers meanwhile' : ''}.
              </p>
            </div>
            {acts ? (
              <div className="flex gap-1 print-hidden">
                <Button
                  size="small"
                  tone="quiet"
                  aria-label={`Extend maintenance on ${over}`}
                  onClick={() => acts.onExtend(window)}
                >
                  Extend
                </Button>
                <Button
                  size="small"
                  tone="quiet"
                  aria-label={`End maintenance on ${over}`}
                  onClick={() => acts.onEnd(window)}
                >
                  End
                </Button>
              </div>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
