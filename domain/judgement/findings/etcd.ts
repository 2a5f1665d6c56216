import { hasLostQuorum } from '#domain/judgement/election-bar.ts'
import { etcdCount } from '#domain/snapshot/etcd-count.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import { forAge } from '#domain/format.ts'
import { etcdKeysAreCurrent } from '#domain/snapshot/sight.ts'
import { answersUnusably, isGone, silence } from '#domain/snapshot/reachability.ts'
import type { EtcdSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { count } from '#domain/words.ts'
import type { JudgedCase } from './judged-case.ts'

/** What is wrong with etcd, as far as this console sees it. */
export function etcdFindings({ snapshot, now }: JudgedCase): Finding[] {
  const { etcd } = snapshot
  if (!etcd) return []
  const gone = etcd.endpoints.filter(({ problem }) => isGone(problem, now))
  if (hasLostQuorum(snapshot, now)) return [noQuorum(etcd, snapshot.config?.failsafeMode ?? false, now)]
  if (!etcdKeysAreCurrent(snapshot, now)) return [unseen(etcd, now)]
  return [...gone.map((endpoint) => memberDown(endpoint, snapshot, now)), ...alarms(etcd)]
}

type Endpoint = EtcdSnapshot['endpoints'][number]

function unseen(etcd: EtcdSnapshot, now: Date): Finding {
  const problem = etcd.quorumProblem ?? etcd.endpoints[0]?.problem
  return {
    kind: 'etcd-unseen',
    severity: 'warning',
    member: null,
    sentence: `Matriarch has ${answersUnusably(problem) ? 'had no usable answer of' : 'not reached'} etcd${forAge(problem?.since, now)}; what it shows is the word of the members.`,
    advice: problem?.sentence ?? "See whether etcd can be reached from Matriarch's machine.",
  }
}

function noQuorum(etcd: EtcdSnapshot, hasFailsafe: boolean, now: Date): Finding {
  const since = forAge(etcd.quorumProblem?.since, now)
  return {
    kind: 'etcd-no-quorum',
    severity: 'critical',
    member: null,
    sentence: hasFailsafe
      ? `etcd has had no quorum${since}: nobody can be elected, and the leader goes on in failsafe mode only.`
      : `etcd has had no quorum${since}: the leader gives up writing when its lease cannot be renewed, and nobody can be elected.`,
    advice: 'Bring back etcd members until more than half of them run. Do not restart Patroni or Postgres meanwhile.',
  }
}

function memberDown(endpoint: Endpoint, snapshot: Snapshot, now: Date): Finding {
  const name = endpoint.status?.name ? `etcd member ${endpoint.status.name}` : `etcd at ${endpoint.url}`
  const { up, of } = etcdCount(snapshot, now) ?? { up: 0, of: 1 }
  const spare = up - (Math.floor(of / 2) + 1)
  const rest = spare > 0 ? `${count(spare, 'more', 'more')} may fail` : 'if one more fails, the quorum is lost'
  return {
    kind: 'etcd-member-down',
    severity: 'warning',
    member: null,
    sentence: `${name} ${silence(endpoint.problem)}${forAge(endpoint.problem?.since, now)}; ${rest}.`,
    advice: endpoint.problem?.sentence ?? 'See whether etcd runs there.',
  }
}

/** Every endpoint tells the alarms of all members: each is told once, of the member that raised it. */
function alarms(etcd: EtcdSnapshot): Finding[] {
  const names = new Map(etcd.endpoints.map(({ status }) => [status?.memberId, status?.name]))
  const raised = new Map<string, string>()
  for (const { url, status } of etcd.endpoints) {
    for (const { memberId, kind } of status?.alarms ?? []) {
      const name = memberId === null ? status?.name : (names.get(memberId) ?? hexId(memberId))
      raised.set(`${name ? `etcd member ${name}` : `etcd at ${url}`} raises the alarm ${kind}.`, kind)
    }
  }
  return [...raised].map(([sentence, kind]) => ({
    kind: 'etcd-alarm' as const,
    severity: 'critical' as const,
    member: null,
    sentence,
    advice:
      kind === 'NOSPACE'
        ? 'etcd refuses writes: compact and defragment it, then disarm the alarm (etcdctl alarm disarm).'
        : 'See etcdctl alarm list, and the log of that etcd member.',
  }))
}

/** As etcdctl writes it. */
function hexId(memberId: string): string {
  return BigInt(memberId).toString(16)
}
