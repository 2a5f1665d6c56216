import { cx } from 'class-variance-authority'
import type { ComponentProps } from 'react'

interface TableProps extends ComponentProps<'table'> {
  /** What the table lists, for those who cannot see its heading. */
  'aria-label': string
}

export function Table({ className, ...rest }: TableProps) {
  return <table {...rest} className={cx('w-full border-collapse text-left', className)} />
}

interface CellProps {
  align?: 'left' | 'right'
  /** Columns of less weight leave first: on narrow screens, then on phones. */
  keep?: 'always' | 'wide' | 'desktop'
}

export function Th({
  align = 'left',
  keep = 'always',
  className,
  ...rest
}: Omit<ComponentProps<'th'>, 'align'> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'h-7 pr-4 text-sm font-normal text-faint last:pr-0',
        align === 'right' && 'text-right',
        hide[keep],
        className,
      )}
    />
  )
}

export function Td({
  align = 'left',
  keep = 'always',
  className,
  ...rest
}: Omit<ComponentProps<'td'>, 'align'> & CellProps) {
  return (
    <td
      {...rest}
      className={cx(
        'h-8 border-t border-line pr-4 last:pr-0',
        align === 'right' && 'text-right',
        hide[keep],
        className,
      )}
    />
  )
}

const hide = { always: '', desktop: 'max-md:hidden', wide: 'max-xl:hidden' } as const
