import { cx } from 'class-variance-authority'

/** Holds the place of what is loading, at its final height; `isStill` where nothing is asked for yet. */
export function Skeleton({ className, isStill = false }: { className?: string; isStill?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cx('block rounded-md bg-raised', !isStill && 'animate-pulse motion-reduce:animate-none', className)}
    />
  )
}
