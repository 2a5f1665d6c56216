'use client'

import type { Judged } from '#components/cluster/use-judged.ts'
import { HaproxyPart } from './haproxy-part.tsx'
import { layOut } from './lay-out.ts'
import { MemberBox, MemberText } from './member-box.tsx'
import { PoolerBox } from './pooler-box.tsx'
import { Ring } from './ring.tsx'
import { routesOf } from './routes.ts'
import { StreamArc } from './stream-arc.tsx'
import { reachOf, streamsOf } from './streams.ts'
import { useWidth } from './use-width.ts'

export function Drawing({ judged }: { judged: Judged }) {
  const { snapshot } = judged
  const { ref, width } = useWidth<HTMLDivElement>(826)
  const names = snapshot.members.map((member) => member.name)
  const streams = streamsOf(snapshot)
  const layout = layOut({
    width,
    names,
    hasHaproxy: snapshot.haproxy !== null,
    hasPoolers: snapshot.members.some((member) => member.pooler !== null),
    reach: reachOf(streams, names),
  })
  const leader = snapshot.leader?.name ?? null
  const routes = snapshot.haproxy ? routesOf(snapshot.haproxy, snapshot.members) : null
  const columns = layout.columns.flatMap((column) => {
    const member = snapshot.members.find((one) => one.name === column.name)
    return member ? [{ column, member }] : []
  })

  return (
    <div ref={ref} aria-hidden="true">
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width="100%"
        height={layout.height}
        className="block overflow-visible"
      >
        {snapshot.haproxy && routes ? (
          <HaproxyPart layout={layout} haproxy={snapshot.haproxy} routes={routes} leader={leader} now={judged.now} />
        ) : null}
        {columns.map(({ column, member }) => (
          <PoolerBox
            key={member.name}
            column={column}
            member={member}
            takesWrites={member.name === leader && (routes === null || routes.get(member.name)?.isOnly === true)}
            now={judged.now}
          />
        ))}
        {streams.map((stream) => (
          <StreamArc key={`${stream.from} ${stream.to}`} stream={stream} layout={layout} judged={judged} />
        ))}
        {columns.map(({ column, member }) => (
          <MemberBox key={member.name} box={column.member} isPresent={member.missingSince === null} />
        ))}
        <Ring box={layout.columns.find((column) => column.name === leader)?.member ?? null} leader={leader} />
        {columns.map(({ column, member }) => (
          <MemberText key={member.name} box={column.member} member={member} judged={judged} />
        ))}
      </svg>
    </div>
  )
}
