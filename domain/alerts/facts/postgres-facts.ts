import type { MemberMetric } from '#domain/samples/metrics.ts'
import { metrics } from '#domain/samples/metrics.ts'
import type { MemberSnapshot } from '#domain/snapshot.ts'
import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import type { Facts } from './names.ts'
import { deepLookMs, type FactSources, freshOf, greatest, ratio, total } from './sources.ts'

type Names =
  | 'replayLagSeconds'
  | 'writeLagSeconds'
  | 'flushLagSeconds'
  | 'isReplayPaused'
  | 'clients'
  | 'clientsActive'
  | 'clientsIdle'
  | 'clientsIdleInTransaction'
  | 'connectionUse'
  | 'waitingOnLock'
  | 'waitingOnSync'
  | 'longestTransactionSeconds'
  | 'longestIdleInTransactionSeconds'
  | 'databaseBytes'
  | 'walFolderBytes'
  | 'slotRetainedBytes'

/** What the statistics of one Postgres tell of itself. */
export function postgresFacts({ name }: MemberSnapshot, sources: FactSources): Pick<Facts<'member'>, Names> {
  const { stack, now } = sources
  const detail = freshOf(stack?.members.find((member) => member.name === name)?.postgres, now)
  const sampled = (metric: MemberMetric) => sampledOf(name, metric, sources)
  return {
    replayLagSeconds: sampled('replayLagSeconds'),
    writeLagSeconds: sampled('writeLagSeconds'),
    flushLagSeconds: sampled('flushLagSeconds'),
    isReplayPaused: detail?.receiver?.replayPaused ?? null,
    ...connectionFacts(detail),
    databaseBytes: detail && total(detail.databases.map(({ sizeBytes }) => sizeBytes)),
    walFolderBytes: detail?.wal.folderBytes ?? null,
    slotRetainedBytes: detail && (greatest(detail.slots.map(({ retainedBytes }) => retainedBytes)) ?? 0),
  }
}

/** How far behind in seconds takes a history of positions to say, which the samples are made with. */
function sampledOf(name: string, metric: MemberMetric, { samples, now }: FactSources): number | null {
  const sample = samples.find(({ subject }) => subject.kind === 'member' && subject.name === name)
  if (!sample || now.getTime() - sample.at.getTime() > 3 * deepLookMs) return null
  return sample.values[metrics.member.findIndex((each) => each.name === metric)] ?? null
}

type Connections = Exclude<
  Names,
  | 'replayLagSeconds'
  | 'writeLagSeconds'
  | 'flushLagSeconds'
  | 'isReplayPaused'
  | 'databaseBytes'
  | 'walFolderBytes'
  | 'slotRetainedBytes'
>

function connectionFacts(detail: PostgresDetail | null): Pick<Facts<'member'>, Connections> {
  if (detail === null) return unknown
  const { connections, sessions } = detail
  const inState = (isMeant: (state: string) => boolean) => sessions.filter(({ state }) => isMeant(state))
  const counted = (isMeant: (state: string) => boolean) => inState(isMeant).reduce((sum, each) => sum + each.count, 0)
  return {
    clients: connections.clients,
    clientsActive: counted((state) => state === 'active'),
    clientsIdle: counted((state) => state === 'idle'),
    clientsIdleInTransaction: counted(isIdleInTransaction),
    connectionUse: ratio(connections.clients, connections.max - connections.reserved),
    waitingOnLock: connections.waitingOnLock,
    waitingOnSync: connections.waitingOnSync,
    longestTransactionSeconds: longest(sessions),
    longestIdleInTransactionSeconds: longest(inState(isIdleInTransaction)),
  }
}

/** Also the state of one whose transaction has failed. */
function isIdleInTransaction(state: string): boolean {
  return state.startsWith('idle in transaction')
}

/** No transaction at all has lasted for no time. */
function longest(sessions: PostgresDetail['sessions']): number {
  return greatest(sessions.map(({ oldestTransactionSeconds }) => oldestTransactionSeconds)) ?? 0
}

const unknown = {
  clients: null,
  clientsActive: null,
  clientsIdle: null,
  clientsIdleInTransaction: null,
  connectionUse: null,
  waitingOnLock: null,
  waitingOnSync: null,
  longestTransactionSeconds: null,
  longestIdleInTransactionSeconds: null,
} as const
