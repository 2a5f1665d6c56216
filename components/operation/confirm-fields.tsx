'use client'

import { ReasonField } from './reason-field.tsx'
import { TypedNameField } from './typed-name-field.tsx'

interface ConfirmFieldsProps {
  clusterName: string
  /** False for an act that can be taken back. */
  asksName?: boolean
  reason: string
  onReason: (reason: string) => void
  typedName: string
  onTypedName: (name: string) => void
  errors: Record<string, string>
}

/** Why it is done, and the name typed by hand: the two things that make an act deliberate. */
export function ConfirmFields({
  clusterName,
  asksName = true,
  reason,
  onReason,
  typedName,
  onTypedName,
  errors,
}: ConfirmFieldsProps) {
  return (
    <div className="grid gap-4">
      <ReasonField reason={reason} onReason={onReason} error={errors['reason']} />
      {asksName ? (
        <TypedNameField
          clusterName={clusterName}
          purpose="confirm"
          typedName={typedName}
          onTypedName={onTypedName}
          error={errors['confirmName']}
        />
      ) : null}
    </div>
  )
}
