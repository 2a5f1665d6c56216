import type { MemberStack } from '#domain/stack/stack-view.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { count, listNames } from '#domain/words.ts'
import { isPoolerFresh } from './pooler-fresh.ts'
import { misleadingPoolers } from './misleading-poolers.ts'
import { poolerLeadsOf, type PoolerLead } from './pooler-leads.ts'
import { expectedLead, type Standing } from './standing.ts'
import type { TruthRow } from './truth-row.ts'

/** Where the pooler beside a member leads; null where none is known there. */
export function poolerRow(member: MemberStack, snapshot: Snapshot, now: Date): TruthRow | null {
  const { name, pooler } = member
  const beside = snapshot.members.find((other) => other.name === name)
  if (pooler === null || !beside) return null
  const row = { source: 'pgbouncer' as const, title: `pgBouncer beside ${name}`, member: name, asOf: pooler.seenAt }
  if (pooler.value === null || !isPoolerFresh(pooler, now)) {
    const why = pooler.problem?.sentence ?? 'It has not been looked at lately.'
    return { ...row, says: null, sentence: why, standing: 'unseen' }
  }
  const leads = poolerLeadsOf(beside, pooler.value, snapshot)
  const ofWrites = leads.filter(({ isForReads }) => !isForReads)
  const says = [...new Set(ofWrites.flatMap(({ to }) => to ?? []))].toSorted()
  const stack = { takenAt: now, members: [member], haproxy: null, etcd: null }
  const isAccused = misleadingPoolers(snapshot, stack, now).length > 0
  return {
    ...row,
    says,
    sentence: told(ofWrites, name),
    standing: isAccused ? 'disagrees' : standing(ofWrites, snapshot),
  }
}

/** One that leads to its own Postgres, or to what is no member, follows nobody: it confirms only where that one leads. */
function standing(leads: readonly PoolerLead[], snapshot: Snapshot): Standing {
  const expected = expectedLead(snapshot)
  if (leads.length === 0 || expected === null || snapshot.isStandbyCluster) return 'apart'
  return leads.every(({ to }) => to !== null && expected.includes(to)) ? 'agrees' : 'apart'
}

function told(leads: readonly PoolerLead[], name: string): string {
  if (leads.length === 0) return 'It has no database that takes writes.'
  const own = leads.filter(({ isOwn }) => isOwn)
  if (own.length === leads.length) return `It leads to the Postgres of ${name}, beside it.`
  const others = leads
    .filter(({ isOwn }) => !isOwn)
    .map(({ database, to, address }) => `${database} to ${to ?? address}`)
  const rest = own.length === 0 ? '' : `, and ${count(own.length, 'database')} to the Postgres beside it`
  return `It sends ${listNames(others.slice(0, shown))}${others.length > shown ? ` and ${others.length - shown} more` : ''}${rest}.`
}

const shown = 4
