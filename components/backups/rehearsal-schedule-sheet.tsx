'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Textarea } from '#components/ui/text-input.tsx'
import { checkDatabaseHint } from '#domain/recovery/check-words.ts'
import { reasonFault } from '#domain/reason.ts'
import {
  defaultRehearsalSchedule,
  describeRehearsals,
  weekdayNames,
  type RehearsalSchedule,
} from '#domain/rehearsal/rehearsal-schedule.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { ScheduleSheet } from './schedule-sheet.tsx'
import { TimeField } from './time-field.tsx'
import { useSetSchedule } from './use-set-schedule.ts'

interface RehearsalScheduleSheetProps {
  cluster: string
  set: RouterOutputs['schedules']['get']['rehearsal']
  isOpen: boolean
  onClose: () => void
}

/** Sets when recoveries are rehearsed, to which moment, and what is looked at. */
export function RehearsalScheduleSheet({ cluster, set, isOpen, onClose }: RehearsalScheduleSheetProps) {
  const [schedule, setSchedule] = useState<RehearsalSchedule>(set?.body ?? defaultRehearsalSchedule)
  const [isEnabled, setIsEnabled] = useState(set?.isEnabled ?? true)
  const [reason, setReason] = useState('')
  const onSuccess = useSetSchedule(cluster, onClose)
  const save = useMutation(useTRPC().schedules.setRehearsals.mutationOptions({ onSuccess }))
  const change = (part: Partial<RehearsalSchedule>) => setSchedule({ ...schedule, ...part })
  const targets = [...new Set([...offeredMs, schedule.beforeMs])]
  return (
    <ScheduleSheet
      title="Schedule rehearsals"
      sentence={describeRehearsals(schedule)}
      isOpen={isOpen}
      onClose={onClose}
      isEnabled={isEnabled}
      onEnabled={setIsEnabled}
      reason={reason}
      onReason={setReason}
      missing={reasonFault(reason)}
      isBusy={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate({ cluster, schedule, isEnabled, reason })}
    >
      <div className="flex flex-wrap items-end gap-2.5">
        <Field label="Day">
          {(field) => (
            <Select
              {...field}
              options={weekdayNames.map((label, day) => ({ value: String(day), label }))}
              value={String(schedule.weekday)}
              onChange={(event) => change({ weekday: Number(event.target.value) })}
            />
          )}
        </Field>
        <TimeField hour={schedule.hour} minute={schedule.minute} onTime={change} />
      </div>
      <Field label="Moment to recover">
        {(field) => (
          <Select
            {...field}
            options={targets.map((ms) => ({ value: String(ms), label: targetLabel(ms) }))}
            value={String(schedule.beforeMs)}
            onChange={(event) => change({ beforeMs: targets.find((ms) => String(ms) === event.target.value) ?? null })}
          />
        )}
      </Field>
      <Field label="Check query" hint={`Its answer stands in the report. ${checkDatabaseHint}`} isOptional>
        {(field) => (
          <Textarea
            {...field}
            isMono
            rows={2}
            value={schedule.check ?? ''}
            onChange={(event) => change({ check: event.target.value === '' ? null : event.target.value })}
          />
        )}
      </Field>
      <CheckBox
        label="Look through all tables and indexes"
        hint="amcheck reads everything, which takes long."
        isChecked={schedule.verifiesPages}
        onChange={(isChecked) => change({ verifiesPages: isChecked })}
      />
    </ScheduleSheet>
  )
}

const hourMs = 3_600_000
const offeredMs: readonly (number | null)[] = [hourMs, 24 * hourMs, 7 * 24 * hourMs, null]

function targetLabel(ms: number | null): string {
  if (ms === null) return 'The newest that is archived'
  const hours = ms / hourMs
  if (hours % 24 === 0) return hours === 24 ? 'A day before' : `${hours / 24} days before`
  return hours === 1 ? 'An hour before' : `${Math.round(ms / 60_000)} minutes before`
}
