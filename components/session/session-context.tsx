'use client'

import { createContext, use, type ReactNode } from 'react'
import { isAllowed, type Permission, type Role } from '#domain/permission.ts'

/** Who looks at this page. */
export interface Viewer {
  id: string
  name: string
  email: string
  role: Role
}

const ViewerContext = createContext<Viewer | null>(null)

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>
}

export function useViewer(): Viewer {
  const viewer = use(ViewerContext)
  if (!viewer) throw new Error('useViewer needs a ViewerProvider above it.')
  return viewer
}

/** Whether the viewer may do it; the server asks again. */
export function useMay(permission: Permission): boolean {
  return isAllowed(useViewer().role, permission)
}
