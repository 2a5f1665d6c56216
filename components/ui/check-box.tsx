import type { ReactNode } from 'react'

interface CheckBoxProps {
  label: ReactNode
  /** What it means, in a line below. */
  hint?: ReactNode
  isChecked: boolean
  onChange: (isChecked: boolean) => void
}

/** A choice between yes and no, with what it means. */
export function CheckBox({ label, hint, isChecked, onChange }: CheckBoxProps) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5 phone:min-h-11">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-1 accent-info"
      />
      <span>
        {label}
        {hint ? <span className="block text-sm text-muted">{hint}</span> : null}
      </span>
    </label>
  )
}
