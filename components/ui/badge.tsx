import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'

/** A short fact beside a name: a label, a version, a tag. */
export function Badge({
  children,
  tip,
  className,
}: {
  children: ReactNode
  tip?: string | undefined
  className?: string
}) {
  return (
    <span
      data-tip={tip}
      className={cx(
        'inline-flex h-5 max-w-full items-center gap-1 truncate rounded-sm border border-line px-1.5 text-sm text-muted',
        className,
      )}
    >
      {children}
    </span>
  )
}
