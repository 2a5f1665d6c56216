import { cx } from 'class-variance-authority'

/** The mark of the leader: the only gold there is besides the act that moves it. */
export function LeaderRing({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" className={cx('size-3.5 shrink-0 text-lead', className)}>
      <circle cx="7" cy="7" r="5.4" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <circle cx="7" cy="7" r="2.1" fill="currentColor" />
    </svg>
  )
}
