'use client'

import { createContext, use, type ReactNode } from 'react'
import { namedRoles, type Grant } from '#domain/people/grant.ts'
import { isAllowed, type Permission, type Where } from '#domain/people/permission.ts'

/** Who looks at this page. */
export interface Viewer {
  id: string
  name: string
  email: string
  grants: readonly Grant[]
}

const ViewerContext = createContext<Viewer | null>(null)
const PlaceContext = createContext<Where>('anywhere')

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>
}

/** What the page is of: there `useMay` asks for rights. */
export function PlaceProvider({ where, children }: { where: Where; children: ReactNode }) {
  return <PlaceContext value={where}>{children}</PlaceContext>
}

export function useViewer(): Viewer {
  const viewer = use(ViewerContext)
  if (!viewer) throw new Error('useViewer needs a ViewerProvider above it.')
  return viewer
}

/** Whether the viewer may do it at what the page is of, or at the place named; the server asks again. */
export function useMay(permission: Permission, where?: Where): boolean {
  const place = use(PlaceContext)
  return isAllowed(useViewer().grants, permission, where ?? place)
}

/** The same for whatever right is asked for then. */
export function useMayHere(): (permission: Permission) => boolean {
  const where = use(PlaceContext)
  const { grants } = useViewer()
  return (permission) => isAllowed(grants, permission, where)
}

/** The viewer's roles as a sentence names them. */
export function useRoleWords(): string {
  return namedRoles(useViewer().grants)
}
