import { cx } from 'class-variance-authority'
import type { ComponentProps } from 'react'

interface TextInputProps extends ComponentProps<'input'> {
  isMono?: boolean
}

export function TextInput({ isMono = false, className, ...rest }: TextInputProps) {
  return (
    <input autoComplete="off" {...rest} className={cx(control, 'h-9 phone:h-11', isMono && 'font-mono', className)} />
  )
}

export function Textarea({ isMono = false, className, ...rest }: ComponentProps<'textarea'> & { isMono?: boolean }) {
  return (
    <textarea rows={3} {...rest} className={cx(control, 'py-2 leading-normal', isMono && 'font-mono', className)} />
  )
}

/** The look of everything that can be filled in. */
export const control = [
  'w-full min-w-0 rounded-md border border-line-strong bg-page px-3 text-text',
  'transition-colors duration-100 hover:border-faint focus-visible:border-info focus-visible:outline-1 focus-visible:outline-offset-0',
  'aria-invalid:border-bad disabled:text-faint',
].join(' ')
