import type { Finding } from '#domain/judgement/finding.ts'
import { strayWriter } from '#domain/judgement/split-brain.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import { listNames } from '#domain/words.ts'
import type { JudgedCase } from './judged-case.ts'

/** Members that take writes although they must not. */
export function writerFindings({ snapshot, now, writers, leader }: JudgedCase): Finding[] {
  if (writers.length > 1)
    return [
      splitBrain(
        writers.map(({ name }) => name),
        snapshot.leader?.name ?? null,
      ),
    ]
  const stray = strayWriter(snapshot, now)
  if (!stray || leader.kind === 'unmanaged') return []
  const { name } = stray
  const patroni = isGone(stray.problem, now)
    ? `Patroni on ${name} does not answer, but its`
    : `${name} does not lead, but its`
  return [
    {
      kind: 'unmanaged-primary',
      severity: 'critical',
      member: name,
      sentence: `${patroni} Postgres takes writes; what is written there is lost once ${name} follows ${snapshot.leader?.name ?? 'the leader'}.`,
      advice: `Keep clients away from ${name} and stop its Postgres, then start its Patroni: it rejoins by pg_rewind.`,
    },
  ]
}

function splitBrain(names: string[], keyHolder: string | null): Finding {
  const losers = names.filter((name) => name !== keyHolder)
  const isHeld = keyHolder !== null && names.includes(keyHolder)
  const stake = isHeld
    ? `${keyHolder} holds the lead, so what clients write on ${listNames(losers)} will be lost.`
    : 'None of them holds the lead; what is written on all but one will be lost.'
  return {
    kind: 'split-brain',
    severity: 'critical',
    member: isHeld ? (losers[0] ?? null) : null,
    sentence: `Split brain: ${listNames(names)} ${names.length === 2 ? 'both' : 'all'} take writes. ${stake}`,
    advice: isHeld
      ? `Stop Postgres on ${listNames(losers)} now, or cut it off from clients. Copy its data directory before Patroni rewinds it: rows written there exist nowhere else.`
      : 'Decide which one is to keep its data and stop Postgres on the others now. Copy their data directories first: rows written there exist nowhere else.',
  }
}
