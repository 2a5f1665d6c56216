import { cx } from 'class-variance-authority'

/** Holds the place of what is loading, at its final height. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx('block animate-pulse rounded-md bg-raised motion-reduce:animate-none', className)}
    />
  )
}
