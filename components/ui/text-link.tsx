import { cx } from 'class-variance-authority'
import Link from 'next/link'
import type { ComponentProps } from 'react'

/** A link in running text or a table; quiet until it is pointed at. */
export function TextLink({ className, prefetch = false, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      prefetch={prefetch}
      className={cx(
        'rounded-sm underline decoration-line-strong decoration-1 underline-offset-3 hover:decoration-current',
        className,
      )}
    />
  )
}
