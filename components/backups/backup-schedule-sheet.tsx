'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { Button } from '#components/ui/button.tsx'
import type { ScheduledRun } from '#domain/backup/backup-schedule.ts'
import { defaultTimetable, describeTimetable, timetableFault } from '#domain/backup/backup-timetable.ts'
import { reasonFault } from '#domain/reason.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { RepositoryField } from './repository-field.tsx'
import { RunFields } from './run-fields.tsx'
import { ScheduleSheet } from './schedule-sheet.tsx'
import { StandbyField } from './standby-field.tsx'
import { useSetSchedule } from './use-set-schedule.ts'

interface BackupScheduleSheetProps {
  cluster: string
  set: RouterOutputs['schedules']['get']['backup']
  repositories: readonly number[]
  isOpen: boolean
  onClose: () => void
}

/** Sets when backups are made; where nothing is set, what is usual is offered. */
export function BackupScheduleSheet({ cluster, set, repositories, isOpen, onClose }: BackupScheduleSheetProps) {
  const before = set?.body ?? defaultTimetable
  const [runs, setRuns] = useState<readonly ScheduledRun[]>(before.runs)
  const [repository, setRepository] = useState(before.repository)
  const [fromStandby, setFromStandby] = useState(before.fromStandby)
  const [isEnabled, setIsEnabled] = useState(set?.isEnabled ?? true)
  const [reason, setReason] = useState('')
  const onSuccess = useSetSchedule(cluster, onClose)
  const save = useMutation(useTRPC().schedules.setBackups.mutationOptions({ onSuccess }))
  const schedule = { runs: [...runs], repository, fromStandby }
  const change = (index: number, run: ScheduledRun) => setRuns(runs.map((each, at) => (at === index ? run : each)))
  return (
    <ScheduleSheet
      title="Schedule backups"
      sentence={describeTimetable(schedule)}
      isOpen={isOpen}
      onClose={onClose}
      isEnabled={isEnabled}
      onEnabled={setIsEnabled}
      reason={reason}
      onReason={setReason}
      missing={timetableFault(schedule) ?? reasonFault(reason)}
      isBusy={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate({ cluster, schedule, isEnabled, reason })}
    >
      <div className="grid gap-4">
        {runs.map((run, index) => (
          <RunFields
            // Runs have no name of their own, and none moves.
            key={index}
            run={run}
            onRun={(changed) => change(index, changed)}
            onRemove={runs.length > 1 ? () => setRuns(runs.filter((_, at) => at !== index)) : null}
          />
        ))}
        <Button
          size="small"
          className="justify-self-start"
          onClick={() => setRuns([...runs, { type: 'incr', weekdays: [], hour: 13, minute: 0 }])}
        >
          Add a run
        </Button>
      </div>
      {repositories.length > 1 ? (
        <RepositoryField
          hint="Each backup goes to one. WAL goes to all."
          repositories={repositories}
          value={repository}
          onChange={setRepository}
        />
      ) : null}
      <StandbyField isFromStandby={fromStandby} onChange={setFromStandby} />
    </ScheduleSheet>
  )
}
