import { paths } from '#components/paths.ts'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { formatAge } from '#domain/format.ts'
import type { EtcdSnapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'

type Endpoint = EtcdSnapshot['endpoints'][number]

interface EtcdRowProps {
  etcd: EtcdSnapshot
  cluster: string
  leader: string | null
  now: Date
}

/** The store that holds the leader key, below everything that stands on it. */
export function EtcdRow({ etcd, cluster, leader, now }: EtcdRowProps) {
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line pt-3 text-sm text-muted">
      <ul aria-label="etcd members" className="flex flex-wrap items-center gap-x-5 gap-y-1.5">
        <li>
          <TextLink href={paths.clusterTraffic(cluster, 'etcd')}>etcd</TextLink>
        </li>
        {etcd.endpoints.map((endpoint) => (
          <EtcdMember key={endpoint.url} endpoint={endpoint} now={now} />
        ))}
      </ul>
      <p>{keySentence(etcd, leader, now)}</p>
    </div>
  )
}

function EtcdMember({ endpoint, now }: { endpoint: Endpoint; now: Date }) {
  const { status, seenAt, problem } = endpoint
  const isCurrent = problem === null && !isStale(seenAt, now, lookIntervalsMs.etcd)
  return (
    <li className="flex items-center gap-1.5" data-tip={problem?.sentence ?? hostOf(endpoint.url)}>
      <StateIcon tone={isCurrent ? 'ok' : 'unseen'} className="size-3" />
      <span className={isCurrent ? 'text-text' : ''}>{status?.name ?? hostOf(endpoint.url)}</span>
      {noteOf(endpoint, isCurrent, now)}
    </li>
  )
}

function noteOf({ status, seenAt, problem }: Endpoint, isCurrent: boolean, now: Date): string {
  if (!isCurrent && seenAt === null) return problem ? 'never answered' : 'not seen yet'
  if (!isCurrent && seenAt) return `${problem ? 'no answer' : 'not seen'} for ${formatAge(seenAt, now)}`
  return status && status.memberId === status.leaderId ? 'leads' : ''
}

function keySentence(etcd: EtcdSnapshot, leader: string | null, now: Date): string {
  const { quorumSeenAt } = etcd
  const hasQuorum = etcd.quorumProblem === null && !isStale(quorumSeenAt, now, lookIntervalsMs.etcd)
  const quorum =
    hasQuorum && quorumSeenAt ? `quorum proven ${formatAge(quorumSeenAt, now)} ago` : lostQuorum(quorumSeenAt, now)
  const key = leader ? `leader key held by ${leader}` : 'nobody holds the leader key'
  return `${key}, ${quorum}`
}

function lostQuorum(seenAt: Date | null, now: Date): string {
  return seenAt ? `no quorum seen for ${formatAge(seenAt, now)}` : 'quorum never seen'
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//u, '').replace(/\/$/u, '')
}
