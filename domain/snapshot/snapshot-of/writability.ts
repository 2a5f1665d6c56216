import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { MemberReadings } from '#domain/snapshot/readings.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'

type Writability = Pick<MemberSnapshot, 'isWritable' | 'writableSince' | 'writableSeenAt'>

/** Whether a member takes writes, from the newest SQL evidence; a failed look since then leaves it unknown. */
export function writabilityOf(
  previous: MemberSnapshot | undefined,
  reading: MemberReadings | undefined,
  now: Date,
): Writability {
  const evidence = newestEvidence(reading, now)
  const { writableSince, writableSeenAt } = lastFoundWritable(previous, reading)
  if (evidence === null) return { isWritable: null, writableSince, writableSeenAt }
  if (!evidence.isWritable) return { isWritable: false, writableSince: null, writableSeenAt }
  return { isWritable: true, writableSince: writableSince ?? evidence.at, writableSeenAt: evidence.at }
}

/** A look that failed takes nothing back from the one before it. */
function lastFoundWritable(
  previous: MemberSnapshot | undefined,
  reading: MemberReadings | undefined,
): Pick<Writability, 'writableSince' | 'writableSeenAt'> {
  const since = previous?.writableSince ?? null
  const seenAt = previous?.writableSeenAt ?? null
  const good = reading?.status.good
  if (!good || !isWritableByStatus(good.value) || (seenAt && good.observedAt <= seenAt)) {
    return { writableSince: since, writableSeenAt: seenAt }
  }
  return { writableSince: since ?? good.observedAt, writableSeenAt: good.observedAt }
}

interface Evidence {
  isWritable: boolean
  at: Date
}

function newestEvidence(reading: MemberReadings | undefined, now: Date): Evidence | null {
  const told = reading ? evidenceFromPatroni(reading, now) : null
  const asked = reading ? evidenceFromPostgres(reading, now) : null
  if (told && asked) return asked.at > told.at ? asked : told
  return told ?? asked
}

function evidenceFromPatroni(reading: MemberReadings, now: Date): Evidence | null {
  const { good, problem } = reading.status
  if (!good || problem || isStale(good.observedAt, now)) return null
  const isWritable = isWritableByStatus(good.value)
  return isWritable === null ? null : { isWritable, at: good.observedAt }
}

function evidenceFromPostgres(reading: MemberReadings, now: Date): Evidence | null {
  const { good, problem } = reading.postgres ?? { good: null, problem: null }
  if (!good || problem || isStale(good.observedAt, now, lookIntervalsMs.postgres)) return null
  return { isWritable: !good.value.inRecovery, at: good.observedAt }
}

/** Never from a health code: `/primary` answers 200 while the postmaster is dead. Null = Postgres did not answer Patroni. */
function isWritableByStatus(status: PatroniStatus): boolean | null {
  if (status.wal) return status.wal.kind === 'primary' && status.state === 'running'
  return status.state === 'running' || status.state === 'unknown' ? null : false
}
