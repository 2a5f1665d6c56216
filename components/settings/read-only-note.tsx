'use client'

import type { ReactNode } from 'react'
import { useRoleWords } from '#components/session/session-context.tsx'

/** One line for those who may look but not change. */
export function ReadOnlyNote({ children }: { children: ReactNode }) {
  const roles = useRoleWords()
  return (
    <p className="text-muted">
      You look on as {roles}. {children}
    </p>
  )
}
