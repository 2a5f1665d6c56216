import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { StateIcon } from './state-mark.tsx'

interface ErrorPanelProps {
  /** What, where, and what to do. */
  sentence: string
  onRetry?: (() => void) | undefined
  isRetrying?: boolean
  children?: ReactNode
}

export function ErrorPanel({ sentence, onRetry, isRetrying = false, children }: ErrorPanelProps) {
  return (
    <div role="alert" className="grid justify-items-start gap-3 rounded-lg border border-line bg-panel p-4">
      <p className="flex items-start gap-2.5">
        <StateIcon tone="bad" className="mt-0.5" />
        <span>{sentence}</span>
      </p>
      {children}
      {onRetry ? (
        <Button size="small" onClick={onRetry} isBusy={isRetrying}>
          Try again
        </Button>
      ) : null}
    </div>
  )
}
