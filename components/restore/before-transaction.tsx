'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '#components/session/session-context.tsx'
import { useClock } from '#components/time/clock-provider.tsx'
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Select } from '#components/ui/select.tsx'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { formatInstant } from '#domain/format.ts'
import { CommitList } from './commit-list.tsx'
import { ReadingArchive } from './reading-archive.tsx'

interface BeforeTransactionProps {
  cluster: string
  /** The moment around which it is looked; null = until now. */
  around: Date | null
  line: readonly number[]
  onTarget: (target: RecoveryTarget) => void
}

/** Finds the transaction that took something away, so that recovery can stop just before it. */
export function BeforeTransaction({ cluster, around, line, onTarget }: BeforeTransactionProps) {
  const may = useMay('restore.request')
  const clock = useClock()
  const [spanMs, setSpanMs] = useState<number>(spans[1].ms)
  const [asked, setAsked] = useState<{ fromAt: Date; toAt: Date } | null>(null)
  const client = useTRPCClient()
  const [isStopped, setStopped] = useState(false)
  const look = useQuery(
    useTRPC().restores.commits.queryOptions(
      { cluster, ...(asked ?? { fromAt: epoch, toAt: epoch }) },
      {
        enabled: asked !== null && !isStopped,
        retry: false,
        staleTime: 60_000,
        refetchInterval: ({ state }) => (state.data?.state === 'reading' ? askAgainMs : false),
      },
    ),
  )
  if (!may) return null
  const begin = () => {
    setStopped(false)
    setAsked(spanAround(around, spanMs, clock.read()))
  }
  const isReading = !isStopped && (look.isLoading || look.data?.state === 'reading')
  // Where the console cannot be told, it is read to its end, and nobody hears of it.
  const stop = () => {
    setStopped(true)
    if (asked) void client.restores.stopCommits.mutate({ cluster, ...asked }).catch(() => {})
  }
  return (
    <section aria-label="Just before a transaction" className="grid gap-3 rounded-lg border border-line px-4 py-3">
      <div className="grid gap-0.5">
        <h3 className="font-medium">Just before this</h3>
        <p className="text-muted">
          Finds in the archived WAL what dropped, truncated or deleted, so that recovery stops right before it.
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="How far around"
          value={String(spanMs)}
          onChange={(event) => setSpanMs(Number(event.target.value))}
          options={spans.map(({ label, ms }) => ({
            value: String(ms),
            label: around === null ? `the last ${label}` : `the ${label} around the moment`,
          }))}
        />
        <Button onClick={begin} isBusy={isReading}>
          {asked === null ? 'Look for it' : 'Look again'}
        </Button>
        {isReading ? <Button onClick={stop}>Stop</Button> : null}
        {asked ? (
          <span className="text-sm text-muted">
            {formatInstant(asked.fromAt)} to {formatInstant(asked.toAt)}
          </span>
        ) : null}
      </div>
      {asked && !look.error && isReading ? (
        <ReadingArchive
          since={look.data?.state === 'reading' ? look.data.since : null}
          progress={look.data?.state === 'reading' ? look.data.progress : null}
        />
      ) : null}
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {asked && look.error ? (
          <ErrorPanel sentence={errorSentence(look.error)} onRetry={() => void look.refetch()} />
        ) : null}
        {isStopped ? <p className="text-muted">Stopped: what was read so far is not told.</p> : null}
        {asked && look.data?.state === 'done' ? (
          <CommitList found={look.data.found} line={line} onTarget={onTarget} />
        ) : null}
      </div>
    </section>
  )
}

const epoch = new Date(0)
const askAgainMs = 1_500

const spans = [
  { label: '15 minutes', ms: 900_000 },
  { label: 'hour', ms: 3_600_000 },
  { label: '6 hours', ms: 21_600_000 },
  { label: 'day', ms: 86_400_000 },
] as const

/** Half of it before the moment and half after, never past now. */
function spanAround(around: Date | null, spanMs: number, now: Date): { fromAt: Date; toAt: Date } {
  const middle = around?.getTime() ?? now.getTime()
  const toMs = around === null ? now.getTime() : Math.min(now.getTime(), middle + spanMs / 2)
  return { fromAt: new Date(toMs - spanMs), toAt: new Date(toMs) }
}
