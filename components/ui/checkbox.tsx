import type { ComponentProps, ReactNode } from 'react'

export function Checkbox({ label, ...rest }: Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode }) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2.5 has-disabled:cursor-not-allowed has-disabled:text-faint phone:min-h-11">
      <input type="checkbox" {...rest} className="size-4 accent-info" />
      <span>{label}</span>
    </label>
  )
}
