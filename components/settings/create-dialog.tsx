'use client'

import type { FormEvent, ReactNode } from 'react'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'

interface CreateDialogProps {
  /** Id of its form. */
  id: string
  title: string
  description: string
  /** What its button says. */
  act: string
  /** What is missing before it can be done; null = nothing. */
  missing: string | null
  isBusy: boolean
  /** Why it was refused the last time; null = it was not. What concerns a field is told there. */
  error: unknown
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** Asks for the fields of something new. */
export function CreateDialog({ id, act, missing, isBusy, error, onSubmit, onClose, ...props }: CreateDialogProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && !isBusy) onSubmit()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={props.title}
      description={props.description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} disabledReason={missing} isBusy={isBusy} className="border-line-strong">
            {act}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} noValidate className="grid gap-4 overflow-y-auto px-5 py-3">
        {props.children}
        {error && Object.keys(fieldErrors(error)).length === 0 ? (
          <p role="alert" className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{errorSentence(error)}</span>
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}
