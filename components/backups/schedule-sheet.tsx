import type { FormEvent, ReactNode } from 'react'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Textarea } from '#components/ui/text-input.tsx'

interface ScheduleSheetProps {
  title: string
  /** The schedule as it would be, in a sentence. */
  sentence: string
  isOpen: boolean
  onClose: () => void
  isEnabled: boolean
  onEnabled: (isEnabled: boolean) => void
  reason: string
  onReason: (reason: string) => void
  /** Why it cannot be set now. */
  missing: string | null
  isBusy: boolean
  error: unknown
  onConfirm: () => void
  children: ReactNode
}

/** The frame of a sheet that sets when something is done: what it would mean, whether it is in force, and why. */
export function ScheduleSheet(props: ScheduleSheetProps) {
  const { title, sentence, isOpen, onClose, isEnabled, onEnabled, reason, onReason, missing, isBusy, error } = props
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && !isBusy) props.onConfirm()
  }
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      description={sentence}
      footer={
        <SheetActs form="schedule" error={error} onClose={onClose} missing={missing} isBusy={isBusy}>
          {title}
        </SheetActs>
      }
    >
      <form id="schedule" onSubmit={confirm} className="grid gap-7">
        {props.children}
        <CheckBox
          label="In force"
          hint="A run that cannot begin is tried again for four hours. What is missed is told, and not made up for later."
          isChecked={isEnabled}
          onChange={onEnabled}
        />
        <Field label="Reason" hint="The audit log keeps it.">
          {(field) => (
            <Textarea {...field} rows={2} value={reason} onChange={(event) => onReason(event.target.value)} />
          )}
        </Field>
      </form>
    </Sheet>
  )
}
