'use client'

import { lazy, Suspense, type ReactNode } from 'react'
import { useOnceTrue } from './use-once-true.ts'

export interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  /** Hides the heading from sight where the content speaks for itself. */
  isTitleHidden?: boolean
  footer?: ReactNode
  className?: string
  children?: ReactNode
}

/** A question or a list in the middle of the page; Esc closes it and focus returns to where it was. */
export function Dialog(props: DialogProps) {
  const wasOpened = useOnceTrue(props.isOpen)
  return <Suspense>{wasOpened ? <DialogBody {...props} /> : null}</Suspense>
}

/** Loaded with the first dialog that is opened. */
const DialogBody = lazy(() => import('./dialog-body.tsx').then((module) => ({ default: module.DialogBody })))
