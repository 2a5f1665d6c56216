'use client'

import type { ReactNode } from 'react'
import { useViewer } from '#components/session/session-context.tsx'

/** One line for those who may look but not change. */
export function ReadOnlyNote({ children }: { children: ReactNode }) {
  const { role } = useViewer()
  return (
    <p className="text-muted">
      You look on as {role}. {children}
    </p>
  )
}
