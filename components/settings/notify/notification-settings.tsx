'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { ReadOnlyNote } from '../read-only-note.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { ChannelSheet } from './channel-sheet.tsx'
import { ChannelTable, type ShownChannel } from './channel-table.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { RouteList } from './route-list.tsx'

/** Where people are told of alerts, who is told of what, and what was told. */
export function NotificationSettings() {
  if (useMay('alerts.read', 'everywhere')) return <Notifications />
  return <ReadOnlyNote>Who is told of what concerns all clusters: who may read all of them sees it.</ReadOnlyNote>
}

function Notifications() {
  const mayManage = useMay('notifications.manage', 'everywhere')
  const list = useQuery(useTRPC().notifications.channels.queryOptions())
  const [edited, setEdited] = useState<ShownChannel | 'new' | null>(null)
  const add = (
    <Button onClick={() => setEdited('new')} className="border-line-strong">
      Add a channel
    </Button>
  )
  return (
    <div className="grid gap-8">
      <section className="grid gap-5" aria-label="Channels">
        <SettingsHead
          sentence="Where people are told of alerts."
          act={mayManage && list.data && list.data.length > 0 ? add : undefined}
        />
        {mayManage ? null : <ReadOnlyNote>An administrator changes who is told.</ReadOnlyNote>}
        {list.data && list.data.length > 0 ? (
          <ChannelTable channels={list.data} mayManage={mayManage} onEdit={setEdited} />
        ) : null}
        {list.data?.length === 0 ? (
          <Empty title="Nobody is told of alerts yet." action={mayManage ? add : undefined}>
            Alerts are found and kept all the same. A channel is a webhook, Slack, PagerDuty or e-mail.
          </Empty>
        ) : null}
        <QueryProblem query={list} />
        {list.isPending ? <Skeleton className="h-32" /> : null}
      </section>
      {list.data && list.data.length > 0 ? <RouteList channels={list.data} mayManage={mayManage} /> : null}
      <DeliveryLog mayManage={mayManage} />
      {edited ? <ChannelSheet known={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </div>
  )
}
