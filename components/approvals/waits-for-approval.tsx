import { paths } from '#components/paths.ts'
import { Notice } from '#components/cluster/notice.tsx'
import { button } from '#components/ui/button.tsx'
import Link from 'next/link'
import { needSentence } from '#domain/approvals/policy.ts'
import type { Operation } from '#domain/operation/operation.ts'

/** Leads from an operation that waits to where it is decided and run. */
export function WaitsForApproval({ operation }: { operation: Operation }) {
  const { id, approval } = operation
  if (!approval) return null
  return (
    <Notice
      tone="warn"
      act={
        <Link href={paths.approval(id)} className={button({ size: 'small' })}>
          See the request
        </Link>
      }
    >
      {needSentence(approval.need)}
    </Notice>
  )
}
