'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { CheckBox } from '#components/ui/check-box.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import type { Channel } from '#domain/alerts/notify/channel.ts'
import { leadsToNobody } from '#domain/alerts/notify/route.ts'
import { listNames } from '#domain/words.ts'

interface PausedBoxProps {
  /** Null = it is new: no route leads to it. */
  known: Channel | null
  isPaused: boolean
  onChange: (isPaused: boolean) => void
}

/** Whether a channel is paused, with the routes that tell nobody while it is. */
export function PausedBox({ known, isPaused, onChange }: PausedBoxProps) {
  const trpc = useTRPC()
  const routes = useQuery(trpc.notifications.routes.queryOptions()).data?.routes ?? []
  const others = useQuery(trpc.notifications.channels.queryOptions()).data?.filter(({ id }) => id !== known?.id)
  const silent =
    known === null || others === undefined || !isPaused
      ? []
      : routes.flatMap(({ steps }, n) =>
          steps.some(({ channelIds }) => channelIds.includes(known.id)) && leadsToNobody({ steps }, others)
            ? [`${n + 1}`]
            : [],
        )
  return (
    <div className="grid gap-2">
      <CheckBox label="Paused" hint="Nothing is sent here meanwhile." isChecked={isPaused} onChange={onChange} />
      <p role="status" className="empty:hidden">
        {silent.length > 0 ? (
          <StateMark tone="warn">
            Nobody is told by route {listNames(silent)} then: all its channels are paused.
          </StateMark>
        ) : null}
      </p>
    </div>
  )
}
