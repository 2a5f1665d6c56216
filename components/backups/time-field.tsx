import { control } from '#components/ui/text-input.tsx'
import { cx } from 'class-variance-authority'

interface TimeFieldProps {
  hour: number
  minute: number
  onTime: (time: { hour: number; minute: number }) => void
}

/** A time of the day in UTC, so that no day has it twice or never. */
export function TimeField({ hour, minute, onTime }: TimeFieldProps) {
  const two = (part: number) => String(part).padStart(2, '0')
  return (
    <span className="flex items-center gap-2">
      <input
        type="time"
        aria-label="Time, UTC"
        value={`${two(hour)}:${two(minute)}`}
        onChange={(event) => {
          const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(event.target.value) ?? []
          if (hours !== undefined && minutes !== undefined) onTime({ hour: Number(hours), minute: Number(minutes) })
        }}
        className={cx(control, 'h-9 w-auto tabular-nums phone:h-11')}
      />
      <span className="text-sm text-muted">UTC</span>
    </span>
  )
}
