import type { ReactNode } from 'react'
import { OldMark } from '#components/layers/old-mark.tsx'
import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { WalName } from '#components/ui/wal-name.tsx'
import type { ArchiverDetail } from '#domain/stack/postgres-detail.ts'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import { count } from '#domain/words.ts'
import type { PostgresTold } from './postgres-told.ts'

/** Whether the leader's WAL gets into the archive. */
export function ArchiverCard({
  told,
  leader,
  now,
}: {
  told: readonly PostgresTold[]
  leader: string | null
  now: Date
}) {
  const own = told.find(({ member }) => member === leader)
  const archiver = own?.detail.archiver ?? null
  return (
    <Card title="Archiver" aside={own ? <OldMark looked={own.looked} now={now} /> : null}>
      {own && archiver ? (
        <Told archiver={archiver} isOld={isLookedOld(own.looked, now)} />
      ) : (
        <p className="text-muted">{leader ?? 'Whoever leads'} has told nothing of its archiver yet.</p>
      )}
    </Card>
  )
}

function Told({ archiver, isOld }: { archiver: ArchiverDetail; isOld: boolean }) {
  const { tone, word } = lookOf(archiver)
  return (
    <dl className={`grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 ${isOld ? 'text-muted' : ''}`}>
      <Fact name="Archiving">
        <StateMark tone={isOld ? 'unseen' : tone}>{isOld ? `was ${word}` : word}</StateMark>
      </Fact>
      <Fact name="Last archived">
        {archiver.lastArchivedAt === null ? 'nothing' : <Age at={archiver.lastArchivedAt} after=" ago" />}{' '}
        <WalName name={archiver.lastArchivedWal} />
      </Fact>
      <Fact name="Last failed">
        {archiver.lastFailedAt === null ? 'never' : <Age at={archiver.lastFailedAt} after=" ago" />}{' '}
        <WalName name={archiver.lastFailedWal} />
        {archiver.failedCount === 0 ? null : (
          <span className="text-muted"> ({count(archiver.failedCount, 'failed try', 'failed tries')})</span>
        )}
      </Fact>
      <Fact name="Waiting">{archiver.readyCount === null ? 'not known' : count(archiver.readyCount, 'segment')}</Fact>
      {archiver.command === null ? null : (
        <Fact name="Command">
          <span className="font-mono text-sm break-words">{archiver.command || 'none'}</span>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function lookOf({ mode, isFailing, lastArchivedAt }: ArchiverDetail): { tone: Tone; word: string } {
  if (mode === 'off') return { tone: 'warn', word: 'off' }
  if (isFailing) return { tone: 'bad', word: 'failing' }
  return lastArchivedAt === null ? { tone: 'quiet', word: 'nothing yet' } : { tone: 'ok', word: 'working' }
}
