'use client'

import { useZone } from '#components/time/zone.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { formatInstant } from '#domain/format.ts'

interface WhenFieldProps {
  isLater: boolean
  onLater: (isLater: boolean) => void
  /** As the browser's field has it, in the viewer's zone: `2026-11-23T10:30`. */
  value: string
  onChange: (value: string) => void
  error: string | null
}

/** Now, or at a time told in the viewer's zone with UTC beside it. */
export function WhenField({ isLater, onLater, value, onChange, error }: WhenFieldProps) {
  const zone = useZone()
  const at = parseLocal(value)
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-2 font-medium">When</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        <Choice label="Now" isChosen={!isLater} onChoose={() => onLater(false)} />
        <Choice label="At a time" isChosen={isLater} onChoose={() => onLater(true)} />
      </div>
      {isLater ? (
        <Field
          label={`Time in ${zone}`}
          hint={at ? formatInstant(at) : 'Choose a day and a time.'}
          error={error}
          className="pt-1"
        >
          {(field) => (
            <TextInput
              {...field}
              type="datetime-local"
              value={value}
              onChange={(event) => onChange(event.target.value)}
              className="max-w-64"
            />
          )}
        </Field>
      ) : null}
    </fieldset>
  )
}

function Choice({ label, isChosen, onChoose }: { label: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <label className="flex cursor-pointer items-center gap-2.5 phone:min-h-11">
      <input type="radio" name="when" checked={isChosen} onChange={onChoose} className="accent-info" />
      {label}
    </label>
  )
}

/** The moment in a `datetime-local` field, null while it is incomplete. */
export function parseLocal(value: string): Date | null {
  if (value === '') return null
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? null : at
}

/** A moment as a `datetime-local` field wants it. */
export function toLocalValue(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}
