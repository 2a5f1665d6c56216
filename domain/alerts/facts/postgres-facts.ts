import { metrics, type MemberMetric } from '#domain/samples/metrics.ts'
import { postgresValues } from '#domain/samples/postgres-values.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import type { Facts } from './names.ts'
import { deepLookMs, type FactSources, freshOf } from './sources.ts'

const sampledNames = ['replayLagSeconds', 'writeLagSeconds', 'flushLagSeconds'] as const

const looked = [
  'clients',
  'clientsActive',
  'clientsIdle',
  'clientsIdleInTransaction',
  'connectionUse',
  'waitingOnLock',
  'waitingOnSync',
  'longestTransactionSeconds',
  'longestIdleInTransactionSeconds',
  'databaseBytes',
  'walFolderBytes',
  'slotRetainedBytes',
] as const

type Names = (typeof sampledNames)[number] | (typeof looked)[number]

/** What the statistics of one Postgres tell of itself: the very values that are sampled. */
export function postgresFacts(
  { name }: MemberSnapshot,
  sources: FactSources,
): Pick<Facts<'member'>, Names | 'isReplayPaused'> {
  const { stack, now } = sources
  const detail = freshOf(stack?.members.find((member) => member.name === name)?.postgres, now)
  const values = detail && postgresValues(detail, now)
  return {
    ...valuesOf(sampledNames, (metric) => sampledOf(name, metric, sources)),
    ...valuesOf(looked, (metric) => values?.[metric] ?? null),
    isReplayPaused: detail?.receiver?.replayPaused ?? null,
  }
}

/** How far behind in seconds takes a history of positions to say, which the samples are made with. */
function sampledOf(name: string, metric: MemberMetric, { samples, now }: FactSources): number | null {
  const sample = samples.find(({ subject }) => subject.kind === 'member' && subject.name === name)
  if (!sample || now.getTime() - sample.at.getTime() > 3 * deepLookMs) return null
  return sample.values[metrics.member.findIndex((each) => each.name === metric)] ?? null
}

function valuesOf<Name extends string>(
  names: readonly Name[],
  valueOf: (name: Name) => number | null,
): Record<Name, number | null> {
  // Object.fromEntries forgets which names there are; all of them are.
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, number | null>
}
