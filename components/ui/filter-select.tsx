'use client'

import { Select } from './select.tsx'

interface FilterSelectProps {
  label: string
  /** '' = nothing is chosen. */
  value: string
  onChange: (value: string) => void
  /** What it says while nothing is chosen: "Any member". */
  any: string
  options: readonly { value: string; label: string }[]
}

/** One of a few things to filter by. */
export function FilterSelect({ label, value, onChange, any, options }: FilterSelectProps) {
  // A value that came with the address stays in the list, although nothing else speaks of it.
  const isKnown = value === '' || options.some((option) => option.value === value)
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[{ value: '', label: any }, ...(isKnown ? [] : [{ value, label: value }]), ...options]}
      className={value === '' ? 'border-line text-muted' : 'border-line-strong'}
    />
  )
}
