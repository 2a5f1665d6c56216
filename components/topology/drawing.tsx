'use client'

import { lazy, Suspense } from 'react'
import type { Judged } from '#components/cluster/judge.ts'
import { useWidth } from '#components/ui/use-width.ts'
import { answers } from '#domain/snapshot/reachability.ts'
import { HaproxyPart, type Way } from './haproxy-part.tsx'
import { layOut } from './lay-out.ts'
import { MemberBox, MemberText } from './member-box.tsx'
import { PoolerBox } from './pooler-box.tsx'
import { Ring } from './ring.tsx'
import { isUpInHaproxy, wayOf, writeFlowOf, type WriteFlow } from './routes.ts'
import { StreamArc } from './stream-arc.tsx'
import { reachOf, streamsOf } from './streams.ts'

/** Loaded once the drawing stands: it asks for more than the drawing needs. */
const LiveLayer = lazy(() => import('./live-layer.tsx').then((module) => ({ default: module.LiveLayer })))

interface DrawingProps {
  judged: Judged
  /** Whether what passes through the layers is written over it. */
  isLive: boolean
}

export function Drawing({ judged, isLive }: DrawingProps) {
  const { snapshot } = judged
  const { ref, width } = useWidth<HTMLDivElement>(826)
  const names = snapshot.members.map((member) => member.name)
  const streams = streamsOf(snapshot)
  const layout = layOut({
    width,
    names,
    hasHaproxy: snapshot.haproxy !== null,
    poolers: new Set(snapshot.members.filter((member) => member.pooler !== null).map((member) => member.name)),
    reach: reachOf(streams, names),
  })
  const leader = snapshot.leader?.name ?? null
  const flow = writeFlowOf(snapshot, judged.assessment.findings, judged.now)
  const columns = layout.columns.flatMap((column) => {
    const member = snapshot.members.find((one) => one.name === column.name)
    return member ? [{ column, member }] : []
  })

  return (
    <div ref={ref} className="relative">
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width="100%"
        height={layout.height}
        className="block overflow-visible"
      >
        {snapshot.haproxy ? (
          <HaproxyPart layout={layout} haproxy={snapshot.haproxy} now={judged.now} ways={waysOf(judged, flow)} />
        ) : null}
        {columns.map(({ column, member }) => (
          <PoolerBox
            key={member.name}
            column={column}
            member={member}
            carriesWrites={snapshot.haproxy ? wayOf(flow, member.name) === 'writes' : member.name === flow.leader}
            now={judged.now}
          />
        ))}
        {streams.map((stream) => (
          <StreamArc key={`${stream.from} ${stream.to}`} stream={stream} layout={layout} judged={judged} />
        ))}
        {columns.map(({ column, member }) => (
          <MemberBox key={member.name} box={column.member} isPresent={member.missingSince === null} />
        ))}
        <Ring
          box={layout.columns.find((column) => column.name === leader)?.member ?? null}
          leader={leader}
          isSure={isLeaderSure(judged)}
        />
        {columns.map(({ column, member }) => (
          <MemberText key={member.name} box={column.member} member={member} judged={judged} />
        ))}
      </svg>
      {isLive ? (
        <Suspense>
          <LiveLayer layout={layout} snapshot={snapshot} now={judged.now} />
        </Suspense>
      ) : null}
    </div>
  )
}

function waysOf({ snapshot }: Judged, flow: WriteFlow): Map<string, Way> {
  return new Map(
    snapshot.members.map((member) => [
      member.name,
      {
        carries: wayOf(flow, member.name),
        isUp: snapshot.haproxy !== null && isUpInHaproxy(snapshot.haproxy, member),
      },
    ]),
  )
}

/** Whether who leads is known of this moment: an old word is drawn as one. */
function isLeaderSure({ snapshot, assessment, now, isHearing }: Judged): boolean {
  const leader = snapshot.members.find((member) => member.name === snapshot.leader?.name)
  return isHearing && assessment.verdict.level !== 'unseen' && leader !== undefined && answers(leader, now)
}
