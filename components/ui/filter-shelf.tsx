'use client'

import { useState, type ReactNode } from 'react'
import { Button } from './button.tsx'

interface FilterShelfProps {
  /** Always in sight. */
  search: ReactNode
  /** How many of the other filters leave something out. */
  active: number
  children: ReactNode
}

/** Filters in a line; on a phone all but the search wait behind a button, so that the list begins in sight. */
export function FilterShelf({ search, active, children }: FilterShelfProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <div className="flex flex-wrap items-center gap-2 print-hidden">
      <div className="flex min-w-0 gap-2 phone:w-full [&>:first-child]:phone:flex-1">
        {search}
        <Button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)} className="md:hidden">
          {active === 0 ? 'Filters' : `Filters: ${active}`}
        </Button>
      </div>
      <div className={isOpen ? 'contents phone:grid phone:w-full phone:gap-2 phone:*:w-full' : 'contents phone:hidden'}>
        {children}
      </div>
    </div>
  )
}
