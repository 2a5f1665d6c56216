import type { Finding } from '#domain/judgement/finding.ts'
import { forAge } from '#domain/format.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import type { JudgedCase } from './judged-case.ts'

/** Members whose connection pooler does not answer although the member itself does. */
export function poolerFindings({ snapshot, now }: JudgedCase): Finding[] {
  return snapshot.members.flatMap((member) => {
    const { name, pooler } = member
    if (!pooler || !isGone(pooler.problem, now) || isGone(member.problem, now) || !member.isListed) return []
    const leads = name === snapshot.leader?.name
    const since = forAge(pooler.problem?.since, now)
    return [
      {
        kind: 'pooler-down' as const,
        severity: leads ? ('critical' as const) : ('warning' as const),
        member: name,
        sentence: leads
          ? `The pooler on ${name} has not answered${since}: clients that come through it cannot write.`
          : `The pooler on ${name} has not answered${since}.`,
        advice: pooler.problem?.sentence ?? `See whether pgBouncer runs on ${name} and listens on port ${pooler.port}.`,
      },
    ]
  })
}
