'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '#components/session/session-context.tsx'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { countedWhere, lostSentence } from '#domain/recovery/lost-words.ts'
import { isSoonCounted, type CommitsLost } from '#domain/wal/commits-lost.ts'
import { count } from '#domain/words.ts'

interface LostCommitsProps {
  cluster: string
  plan: RestorePlan
}

/** How many commits are given up: counted at once where that is soon done, else when somebody asks. To be keyed by the target. */
export function LostCommits({ cluster, plan }: LostCommitsProps) {
  const { target, repository, loss, set } = plan
  const may = useMay('restore.request')
  const [isAsked, setAsked] = useState(() => isSoonCounted(loss))
  const now = useCoarseNow()
  const look = useQuery(
    useTRPC().restores.lost.queryOptions(
      { cluster, target, repository },
      {
        enabled: may && isAsked && set !== '',
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        refetchInterval: ({ state }) => (state.data?.state === 'reading' ? askAgainMs : false),
      },
    ),
  )
  const lost = look.data?.state === 'done' ? look.data.lost : (loss.commits ?? null)
  const isReading = look.isFetching || look.data?.state === 'reading'
  if (set === '' || (!may && lost === null)) return null
  const again = () => {
    setAsked(true)
    if (isAsked) void look.refetch()
  }
  const isOld = lost !== null && now.getTime() - lost.countedAt.getTime() > holdsMs
  return (
    <div className="grid gap-1.5">
      <div className="grid gap-1.5 empty:hidden" aria-live="polite">
        {lost === null ? null : <Lost lost={lost} />}
        {look.error ? (
          <p className="text-muted">How many commits that is was not counted. {errorSentence(look.error)}</p>
        ) : null}
      </div>
      {isReading && lost === null ? <p className="text-muted">{readingSentence(look.data)}</p> : null}
      {may && !isReading && (lost === null || isOld) ? (
        <Button size="small" className="justify-self-start" onClick={again}>
          {lost === null && !look.error ? 'Count the commits' : 'Count again'}
        </Button>
      ) : null}
    </div>
  )
}

function Lost({ lost }: { lost: CommitsLost }) {
  return (
    <>
      <p className="text-lg tracking-[-0.01em]">{lostSentence(lost)}</p>
      <p className="text-muted">{[...lost.problems, countedWhere(lost)].join(' ')}</p>
    </>
  )
}

function readingSentence(
  look: { state: string; progress?: { read: number; total: number } | null } | undefined,
): string {
  const far = look?.progress ? ` ${look.progress.read} of ${count(look.progress.total, 'WAL segment')} read.` : ''
  return `The commits after the target are being counted.${far}`
}

const askAgainMs = 1_000
/** An answer of the last minute is told again. */
const holdsMs = 60_000
