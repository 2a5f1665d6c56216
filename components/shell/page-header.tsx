'use client'

import type { ReactNode } from 'react'
import { useShell } from './shell-context.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { LiveIndicator } from './live-indicator.tsx'

interface PageHeaderProps {
  title: string
  /** Labels, versions: short facts beside the title. */
  facts?: ReactNode
  /** When what the page shows was seen; absent for pages that show nothing live. */
  seenAt?: Date | null
  isLive?: boolean
}

/** The top of every page: what it is, whether it is live, and the ways to everywhere else. */
export function PageHeader({ title, facts, seenAt = null, isLive = true }: PageHeaderProps) {
  const { openNav, openPalette } = useShell()
  return (
    <header className="flex min-h-9 items-center gap-x-3 gap-y-1 phone:flex-wrap phone:gap-x-1">
      <button
        type="button"
        aria-label="Open the menu"
        onClick={openNav}
        className="-ml-2.5 grid size-11 place-items-center rounded-md text-muted hover:text-text md:hidden print-hidden"
      >
        <Icon name="menu" className="size-5" />
      </button>
      <h1 className="min-w-0 truncate text-xl phone:flex-1 font-semibold tracking-[-0.01em]">{title}</h1>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5 phone:order-last phone:basis-full phone:empty:hidden">
        {facts}
      </div>
      <div className="flex shrink-0 items-center gap-1.5 phone:gap-0">
        {isLive ? <LiveIndicator seenAt={seenAt} /> : null}
        <button
          type="button"
          onClick={openPalette}
          aria-label="Find a page or an act"
          aria-keyshortcuts="Control+K"
          data-tip="Find a page or an act (Ctrl K)"
          className="grid size-7 place-items-center rounded-md text-faint hover:bg-raised hover:text-text print-hidden phone:size-11"
        >
          <Icon name="search" className="size-3.5 phone:size-4.5" />
        </button>
      </div>
    </header>
  )
}
