import { cx } from 'class-variance-authority'
import { Button } from '#components/ui/button.tsx'
import { Select } from '#components/ui/select.tsx'
import { backupTypeWord, backupTypes } from '#domain/backup/backup.ts'
import type { ScheduledRun } from '#domain/backup/backup-schedule.ts'
import { weekdayNames } from '#domain/rehearsal/rehearsal-schedule.ts'
import { TimeField } from './time-field.tsx'

interface RunFieldsProps {
  run: ScheduledRun
  onRun: (run: ScheduledRun) => void
  /** Null = it is the only one. */
  onRemove: (() => void) | null
}

/** One run of a schedule: what, on which days, at what time. */
export function RunFields({ run, onRun, onRemove }: RunFieldsProps) {
  const toggle = (day: number, isOn: boolean) => {
    const weekdays = isOn ? [...run.weekdays, day] : run.weekdays.filter((each) => each !== day)
    onRun({ ...run, weekdays: weekdays.toSorted((a, b) => a - b) })
  }
  return (
    <fieldset className="grid gap-2.5 rounded-lg border border-line px-3.5 py-3">
      <legend className="sr-only">{backupTypeWord(run.type)} backup</legend>
      <div className="flex flex-wrap items-center gap-2.5">
        <Select
          aria-label="Type"
          options={backupTypes.map((type) => ({ value: type, label: backupTypeWord(type) }))}
          value={run.type}
          onChange={(event) => {
            const type = backupTypes.find((each) => each === event.target.value)
            if (type) onRun({ ...run, type })
          }}
        />
        <TimeField hour={run.hour} minute={run.minute} onTime={(time) => onRun({ ...run, ...time })} />
        {onRemove ? (
          <Button tone="quiet" size="small" className="ml-auto" onClick={onRemove}>
            Remove
          </Button>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-1.5">
        {[1, 2, 3, 4, 5, 6, 0].map((day) => {
          const isOn = run.weekdays.includes(day)
          return (
            <label
              key={day}
              className={cx(
                'cursor-pointer rounded-md border px-2 py-1 text-sm has-focus-visible:outline-2 has-focus-visible:outline-info phone:min-h-11 phone:px-3 phone:py-2.5',
                isOn ? 'border-text bg-raised' : 'border-line text-muted',
              )}
            >
              <input
                type="checkbox"
                className="sr-only"
                checked={isOn}
                aria-label={weekdayNames[day]}
                onChange={(event) => toggle(day, event.target.checked)}
              />
              {weekdayNames[day]?.slice(0, 3)}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
