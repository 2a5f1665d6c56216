import { isLongGone } from '#domain/snapshot/long-gone.ts'
import type { FactRow, FactScope } from '#domain/alerts/rule.ts'
import { backupFacts, isFreshView, repositoryRows } from './backup-facts.ts'
import { consoleFacts } from './console-facts.ts'
import { etcdFacts, etcdMemberRows } from './etcd-facts.ts'
import { haproxyFacts } from './haproxy-facts.ts'
import { databaseRows, leaderDetail, leaderFacts, slotRows } from './leader-facts.ts'
import { leadershipFacts } from './leadership-facts.ts'
import { memberFacts } from './member-facts.ts'
import type { Facts } from './names.ts'
import { isPoolerTold, poolRows } from './pooler-facts.ts'
import { type FactSources, freshOf } from './sources.ts'

/** All facts of one cluster at one moment. */
export interface FactPicture {
  rows: FactRow[]
  /** True where a subject that has no row is not there any more, and not merely unseen. */
  isGone(subject: { scope: FactScope; member: string | null }): boolean
}

/** Makes the facts of every scope. */
export function factsOf(sources: FactSources): FactPicture {
  const { snapshot, stack, backups, sight, now } = sources
  const cluster: Facts<'cluster'> = {
    ...leadershipFacts(sources),
    ...etcdFacts(sources),
    ...haproxyFacts(sources),
    ...leaderFacts(sources),
    ...backupFacts(sources),
  }
  const members = snapshot.members.filter((member) => !isLongGone(member, now))
  const ofCluster = { subject: snapshot.clusterName, member: null }
  return {
    rows: [
      { scope: 'cluster', ...ofCluster, facts: cluster },
      ...members.map((member) => ({
        scope: 'member' as const,
        subject: member.name,
        member: member.name,
        facts: memberFacts(member, sources),
      })),
      ...poolRows(sources),
      ...slotRows(sources),
      ...databaseRows(sources),
      ...etcdMemberRows(sources),
      ...repositoryRows(sources),
      { scope: 'console', ...ofCluster, facts: consoleFacts(sources) },
    ],
    isGone({ scope, member }) {
      switch (scope) {
        case 'cluster':
        case 'console':
          return false
        case 'member':
          return sight === 'clear'
        case 'pool':
          return member === null || !members.some(({ name }) => name === member) || isPoolerTold(member, sources)
        case 'slot':
        case 'database':
          return leaderDetail(sources) !== null
        case 'etcd-member':
          return freshOf(stack?.etcd, now) !== null
        case 'repository':
          return backups !== null && isFreshView(backups, now)
      }
    },
  }
}
