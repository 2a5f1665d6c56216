import { cx } from 'class-variance-authority'
import { useId, type ReactNode } from 'react'

interface WizardStepProps {
  /** Its place, from 1. */
  n: number
  title: string
  /** Why nothing can be done here yet; null = it can. */
  waitsFor: string | null
  children: ReactNode
}

/** One of the steps that stand below each other on the page; what cannot be done yet says what it waits for. */
export function WizardStep({ n, title, waitsFor, children }: WizardStepProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-4 gap-y-4 rounded-lg border border-line bg-panel px-5 py-4 phone:grid-cols-1 phone:px-4"
    >
      <span
        aria-hidden="true"
        className={cx(
          'grid size-7 place-items-center rounded-full border font-medium phone:hidden',
          waitsFor === null ? 'border-line-strong' : 'border-line text-faint',
        )}
      >
        {n}
      </span>
      <div className="grid min-w-0 gap-4">
        <h2
          id={id}
          className={cx('flex min-h-7 items-center text-lg font-semibold', waitsFor !== null && 'text-muted')}
        >
          {title}
        </h2>
        {waitsFor === null ? children : <p className="text-muted">{waitsFor}</p>}
      </div>
    </section>
  )
}
