import { cx } from 'class-variance-authority'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { WalName } from '#components/ui/wal-name.tsx'
import { isArchiverFailing, isArchiverOld, type ArchiverSeen } from '#domain/wal/archiver-seen.ts'
import { type ArchivingHeld, holderOf, isHeldBack } from '#domain/wal/archiving-held.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { count } from '#domain/words.ts'

interface ArchiveCardProps {
  view: BackupView
  now: Date
  /** The view is too old to say how anything stands now. */
  isStale: boolean
}

/** How archiving stands: what the leader archived last, what failed, what waits. */
export function ArchiveCard({ view: { archiver, archive, problems, stanza }, now, isStale }: ArchiveCardProps) {
  return (
    <Card title="Archive" aside={archive ? <Age at={archive.listedAt} before="listed " after=" ago" /> : null}>
      {archiver === null ? (
        <p className="text-muted">
          How archiving stands on the leader is not known: the console has no SQL access to it, or it did not answer.
        </p>
      ) : (
        <Archiver archiver={archiver} isOld={isStale || isArchiverOld(archiver, now)} />
      )}
      <ul className="grid gap-0.5 pt-2 font-mono text-sm break-words text-muted">
        {stanza?.archives
          .filter(({ isOfThisCluster }) => isOfThisCluster)
          .map(({ repository, id, walMin, walMax }) => (
            <li key={`${repository} ${id}`}>
              repository {repository}, {id}: {walMin ?? 'nothing'}
              {walMax === null ? '' : ` to ${walMax}`}
            </li>
          ))}
      </ul>
      {problems.map(({ part, sentence, since }) => (
        <p key={part} className="pt-2">
          <StateMark tone="unseen">{sentence}</StateMark> <Age at={since} before="for " className="text-muted" />
        </p>
      ))}
    </Card>
  )
}

function Archiver({ archiver, isOld }: { archiver: ArchiverSeen; isOld: boolean }) {
  const { lastArchivedAt, lastArchivedWal, lastFailedAt, lastFailedWal, failedCount, waitingSegments } = archiver
  const { tone, word, wordOnce } = archiverLook(archiver)
  const holder = holderOf(archiver)
  return (
    <dl
      className={cx(
        'grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5',
        // Beside each other, each below its name.
        'lg:grid-flow-col lg:grid-cols-4 lg:grid-rows-[auto_auto] lg:gap-y-0.5',
        isOld && 'text-muted',
      )}
    >
      <dt className="text-muted">Archiving</dt>
      <dd>
        {isOld ? (
          <StateMark tone="unseen">
            {wordOnce}, <Age at={archiver.observedAt} before="as the leader told " after=" ago" />
          </StateMark>
        ) : (
          <StateMark tone={tone}>{word}</StateMark>
        )}
      </dd>
      <dt className="text-muted">Last archived</dt>
      <dd>
        {lastArchivedAt === null ? 'nothing' : <Age at={lastArchivedAt} after=" ago" />}{' '}
        <WalName name={lastArchivedWal} />
      </dd>
      <dt className="text-muted">Last failed</dt>
      <dd>
        {lastFailedAt === null ? 'never' : <Age at={lastFailedAt} after=" ago" />} <WalName name={lastFailedWal} />
        {failedCount === 0 || holder !== null ? null : (
          <span className="text-muted"> ({count(failedCount, 'failed try', 'failed tries')})</span>
        )}
        {holder === null ? null : <HeldBack holder={holder} />}
      </dd>
      <dt className="text-muted">Waiting</dt>
      <dd>{waitingSegments === null ? 'not known' : count(waitingSegments, 'segment')}</dd>
    </dl>
  )
}

/** What looks like failed tries is what a recovery meant to happen. */
function HeldBack({ holder: { recoveryAt, untilAt, endedAt } }: { holder: ArchivingHeld }) {
  return (
    <span className="block text-muted">
      Held back by the recovery of <Moment at={recoveryAt} />
      {untilAt === null ? null : (
        <>
          {' '}
          until <Moment at={untilAt} />
        </>
      )}
      {untilAt === null && endedAt === null ? ', which is under way' : ''}
      {untilAt === null && endedAt !== null ? ', which ended without letting it go' : ''}
    </span>
  )
}

function archiverLook(archiver: ArchiverSeen): { tone: Tone; word: string; wordOnce: string } {
  if (isHeldBack(archiver)) return { tone: 'quiet', word: 'held back by a recovery', wordOnce: 'was held back' }
  if (isArchiverFailing(archiver)) return { tone: 'bad', word: 'failing', wordOnce: 'was failing' }
  return archiver.lastArchivedAt === null
    ? { tone: 'quiet', word: 'nothing yet', wordOnce: 'nothing yet' }
    : { tone: 'ok', word: 'working', wordOnce: 'was working' }
}
