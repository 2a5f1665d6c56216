'use client'

import { createContext, use } from 'react'

/** What any page may ask the shell to open. */
export interface ShellControls {
  openNav: () => void
  openPalette: () => void
  openKeys: () => void
}

const nothing: ShellControls = { openNav: () => undefined, openPalette: () => undefined, openKeys: () => undefined }

export const ShellContext = createContext<ShellControls>(nothing)

export function useShell(): ShellControls {
  return use(ShellContext)
}
