'use client'

import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { paths } from '#components/paths.ts'
import { Button, button } from '#components/ui/button.tsx'
import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import { formatInstant } from '#domain/format.ts'
import type { Capability } from '#domain/operation/capability.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { ScheduledSwitchover } from '#domain/snapshot/patroni.ts'
import Link from 'next/link'
import { Notice } from './notice.tsx'
import { operationDoing } from '#components/operation/operation-words.ts'

/** The operation that holds the cluster now, with the way to watch it. */
export function OperationNotice({ operation }: { operation: Operation }) {
  const present = operation.steps.find((step) => step.state === 'running')
  return (
    <Notice
      act={
        <Link href={paths.operation(operation.id)} className={button({ size: 'small' })}>
          Watch it
        </Link>
      }
    >
      {operationDoing(operation.plan)}, asked by {operation.requestedBy.name}{' '}
      <Age at={operation.requestedAt} after=" ago" />
      {present ? `: ${present.title}` : ''}.
    </Notice>
  )
}

interface ScheduledNoticeProps {
  scheduled: ScheduledSwitchover
  cancel: Capability | undefined
  onCancel: () => void
}

/** A switchover that Patroni has been told to do later. */
export function ScheduledNotice({ scheduled, cancel, onCancel }: ScheduledNoticeProps) {
  return (
    <Notice
      act={
        cancel ? (
          <Button size="small" disabledReason={cancel.isEnabled ? null : cancel.reason} onClick={onCancel}>
            {cancel.label}
          </Button>
        ) : undefined
      }
    >
      A switchover {scheduled.from ? `from ${scheduled.from} ` : ''}
      {scheduled.to ? `to ${scheduled.to}` : 'to the fittest replica'} is scheduled for{' '}
      <Moment at={scheduled.at} shape="full" className="font-medium" />{' '}
      <span className="whitespace-nowrap text-muted">({formatInstant(scheduled.at)})</span>.
    </Notice>
  )
}

/** The worst that stands out of the backups and their rehearsals: nobody is cut off by it today. */
export function BackupNotice({ cluster, finding }: { cluster: string; finding: BackupFinding }) {
  const { tone, word } = finding.severity === 'critical' ? looks.critical : looks.warning
  return (
    <Notice
      tone={tone}
      act={
        <Link href={paths.clusterBackups(cluster)} className={button({ size: 'small' })}>
          Backups
        </Link>
      }
    >
      <span className="sr-only">{word}: </span>
      {finding.sentence} <span className="text-muted">{finding.advice}</span>
    </Notice>
  )
}

const looks = {
  critical: { tone: 'bad', word: 'Critical' },
  warning: { tone: 'warn', word: 'Warning' },
} as const
