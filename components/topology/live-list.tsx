'use client'

import { paths } from '#components/paths.ts'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { listNames } from '#domain/words.ts'
import type { LiveMember } from './live-numbers.ts'
import { clientsWords, poolWords, rateWords, sessionWords } from './live-words.ts'
import { useLiveNumbers } from './use-live-numbers.ts'

/** What passes through the layers now, one line each, where there is no room to draw. */
export function LiveList({ snapshot, now }: { snapshot: Snapshot; now: Date }) {
  const live = useLiveNumbers(snapshot, now)
  const cluster = snapshot.clusterName
  const told = live?.members.flatMap((member) => {
    const words = wordsOf(member)
    return words === null ? [] : [{ member, words }]
  })
  if (!live || !told) return null
  return (
    <ul aria-label="Layers, from the clients down" className="mt-2.5 grid border-t border-line pt-1.5">
      {live.clients ? (
        <Row name="HAProxy" href={paths.clusterTraffic(cluster, 'haproxy')} words={clientsWords(live.clients)} />
      ) : null}
      {told.map(({ member, words }) => (
        <Row
          key={member.name}
          name={member.name}
          href={member.pool ? paths.clusterPools(cluster, member.name) : paths.clusterPostgres(cluster)}
          words={words}
        />
      ))}
      {snapshot.etcd ? (
        <Row name="etcd" href={paths.clusterTraffic(cluster, 'etcd')} words="members and quorum" />
      ) : null}
    </ul>
  )
}

function Row({ name, href, words }: { name: string; href: string; words: string }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center justify-between gap-x-4">
      <TextLink href={href} className="py-2.5 font-medium break-all">
        {name}
      </TextLink>
      <span className="text-sm text-muted">{words}</span>
    </li>
  )
}

function wordsOf(member: LiveMember): string | null {
  const parts = [sessionWords(member), poolWords(member), rateWords(member.transactionsPerSecond)].filter(
    (part) => part !== null,
  )
  return parts.length === 0 ? null : listNames(parts)
}
