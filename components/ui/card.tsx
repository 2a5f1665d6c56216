import { cx } from 'class-variance-authority'
import { useId, type ReactNode } from 'react'

interface CardProps {
  title: ReactNode
  /** What stands at the right of the title: a unit, a link. */
  aside?: ReactNode
  className?: string
  children: ReactNode
}

export function Card({ title, aside, className, children }: CardProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={cx('min-w-0 rounded-lg border border-line bg-panel px-4 py-3.5', className)}
    >
      <div className="flex items-baseline justify-between gap-4 pb-2.5 text-sm text-muted">
        <h2 id={id} className="font-medium">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
