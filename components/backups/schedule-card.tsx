import { Card } from '#components/ui/card.tsx'
import { Moment } from '#components/time/moment.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { backupTypeWord } from '#domain/backup/backup.ts'
import { nextRun } from '#domain/backup/backup-schedule.ts'
import { describeTimetable } from '#domain/backup/backup-timetable.ts'
import type { KeptRun, ScheduleKind } from '#domain/backup/due-runs.ts'
import { asRuns, describeRehearsals } from '#domain/rehearsal/rehearsal-schedule.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { ScheduleButtons } from './schedule-buttons.tsx'

type Listed = RouterOutputs['schedules']['get']

interface ScheduleCardProps {
  cluster: string
  listed: Listed
  repositories: readonly number[]
  now: Date
}

/** When backups are made and recoveries rehearsed: next, and what did not come about lately. */
export function ScheduleCard({ cluster, listed, repositories, now }: ScheduleCardProps) {
  const { backup, rehearsal, runs } = listed
  const next = backup?.isEnabled ? nextRun(backup.body, now) : null
  const nextRehearsal = rehearsal?.isEnabled ? nextRun(asRuns(rehearsal.body), now) : null
  return (
    <Card title="Schedule">
      <div className="grid gap-4">
        <section className="grid gap-1">
          <p className="max-w-prose">
            {backup === null
              ? 'Matriarch takes no backups by itself. Others may, such as a cron job on a node.'
              : describeTimetable(backup.body)}
          </p>
          {backup === null ? null : <Set set={backup} />}
          {next ? (
            <p>
              Next: {backupTypeWord(next.type)}, <Moment at={next.at} />.
            </p>
          ) : null}
          <LastTrouble runs={runs} kind="backup" />
        </section>
        <section className="grid gap-1">
          <p className="max-w-prose">
            {rehearsal === null
              ? 'No rehearsal is scheduled: whether the backups can be restored shows only when somebody tries.'
              : `Rehearsals: ${describeRehearsals(rehearsal.body)}`}
          </p>
          {rehearsal === null ? null : <Set set={rehearsal} />}
          {nextRehearsal ? (
            <p>
              Next: <Moment at={nextRehearsal.at} />.
            </p>
          ) : null}
          <LastTrouble runs={runs} kind="rehearsal" />
        </section>
        <ScheduleButtons cluster={cluster} listed={listed} repositories={repositories} />
      </div>
    </Card>
  )
}

function Set({ set }: { set: { isEnabled: boolean; setBy: string; setAt: Date } }) {
  return (
    <p className="text-sm text-muted">
      {set.isEnabled ? null : <StateMark tone="warn">suspended</StateMark>} Set by {set.setBy},{' '}
      <Moment at={set.setAt} />.
    </p>
  )
}

/** The newest run, where it waits or was missed; what has gone well since makes it good. */
function LastTrouble({ runs, kind }: { runs: readonly KeptRun[]; kind: ScheduleKind }) {
  const last = runs.find((run) => run.kind === kind && run.state !== 'covered')
  const missed = runs.find((run) => run.kind === kind && run.state === 'missed')
  if (last?.state === 'waiting') {
    return (
      <p>
        <StateMark tone="info">
          The run due <Moment at={last.dueAt} /> waits.
        </StateMark>{' '}
        <span className="text-muted">{last.sentence}</span>
      </p>
    )
  }
  if (!missed) return null
  return (
    <p>
      <StateMark tone={missed === last ? 'warn' : 'quiet'}>
        Last missed: <Moment at={missed.dueAt} />.
      </StateMark>{' '}
      <span className="text-muted">{missed.sentence}</span>
    </p>
  )
}
