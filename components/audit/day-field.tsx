'use client'

import { useEffect, useRef } from 'react'
import { TextInput } from '#components/ui/text-input.tsx'

interface DayFieldProps {
  label: string
  /** e.g. `2026-11-23`; '' = none. */
  value: string
  onChange: (day: string) => void
}

/** A day in the address. What is typed stays in the field until it is a day; the address then follows. */
export function DayField({ label, value, onChange }: DayFieldProps) {
  const field = useRef<HTMLInputElement>(null)

  // The field is the outside system: other hands change it only while nobody is in it, half-way through a date.
  useEffect(() => {
    const input = field.current
    if (input && input !== document.activeElement) input.value = value
  }, [value])

  return (
    <TextInput
      ref={field}
      type="date"
      aria-label={label}
      defaultValue={value}
      onBlur={(event) => event.target.value !== value && onChange(event.target.value)}
      onChange={(event) => event.target.value > '2000' && onChange(event.target.value)}
      className={value === '' ? 'w-36! border-line! text-muted! phone:flex-1' : 'w-36! phone:flex-1'}
    />
  )
}
