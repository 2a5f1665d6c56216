import { Moment } from '#components/time/moment.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { Operation } from '#domain/operation/operation.ts'
import { count } from '#domain/words.ts'

/** Who decided what on a request, and how many approvals it needs. */
export function GivenDecisions({ approval }: { approval: NonNullable<Operation['approval']> }) {
  const { need, decisions } = approval
  return (
    <div className="grid gap-2">
      <p className="text-muted">
        {count(need.approvals, 'approval')} needed by the policy {need.policies.join(' and ')}.
      </p>
      {decisions.length === 0 ? <p>Nobody has decided yet.</p> : null}
      <ul className="grid gap-2">
        {decisions.map(({ approver, decision, reason, at }) => (
          <li key={approver.id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-2.5">
            <StateIcon tone={decision === 'approve' ? 'ok' : 'bad'} className="mt-[3px]" />
            <span className="break-words">
              <span className="font-medium">{approver.name}</span> {decision === 'approve' ? 'approved' : 'rejected'} it
              at <Moment at={at} shape="full" />
              {reason === '' ? '.' : `: ${reason}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
