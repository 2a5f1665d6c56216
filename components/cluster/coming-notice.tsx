'use client'

import Link from 'next/link'
import { paths } from '#components/paths.ts'
import { Moment } from '#components/time/moment.tsx'
import { button } from '#components/ui/button.tsx'
import type { FleetRow } from '#domain/fleet/view.ts'
import { Notice } from './notice.tsx'

interface ComingNoticeProps {
  cluster: string
  coming: NonNullable<FleetRow['alerts']['coming']>
}

/** Something critical that holds and is no alert yet, since it may pass: whoever looks is told before anybody is called. */
export function ComingNotice({ cluster, coming: { sentence, since } }: ComingNoticeProps) {
  return (
    <Notice
      tone="warn"
      act={
        <Link href={paths.clusterAlerts(cluster)} prefetch={false} className={button({ size: 'small' })}>
          Alerts
        </Link>
      }
    >
      {sentence}{' '}
      <span className="text-muted">
        Since <Moment at={since} shape="clock" />, not long enough to call anybody.
      </span>
    </Notice>
  )
}
