import type { Finding } from '#domain/judgement/finding.ts'
import { formatInstant } from '#domain/format.ts'
import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import { writeRouteOf } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { MemberStack, StackView } from '#domain/stack/stack-view.ts'
import { listNames } from '#domain/words.ts'
import { poolerLeadsOf, type PoolerLead } from './pooler-leads.ts'
import { settleMs, standsFor } from './standing.ts'
import { isPoolerFresh } from './pooler-fresh.ts'

/**
 * Poolers that send a database to a member that does not lead. One that leads to its own Postgres follows nobody, and a database that
 * is for reads belongs on a replica: neither is found. Nothing is found while the lead is not known to stand.
 */
export function misleadingPoolers(snapshot: Snapshot, stack: StackView | null, now: Date): Finding[] {
  const { leader } = snapshot
  if (stack === null || leader === null || snapshot.isStandbyCluster) return []
  if (leaderStateOf(snapshot, now).kind !== 'working') return []
  return stack.members.flatMap((member) => misleading(member, leader.name, snapshot, now))
}

/** Where a pooler's databases lead that take writes, and not to its own Postgres; empty where it cannot be told. */
function strayLeads(member: MemberStack, leader: string, snapshot: Snapshot, now: Date): PoolerLead[] {
  const { pooler } = member
  const beside = snapshot.members.find(({ name }) => name === member.name)
  if (!beside || !pooler?.value || !isPoolerFresh(pooler, now)) return []
  return poolerLeadsOf(beside, pooler.value, snapshot).filter(
    ({ to, isOwn, isForReads }) => to !== null && to !== leader && !isOwn && !isForReads,
  )
}

function misleading(member: MemberStack, leader: string, snapshot: Snapshot, now: Date): Finding[] {
  const seenAt = member.pooler?.seenAt ?? null
  if (seenAt === null || standsFor(snapshot, seenAt) < settleMs.pgbouncer) return []
  const isInRoute = writeRouteOf(snapshot)?.targets.includes(member.name) ?? false
  const strays = strayLeads(member, leader, snapshot, now)
  // A replica may be meant, unless writes come through here or it was the leader that was meant.
  const accused = strays.filter(({ to }) => isInRoute || to === snapshot.formerLeader)
  return [...new Set(accused.map(({ to }) => to))].flatMap((to) => {
    const here = accused.filter((lead) => lead.to === to)
    const [first] = here
    if (to === null || first === undefined) return []
    const databases = listNames([...new Set(here.map(({ database }) => database))])
    const place = first.address === to ? to : `${to} (${first.address})`
    return [
      {
        kind: 'pooler-misleads' as const,
        severity: isInRoute ? ('critical' as const) : ('warning' as const),
        member: member.name,
        sentence: `pgBouncer beside ${member.name} sends ${databases} to ${place}, which ${whyNot(to, snapshot)}; ${leader} leads.`,
        advice: `Point the databases at ${leader} in pgbouncer.ini of ${member.name}, or better at the Postgres beside it, and RELOAD it.`,
      },
    ]
  })
}

function whyNot(name: string, { formerLeader, leader }: Snapshot): string {
  return name === formerLeader && leader?.since ? `has not led since ${formatInstant(leader.since)}` : 'does not lead'
}
