'use client'

import { TypedNameField } from '#components/operation/typed-name-field.tsx'
import { CheckBox } from '#components/ui/check-box.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { needSentence } from '#domain/approvals/policy.ts'
import type { ApprovalForm } from './use-approval.ts'

/** What approvals the act needs, and the way to do without; nothing where no policy governs it. */
export function ApprovalFields({ form }: { form: ApprovalForm }) {
  const { need, isAlone, setIsAlone, clusterName, typedName, setTypedName } = form
  if (need === null) return null
  return (
    <section aria-label="Approval" className="grid gap-3 rounded-lg border border-line px-4 py-3">
      <p className="flex items-start gap-2.5">
        <StateIcon tone={isAlone ? 'bad' : 'info'} className="mt-[3px]" />
        <span>{needSentence(need)}</span>
      </p>
      {need.allowsBreakGlass ? (
        <CheckBox
          label="Break the glass: act alone"
          hint="At once, without approval. Everybody is told, and it is marked in the audit log for ever."
          isChecked={isAlone}
          onChange={setIsAlone}
        />
      ) : null}
      {isAlone ? (
        <TypedNameField
          clusterName={clusterName}
          purpose="act alone"
          typedName={typedName}
          onTypedName={setTypedName}
        />
      ) : null}
    </section>
  )
}
