'use client'

import { cx } from 'class-variance-authority'
import Link from 'next/link'
import { useScrollEdges } from './use-scroll-edges.ts'

interface TabsProps {
  label: string
  /** Path of the page that is open. */
  current: string
  tabs: readonly { href: string; label: string }[]
}

/** Tabs that are pages: each has its own address. Where they are wider than the screen the bar scrolls, with the open one in view. */
export function Tabs({ label, current, tabs }: TabsProps) {
  const { ref, hasMore } = useScrollEdges<HTMLDivElement>(current)
  return (
    <nav aria-label={label} className="min-w-0 border-b border-line print-hidden">
      <div
        ref={ref}
        className={cx(
          'relative -mb-px flex gap-5 overflow-x-auto overscroll-x-contain [scrollbar-width:none] phone:gap-1 [&::-webkit-scrollbar]:hidden',
          edges[hasMore],
        )}
      >
        {tabs.map((tab) => {
          const isCurrent = tab.href === current
          return (
            <Link
              key={tab.href}
              href={tab.href}
              aria-current={isCurrent ? 'page' : undefined}
              className={cx(
                'flex h-9 shrink-0 items-center border-b-2 whitespace-nowrap -outline-offset-2 transition-colors duration-100 phone:h-11 phone:px-1.5',
                isCurrent ? 'border-text text-text' : 'border-transparent text-muted hover:text-text',
              )}
            >
              {tab.label}
            </Link>
          )
        })}
      </div>
    </nav>
  )
}

/** An edge fades where there is more behind it. */
const edges = {
  none: '',
  left: '[mask-image:linear-gradient(to_right,transparent,black_2.5rem)]',
  right: '[mask-image:linear-gradient(to_left,transparent,black_2.5rem)]',
  both: '[mask-image:linear-gradient(to_right,transparent,black_2.5rem,black_calc(100%-2.5rem),transparent)]',
} as const
