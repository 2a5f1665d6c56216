import { cx } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { control } from './text-input.tsx'

interface SelectProps extends Omit<ComponentProps<'select'>, 'children'> {
  options: readonly { value: string; label: string }[]
}

/** The platform's own list: best under a thumb and known to every screen reader. */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <span className="relative grid min-w-0">
      <select {...rest} className={cx(control, 'h-9 appearance-none truncate pr-8 phone:h-11', className)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <svg
        viewBox="0 0 12 12"
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3 -translate-y-1/2 text-muted"
      >
        <path d="m2.5 4.5 3.5 3.5 3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" />
      </svg>
    </span>
  )
}
