import { cx } from 'class-variance-authority'
import { StateMark } from '#components/ui/state-mark.tsx'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'
import { CheckAnswerView } from './check-answer-view.tsx'
import { stopSentence } from './stop-sentence.ts'
import { TablesSeenView } from './tables-seen-view.tsx'

interface AttemptViewProps {
  attempt: RecoveryAttempt
  /** Where it has the whole width of a page, what stopped and what is there stand side by side. */
  isWide?: boolean
}

/** Where a recovery stopped, in Postgres' own words, and what the data answered there. */
export function AttemptView({ attempt, isWide = false }: AttemptViewProps) {
  const { isOnTarget, lastCompletedAt, replayedLsn, targetWords, check, tables } = attempt
  return (
    <div className={cx('grid gap-x-10 gap-y-4', isWide && 'items-start lg:grid-cols-2')}>
      <div className="grid gap-4">
        <div className="grid gap-2">
          <p>
            <StateMark tone={isOnTarget ? 'ok' : 'bad'}>
              {isOnTarget ? 'on the target' : 'not on the target: Postgres went on without stopping there'}
            </StateMark>
          </p>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 [&_dd]:break-words [&_dt]:text-muted">
            <dt>Wanted</dt>
            <dd>{targetWords}</dd>
            <dt>Stopped</dt>
            <dd>{stopSentence(attempt)}</dd>
            <dt>Last transaction</dt>
            <dd>{lastCompletedAt ?? 'not told'}</dd>
            {replayedLsn === null ? null : (
              <>
                <dt>Replayed to</dt>
                <dd className="font-mono text-sm">{replayedLsn}</dd>
              </>
            )}
          </dl>
        </div>
        {check ? <CheckAnswerView check={check} /> : null}
      </div>
      {tables.length > 0 ? <TablesSeenView tables={tables} /> : null}
    </div>
  )
}
