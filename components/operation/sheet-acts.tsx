import type { ReactNode } from 'react'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'

interface SheetActsProps {
  /** Id of the form that the act submits. */
  form: string
  /** Why the act was refused the last time; null = it was not. */
  error: unknown
  /** What is missing before it can be done; null = nothing. */
  missing: string | null
  /** Names the way out. */
  leave?: string
  tone?: 'plain' | 'strong' | 'danger'
  isBusy: boolean
  className?: string
  onClose: () => void
  children: ReactNode
}

/** The foot of a sheet that asks for something: why it was refused, the way out, and the act. */
export function SheetActs({
  form,
  error,
  missing,
  leave = 'Cancel',
  tone = 'strong',
  onClose,
  ...act
}: SheetActsProps) {
  return (
    <div className="grid gap-3">
      {error ? <ErrorPanel sentence={errorSentence(error)} /> : null}
      <div className="flex flex-wrap justify-end gap-2 phone:*:flex-1">
        <Button onClick={onClose}>{leave}</Button>
        <Button type="submit" form={form} tone={tone} disabledReason={missing} {...act} />
      </div>
    </div>
  )
}
