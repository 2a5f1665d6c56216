'use client'

import { cx } from 'class-variance-authority'
import Link from 'next/link'

interface TabsProps {
  label: string
  /** Path of the page that is open. */
  current: string
  tabs: readonly { href: string; label: string }[]
}

/** Tabs that are pages: each has its own address. */
export function Tabs({ label, current, tabs }: TabsProps) {
  return (
    <nav aria-label={label} className="flex gap-5 border-b border-line print-hidden phone:gap-1">
      {tabs.map((tab) => {
        const isCurrent = tab.href === current
        return (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={isCurrent ? 'page' : undefined}
            className={cx(
              '-mb-px flex h-9 items-center border-b-2 whitespace-nowrap transition-colors duration-100 phone:h-11 phone:px-1.5',
              isCurrent ? 'border-text text-text' : 'border-transparent text-muted hover:text-text',
            )}
          >
            {tab.label}
          </Link>
        )
      })}
    </nav>
  )
}
