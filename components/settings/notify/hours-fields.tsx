import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { Hours } from '#domain/alerts/notify/hours.ts'

/** Days, hours and their zone. */
export function HoursFields({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const time = (name: 'from' | 'to', label: string) => (
    <Field label={label}>
      {(field) => (
        <TextInput
          {...field}
          type="time"
          value={hours[name]}
          onChange={(event) => onChange({ ...hours, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <fieldset className="grid gap-3 border-l border-line pl-4">
      <legend className="sr-only">Hours</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {days.map((label, n) => (
          <CheckBox
            key={label}
            label={label}
            isChecked={hours.days.includes(n + 1)}
            onChange={(isOn) =>
              onChange({ ...hours, days: isOn ? [...hours.days, n + 1] : hours.days.filter((day) => day !== n + 1) })
            }
          />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-3">
        {time('from', 'From')}
        {time('to', 'To')}
      </div>
      <Field label="Time zone">
        {(field) => (
          <TextInput
            {...field}
            isMono
            spellCheck={false}
            value={hours.zone}
            onChange={(event) => onChange({ ...hours, zone: event.target.value.trim() })}
          />
        )}
      </Field>
    </fieldset>
  )
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
