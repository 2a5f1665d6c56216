'use client'

import { lazy, Suspense } from 'react'
import type { Judged } from '#components/cluster/judge.ts'
import { useLineState } from '#components/live/live-provider.tsx'
import { Card } from '#components/ui/card.tsx'
import { describeTopology } from './describe.ts'
import { Drawing } from './drawing.tsx'
import { EtcdRow } from './etcd-row.tsx'
import { useHasRoom } from './use-has-room.ts'

/** Loaded once the page stands: the numbers are no part of what it opens with. */
const LiveList = lazy(() => import('./live-list.tsx').then((module) => ({ default: module.LiveList })))

export function TopologyCard({ judged }: { judged: Judged }) {
  const { etcd, members } = judged.snapshot
  const { isPageThere } = useLineState()
  const hasRoom = useHasRoom()
  if (members.length === 0) return null
  return (
    <Card title="Who serves whom" aside={<span className="max-md:hidden">on the lines: lag</span>}>
      {/* Where there is no room to draw, the words stand for the drawing to everybody. */}
      <p className="md:sr-only">{describeTopology(judged.snapshot, judged.now)}</p>
      {hasRoom ? null : (
        <Suspense>
          <LiveList snapshot={judged.snapshot} now={judged.now} />
        </Suspense>
      )}
      <div className="max-md:hidden">
        <Drawing judged={judged} isLive={isPageThere && hasRoom} />
        {etcd ? (
          <EtcdRow
            etcd={etcd}
            cluster={judged.snapshot.clusterName}
            leader={judged.snapshot.leader?.name ?? null}
            now={judged.now}
          />
        ) : null}
      </div>
    </Card>
  )
}
