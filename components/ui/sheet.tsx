'use client'

import { lazy, Suspense, type ReactNode } from 'react'
import { useOnceTrue } from './use-once-true.ts'

export interface SheetProps {
  isOpen: boolean
  onClose: () => void
  title: string
  /** A line below the title. */
  description?: ReactNode
  /** Stays in view below the scrolling content: the acts. */
  footer?: ReactNode
  size?: 'medium' | 'wide'
  children: ReactNode
}

/** Comes from the right on a desk and from below on a phone; Esc closes it and focus returns to where it was. */
export function Sheet(props: SheetProps) {
  const wasOpened = useOnceTrue(props.isOpen)
  return <Suspense>{wasOpened ? <SheetBody {...props} /> : null}</Suspense>
}

/** Loaded with the first sheet that is opened. */
const SheetBody = lazy(() => import('./sheet-body.tsx').then((module) => ({ default: module.SheetBody })))
