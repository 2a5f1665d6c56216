import type { PostgresDetail, ReplicationSlot, WalSender } from '#domain/stack/postgres-detail.ts'
import { notAsExpected } from '../../json.ts'
import type { Target } from '../../target.ts'
import { blockedTree } from './blocked-tree.ts'
import { detailSchema, type DetailDocument } from './detail-schema.ts'
import type { Sizes } from './sizes.ts'

/** Reads the row of `detailSql`; throws LookError. */
export function parseDetail(row: unknown, target: Target): DetailDocument {
  const document: unknown = typeof row === 'object' && row !== null && 'detail' in row ? row.detail : undefined
  const parsed = detailSchema.safeParse(document)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.slice(0, 4).join('.') ?? ''
  throw notAsExpected(target, `its answer to a query about its state has another shape ("${where}")`)
}

/** What the document says together with what is asked less often. */
export function detailOf(
  document: DetailDocument,
  rest: Pick<PostgresDetail, 'version' | 'settings'> & { sizes: Sizes | null },
): PostgresDetail {
  const { sizes, version, settings } = rest
  const { inRecovery, startedAt, connections, sessions, horizon, longSessions } = document
  return {
    version,
    inRecovery,
    startedAt,
    lsn: inRecovery ? document.replayed : document.written,
    senders: document.senders.map((sender) => senderOf(sender, positionOf(document))),
    receiver: receiverOf(document),
    slots: document.slots.map((slot) => slotOf(slot, positionOf(document))),
    archiver: archiverOf(document),
    connections,
    sessions,
    longSessions: longSessions.flatMap(({ backendStart, ...session }) =>
      backendStart === null ? [] : [{ ...session, backendStart }],
    ),
    blocked: blockedTree(document),
    databases: document.databases.map((one) => ({ ...one, sizeBytes: sizes?.databases.get(one.name) ?? null })),
    horizon,
    checkpoints: checkpointsOf(document),
    wal: {
      bytesTotal: document.walBytesTotal,
      folderBytes: sizes?.walBytes ?? null,
      folderFiles: sizes?.walFiles ?? null,
    },
    settings,
    sizesAt: sizes?.at ?? null,
  }
}

/** Up to where WAL is here: written, or received or, out of the archive, replayed. */
function positionOf({ inRecovery, written, received, replayed }: DetailDocument): number | null {
  if (!inRecovery) return written
  if (received === null || replayed === null) return received ?? replayed
  return Math.max(received, replayed)
}

/** Never negative: the other side was read a moment later. */
function behind(position: number | null, other: number | null): number | null {
  return position === null || other === null ? null : Math.max(position - other, 0)
}

/** Postgres tells no seconds of an idle link: with nothing behind it is none, else it is not known. */
function secondsOf(seconds: number | null, bytes: number | null): number | null {
  return seconds ?? (bytes === 0 ? 0 : null)
}

function senderOf(sender: DetailDocument['senders'][number], position: number | null): WalSender {
  const { pid, application, address, state, syncState, slot, replyAgeSeconds } = sender
  const writeLagBytes = behind(position, sender.write)
  const flushLagBytes = behind(position, sender.flush)
  const replayLagBytes = behind(position, sender.replay)
  return {
    pid,
    application,
    address,
    state,
    syncState,
    slot,
    sentLagBytes: behind(position, sender.sent),
    writeLagBytes,
    flushLagBytes,
    replayLagBytes,
    writeLagSeconds: secondsOf(sender.writeLagSeconds, writeLagBytes),
    flushLagSeconds: secondsOf(sender.flushLagSeconds, flushLagBytes),
    replayLagSeconds: secondsOf(sender.replayLagSeconds, replayLagBytes),
    replyAgeSeconds,
  }
}

function receiverOf({ inRecovery, receiver, received, replayed, replayPaused }: DetailDocument) {
  if (!inRecovery) return null
  return {
    status: receiver?.status ?? null,
    senderHost: receiver?.senderHost ?? null,
    senderPort: receiver?.senderPort ?? null,
    slot: receiver?.slot ?? null,
    receivedLsn: received,
    replayedLsn: replayed,
    timeline: receiver?.timeline ?? null,
    lastMessageAgeSeconds: receiver?.lastMessageAgeSeconds ?? null,
    replayPaused,
  }
}

function slotOf({ restart, ...slot }: DetailDocument['slots'][number], position: number | null): ReplicationSlot {
  return { ...slot, retainedBytes: behind(position, restart) }
}

function archiverOf({ archiver, inRecovery, ready }: DetailDocument): PostgresDetail['archiver'] {
  // What a standby counts is from when it led.
  if (archiver === null || (inRecovery && archiver.mode !== 'always')) return null
  const { library, command, ...told } = archiver
  const { lastFailedAt, lastArchivedAt } = told
  return {
    ...told,
    command: commandOf(command) ?? commandOf(library ?? ''),
    isFailing: lastFailedAt !== null && (lastArchivedAt === null || lastFailedAt > lastArchivedAt),
    readyCount: ready,
  }
}

function commandOf(text: string): string | null {
  return text === '' || text === '(disabled)' ? null : text
}

function checkpointsOf({ checkpoints }: DetailDocument): PostgresDetail['checkpoints'] {
  if (checkpoints === null) return null
  const { writeMilliseconds, syncMilliseconds, ...counts } = checkpoints
  return { ...counts, writeSeconds: writeMilliseconds / 1_000, syncSeconds: syncMilliseconds / 1_000 }
}
