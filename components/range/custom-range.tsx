'use client'

import { useState } from 'react'
import { useClock } from '#components/time/clock-provider.tsx'
import { useZone } from '#components/time/zone.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { fieldText } from './range-words.ts'
import { spanOf, type TimeRange } from './time-range.ts'
import { readTypedRange } from './typed-range.ts'

interface CustomRangeProps {
  range: TimeRange
  onRange: (range: TimeRange) => void
}

/** Both ends of a range, typed as the moment of a recovery is. */
export function CustomRange({ range, onRange }: CustomRangeProps) {
  const clock = useClock()
  const zone = useZone()
  const [ends, setEnds] = useState(() => {
    const { from, to } = spanOf(range, clock.read())
    return { from: fieldText(from, zone), to: fieldText(to, zone) }
  })
  const [faults, setFaults] = useState<Record<'from' | 'to', string | null>>({ from: null, to: null })
  const type = (end: 'from' | 'to', text: string) => {
    setEnds({ ...ends, [end]: text })
    setFaults({ ...faults, [end]: null })
  }
  return (
    <form
      className="flex flex-wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        const read = readTypedRange(ends.from, ends.to, zone, clock.read())
        if ('range' in read) onRange(read.range)
        else setFaults({ from: read.fromFault, to: read.toFault })
      }}
    >
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={end === 'from' ? 'From' : 'To'} error={faults[end]} className="w-64 phone:w-full">
          {(field) => (
            <TextInput
              {...field}
              isMono
              spellCheck={false}
              autoCapitalize="off"
              value={ends[end]}
              onChange={(event) => type(end, event.target.value)}
            />
          )}
        </Field>
      ))}
      <div className="pt-6.5 phone:w-full phone:pt-0 phone:*:w-full">
        <Button type="submit">Show</Button>
      </div>
      <p className="basis-full text-sm text-faint">
        A time in {zone} or with its zone, or one such as &ldquo;2 h ago&rdquo;.
      </p>
    </form>
  )
}
