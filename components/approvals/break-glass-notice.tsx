'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Notice } from '#components/cluster/notice.tsx'
import { operationKindName } from '#components/operation/operation-words.ts'
import { paths } from '#components/paths.ts'
import { Age } from '#components/time/age.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { button } from '#components/ui/button.tsx'

/** For a day every page of the cluster says that somebody acted alone. */
export function BreakGlassNotice({ cluster }: { cluster: string }) {
  const { data: broken } = useQuery(
    useTRPC().approvals.brokenGlass.queryOptions({ cluster }, { refetchInterval: 30_000, retry: false }),
  )
  if (!broken) return null
  return (
    <Notice
      tone="bad"
      act={
        <Link href={paths.operation(broken.id)} className={button({ size: 'small' })}>
          See it
        </Link>
      }
    >
      <span className="font-medium">Break-glass:</span> {broken.by} acted alone, without approval,{' '}
      <Age at={broken.at} after=" ago" /> ({operationKindName(broken.kind)}): {broken.reason}
    </Notice>
  )
}
