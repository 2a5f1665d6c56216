import { cx } from 'class-variance-authority'

/** A small line drawing; what it means must also stand in words. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx('size-4 shrink-0', className)}
    >
      <path d={paths[name]} />
    </svg>
  )
}

type IconName = keyof typeof paths

const paths = {
  check: 'm3 8.6 3.2 3.2L13 4.6',
  'chevron-right': 'm6 3.6 4.4 4.4L6 12.4',
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M6 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1ZM10.5 2.8H4a1.2 1.2 0 0 0-1.2 1.2v6.5',
  keys: 'M2.5 4h11a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM4.4 6.6h.01m2.4 0h.01m2.4 0h.01m2.4 0h.01M5.5 9.5h5',
  menu: 'M2.5 4.2h11M2.5 8h11m-11 3.8h11',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  pause: 'M5.4 3.4v9.2m5.2-9.2v9.2',
  play: 'M5 3.2v9.6L12.6 8Z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  'sign-out': 'M6.2 2.6H3.6a1 1 0 0 0-1 1v8.8a1 1 0 0 0 1 1h2.6M10.4 4.9 13.5 8l-3.1 3.1M13.2 8H6.4',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.4v1.2m0 10.8v1.2M1.4 8h1.2m10.8 0h1.2M3.3 3.3l.9.9m7.6 7.6.9.9m0-9.4-.9.9m-7.6 7.6-.9.9',
  'zoom-in': 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14M4.8 7h4.4M7 4.8v4.4',
  'zoom-out': 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14M4.8 7h4.4',
} as const
