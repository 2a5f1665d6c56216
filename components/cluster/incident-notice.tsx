'use client'

import { severityLooks } from '#components/alerts/severity-looks.ts'
import { paths } from '#components/paths.ts'
import { button } from '#components/ui/button.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { OpenIncidents } from '#domain/fleet/view.ts'
import { count } from '#domain/words.ts'
import Link from 'next/link'
import { Notice } from './notice.tsx'

/** The worst incident of a cluster that is open, who looks after it, and how many more there are. */
export function IncidentNotice({ cluster, incidents: { open, worst } }: { cluster: string; incidents: OpenIncidents }) {
  if (!worst) return null
  const { number, severity, sentence, acknowledgedBy } = worst
  const { tone, word } = severityLooks[severity]
  return (
    <Notice
      tone={tone}
      act={
        <Link href={paths.incident(number)} prefetch={false} className={button({ size: 'small' })}>
          Incident {number}
        </Link>
      }
    >
      <span className="sr-only">{word} incident: </span>
      {sentence}{' '}
      <span className="text-muted">
        {acknowledgedBy === null ? 'Nobody has acknowledged it yet.' : `${acknowledgedBy} looks after it.`}
      </span>
      {open > 1 ? (
        <>
          {' '}
          <TextLink href={paths.clusterAlerts(cluster)}>{count(open - 1, 'more open incident')}</TextLink>
        </>
      ) : null}
    </Notice>
  )
}
