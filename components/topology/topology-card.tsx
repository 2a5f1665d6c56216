'use client'

import type { Judged } from '#components/cluster/judge.ts'
import { Card } from '#components/ui/card.tsx'
import { describeTopology } from './describe.ts'
import { Drawing } from './drawing.tsx'
import { EtcdRow } from './etcd-row.tsx'

export function TopologyCard({ judged }: { judged: Judged }) {
  const { etcd, members } = judged.snapshot
  if (members.length === 0) return null
  return (
    <Card title="Who serves whom" aside={<span className="max-md:hidden">on the lines: lag</span>}>
      {/* Where there is no room to draw, the words stand for the drawing to everybody. */}
      <p className="md:sr-only">{describeTopology(judged.snapshot, judged.now)}</p>
      <div className="max-md:hidden">
        <Drawing judged={judged} />
        {etcd ? <EtcdRow etcd={etcd} leader={judged.snapshot.leader?.name ?? null} now={judged.now} /> : null}
      </div>
    </Card>
  )
}
