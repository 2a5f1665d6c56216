import { cx } from 'class-variance-authority'
import { useId, type ReactNode } from 'react'

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  isOptional?: boolean
  className?: string
  /** Draws the control; spread the given props on it. */
  children: (control: FieldControl) => ReactNode
}

export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export function Field({ label, hint, error, isOptional = false, className, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const hasNote = Boolean(error ?? hint)
  return (
    <div className={cx('grid gap-1.5', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
        {isOptional ? <span className="pl-1.5 font-normal text-faint">optional</span> : null}
      </label>
      {children({ id, 'aria-describedby': hasNote ? noteId : undefined, 'aria-invalid': error ? true : undefined })}
      {hasNote ? (
        <p id={noteId} className={cx('text-sm', error ? 'text-bad' : 'text-muted')}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  )
}
