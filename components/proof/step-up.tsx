'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import { isStepUpAsked, onStepUp } from './step-up-desk.ts'

/** Loaded where an act asks for it. */
const StepUpDialog = lazy(() => import('./step-up-dialog.tsx').then((module) => ({ default: module.StepUpDialog })))

/** Stands beside every page and asks who one is when an act wants it. */
export function StepUp() {
  const isAsked = useSyncExternalStore(onStepUp, isStepUpAsked, never)
  return <Suspense>{isAsked ? <StepUpDialog /> : null}</Suspense>
}

function never() {
  return false
}
