'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { paths } from '#components/paths.ts'
import { RunbookText } from '#components/runbook/runbook-text.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button, button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { RunbookAct } from './runbook-acts.ts'

interface RunbookCardProps {
  /** Names of the runbooks that the incident's rules point to. */
  runbooks: readonly string[]
  acts: readonly RunbookAct[]
}

/** What to do about it: the acts that may mend it, and the runbook to read. */
export function RunbookCard({ runbooks, acts }: RunbookCardProps) {
  return (
    <Card title="What to do">
      <div className="grid gap-4">
        {acts.length === 0 ? null : (
          <div role="group" aria-label="What may mend it" className="flex flex-wrap gap-2 print-hidden">
            {acts.map((act) => (
              <Act key={act.label} act={act} />
            ))}
          </div>
        )}
        {runbooks.length === 0 ? (
          <p className="text-muted">No runbook is written for what this incident is made of.</p>
        ) : null}
        {runbooks.map((name, index) => (
          <Runbook key={name} name={name} isFirst={index === 0} />
        ))}
      </div>
    </Card>
  )
}

function Act({ act: { label, href, isLead, reason } }: { act: RunbookAct }) {
  const tone = isLead ? 'lead' : 'plain'
  if (reason !== null) {
    return (
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button tone={tone} disabledReason={reason}>
          {label}
        </Button>
        <span className="text-sm text-muted">{reason}</span>
      </span>
    )
  }
  return (
    <Link href={href} prefetch={false} className={button({ tone })}>
      {label}
    </Link>
  )
}

function Runbook({ name, isFirst }: { name: string; isFirst: boolean }) {
  // A runbook changes with the version of the console alone.
  const read = useQuery(useTRPC().runbooks.get.queryOptions({ name }, { staleTime: Infinity }))
  // Who reads it goes on reading when another one comes before it.
  const [isOpenAtFirst] = useState(isFirst)
  return (
    <details className="group" open={isOpenAtFirst}>
      <summary className="inline-flex min-h-6 list-none items-center gap-1 text-muted hover:text-text phone:min-h-11">
        <Icon name="chevron-right" className="size-3.5 transition-transform duration-100 group-open:rotate-90" />
        The runbook {name}
      </summary>
      <div className="pt-2.5">
        <QueryProblem query={read} />
        {read.data ? <RunbookText markdown={read.data.markdown} idPrefix={`${name}-`} level={3} /> : null}
        {read.isPending ? <Skeleton className="h-64" /> : null}
        <p className="pt-3 print-hidden">
          <TextLink href={paths.runbook(name)} className="text-muted">
            The runbook {name} on a page of its own
          </TextLink>
        </p>
      </div>
    </details>
  )
}
