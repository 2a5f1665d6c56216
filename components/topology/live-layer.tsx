'use client'

import { cx } from 'class-variance-authority'
import Link from 'next/link'
import type { CSSProperties } from 'react'
import { lagTip } from '#components/cluster/member-look.ts'
import { paths } from '#components/paths.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import type { Box, Column, TopologyLayout } from './lay-out.ts'
import type { LiveMember } from './live-numbers.ts'
import { clientsWords, rateWords, sessionWords, busyWords, waitWords } from './live-words.ts'
import { useLiveNumbers } from './use-live-numbers.ts'

interface LiveLayerProps {
  layout: TopologyLayout
  snapshot: Snapshot
  now: Date
}

/** What passes through the layers now, written over the drawing, and the ways from each box to its page: from the clients down. */
export function LiveLayer({ layout, snapshot, now }: LiveLayerProps) {
  const live = useLiveNumbers(snapshot, now)
  const cluster = snapshot.clusterName
  const { haproxy, columns } = layout
  const of = (name: string) => live?.members.find((member) => member.name === name) ?? null
  const memberOf = (name: string) => snapshot.members.find((member) => member.name === name)
  const clients = live?.clients ? clientsWords(live.clients) : null
  const poolers = columns.filter(({ pooler }) => pooler !== null)
  return (
    <ul
      aria-label="Layers, from the clients down"
      // As the drawing stands in its place until its width is known.
      className="pointer-events-none absolute inset-y-0 left-1/2 -translate-x-1/2"
      style={{ width: layout.width }}
    >
      {haproxy ? (
        <li>
          {clients ? (
            <span className={label} style={{ right: layout.width - haproxy.x + 12, top: haproxy.y + 9 }}>
              {clients} <span aria-hidden="true">→</span>
            </span>
          ) : null}
          <BoxLink
            box={haproxy}
            href={paths.clusterTraffic(cluster, 'haproxy')}
            name="HAProxy: open Traffic"
            tip={snapshot.haproxy?.problem?.sentence}
          />
        </li>
      ) : null}
      {poolers.map((column) => (
        <li key={`pooler ${column.name}`}>
          <Pooler column={column} live={of(column.name)} member={memberOf(column.name)} cluster={cluster} />
        </li>
      ))}
      {columns.map((column) => (
        <li key={`member ${column.name}`}>
          <Member column={column} live={of(column.name)} member={memberOf(column.name)} cluster={cluster} />
        </li>
      ))}
    </ul>
  )
}

const label = 'absolute font-mono text-xs whitespace-nowrap text-muted'

interface ColumnProps {
  column: Column
  live: LiveMember | null
  member: MemberSnapshot | undefined
  cluster: string
}

/** Sessions from HAProxy stand above the pooler; servers in use below it, and across the line from them who waits for one. */
function Pooler({ column, live, member, cluster }: ColumnProps) {
  const box = column.pooler
  if (!box) return null
  const sessions = live ? sessionWords(live) : null
  const use = live ? busyWords(live) : null
  const wait = live ? waitWords(live) : null
  const below = box.y + box.height + 3
  return (
    <>
      {sessions ? (
        <span className={label} style={{ left: column.centre + 8, top: box.y - 18 }}>
          {sessions}
        </span>
      ) : null}
      {use ? (
        <span className={cx(label, wait && 'text-warn')} style={{ left: column.centre + 8, top: below }}>
          {use}
        </span>
      ) : null}
      {wait ? (
        <span
          className={cx(label, 'text-warn')}
          style={{ left: column.centre - 8, top: below, transform: 'translateX(-100%)' }}
        >
          {wait}
        </span>
      ) : null}
      <BoxLink
        box={box}
        href={paths.clusterPools(cluster, column.name)}
        name={`pgBouncer on ${column.name}: open Pools`}
        tip={member?.pooler?.problem?.sentence}
      />
    </>
  )
}

function Member({ column: { name, member: box }, live, member, cluster }: ColumnProps) {
  const rate = live ? rateWords(live.transactionsPerSecond) : null
  const hasRoom = box.width >= roomyWidth
  return (
    <>
      {rate && hasRoom ? (
        <span
          className={label}
          style={{ left: box.x + box.width - 15, top: box.y + 54, transform: 'translateX(-100%)' }}
        >
          {rate}
        </span>
      ) : null}
      <BoxLink
        box={box}
        href={paths.clusterPostgres(cluster)}
        name={`Postgres on ${name}: open Postgres`}
        tip={lagTip(member?.replayLag ?? null)}
      />
    </>
  )
}

/** The rate stands beside what the member does with WAL. */
const roomyWidth = 215

interface BoxLinkProps {
  box: Box
  href: string
  name: string
  tip: string | undefined
}

/** Lies over a box and its words, so it tells on hover what they would. */
function BoxLink({ box, href, name, tip }: BoxLinkProps) {
  const place: CSSProperties = { left: box.x, top: box.y, width: box.width, height: box.height }
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={name}
      data-tip={tip}
      style={place}
      className="pointer-events-auto absolute rounded-lg border border-transparent hover:border-line-strong"
    />
  )
}
