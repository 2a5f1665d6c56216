import { writeRouteOf } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import { count, listNames } from '#domain/words.ts'
import { poolerRow } from './pooler-row.ts'
import { claimRow, type TruthRow } from './truth-row.ts'

/** Who leads, by everybody who can be asked. */
export interface TruthTable {
  sentence: string
  rows: TruthRow[]
}

/** Each source of who leads, what it says and as of when; `stack` is null where the deep looks have brought nothing yet. */
export function truthTable(snapshot: Snapshot, stack: StackView | null, now: Date): TruthTable {
  const rows = [
    keyRow(snapshot, now),
    rolesRow(snapshot, now),
    sqlRow(snapshot, now),
    ...haproxyRow(snapshot, now),
    ...(stack?.members ?? []).flatMap((member) => poolerRow(member, snapshot, now) ?? []),
  ]
  return { sentence: sentenceOf(rows, snapshot), rows }
}

function sentenceOf(rows: readonly TruthRow[], { leader }: Snapshot): string {
  if (rows[0]?.standing === 'unseen') {
    return 'Who leads cannot be seen, so there is nothing that the others could agree with.'
  }
  const lead = leader === null ? 'Nobody leads' : `${leader.name} leads`
  const against = rows.filter(({ standing }) => standing === 'disagrees').map(({ title }) => title)
  if (against.length > 0) {
    return `${lead} by the leader key; ${listNames(against)} ${against.length === 1 ? 'says' : 'say'} otherwise.`
  }
  if (rows.some(({ standing }) => standing === 'settling')) {
    return `${lead}; not everybody says so, but that has only begun.`
  }
  const agreeing = rows.filter(({ standing }) => standing === 'agrees').length
  const unseen = rows.filter(({ standing }) => standing === 'unseen').length
  return unseen === 0
    ? `${lead}: ${count(agreeing, 'source says', 'sources say')} so, and none says otherwise.`
    : `${lead}: ${count(agreeing, 'source says', 'sources say')} so, ${unseen} cannot be seen now.`
}

function keyRow(snapshot: Snapshot, now: Date): TruthRow {
  const { leader, leaderSource, leaderSeenAt } = snapshot
  const isSeen = leaderSource !== 'none' && !isStale(leaderSeenAt, now, lookIntervalsMs.etcd)
  const says = leader === null ? [] : [leader.name]
  const held = leader === null ? 'Nobody holds it.' : `${leader.name} holds it.`
  return {
    source: 'leader-key',
    title: leaderSource === 'members' ? 'The leader key, as members tell it' : 'The leader key',
    member: null,
    says: isSeen ? says : null,
    sentence: isSeen ? held : 'Not seen now.',
    asOf: leaderSeenAt,
    standing: isSeen ? 'agrees' : 'unseen',
  }
}

function rolesRow(snapshot: Snapshot, now: Date): TruthRow {
  const words = { verb: 'leads by its own word', nobody: 'No member', nothing: 'No Patroni has answered.' }
  return claimRow({ source: 'patroni', title: "Patroni's role of each member", ...words }, snapshot, now)
}

function sqlRow(snapshot: Snapshot, now: Date): TruthRow {
  const isAsked = snapshot.members.some(({ postgres, postgresProblem }) => postgres || postgresProblem)
  const nothing = isAsked ? 'No Postgres has answered.' : 'Matriarch has no user for Postgres here.'
  const words = { verb: 'takes writes', nobody: 'No Postgres', nothing }
  return claimRow({ source: 'sql', title: 'pg_is_in_recovery() on each member', ...words }, snapshot, now)
}

function haproxyRow(snapshot: Snapshot, now: Date): TruthRow[] {
  if (snapshot.haproxy === null) return []
  const route = writeRouteOf(snapshot)
  const words = {
    title: route === null ? "HAProxy's servers" : `HAProxy's servers that are up in ${route.backend}`,
    verb: 'gets writes',
    nobody: 'No server',
    nothing: snapshot.haproxy.problem?.sentence ?? 'No backend for writes was found whose servers are all members.',
  }
  return [claimRow({ source: 'haproxy', ...words }, snapshot, now)]
}
