'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Copy } from '#components/ui/copy.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { useAskedAct } from '#components/url/use-asked-act.ts'
import { setQueryParams } from '#components/url/use-query-params.ts'

/** Has every record checked against the one before it, and says what came of it. */
export function VerifyChain() {
  const verify = useQuery(useTRPC().audit.verify.queryOptions(undefined, { enabled: false, retry: false, gcTime: 0 }))
  const look = () => void verify.refetch()
  useAskedAct((asked) => {
    if (asked === 'verify') look()
  })
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button onClick={look} isBusy={verify.isFetching} className="print-hidden">
        {verify.isFetching ? 'Verifying the chain' : 'Verify the chain'}
      </Button>
      <div role="status" className="min-w-0">
        {verify.isFetching ? null : <Proof verify={verify} />}
      </div>
    </div>
  )
}

function Proof({ verify: { data, error } }: { verify: { data: Proved | undefined; error: unknown } }) {
  if (error) {
    return (
      <p className="flex items-start gap-2">
        <StateIcon tone="unseen" className="mt-[3px]" />
        <span>The chain could not be verified. {errorSentence(error)}</span>
      </p>
    )
  }
  if (!data) return null
  if (!data.ok) {
    return (
      <p className="flex items-start gap-2">
        <StateIcon tone="bad" className="mt-[3px]" />
        <span>
          {data.sentence}{' '}
          <button
            type="button"
            onClick={() => setQueryParams({ seq: String(data.firstBad) })}
            className="underline underline-offset-3"
          >
            Open record {data.firstBad}
          </button>
        </span>
      </p>
    )
  }
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-center gap-x-2">
        <StateIcon tone="ok" />
        <span>
          The chain is whole: {data.records.toLocaleString('en-US')} {data.records === 1 ? 'record' : 'records'}, the
          last one is
        </span>
        <Copy text={data.head} shown={`${data.head.slice(0, 12)}…`} />
      </p>
      <Witnesses checkpoints={data.checkpoints} witnesses={data.witnesses} />
      {data.gone.map((sentence) => (
        <p key={sentence} className="flex items-start gap-2">
          <StateIcon tone="bad" className="mt-[3px]" />
          <span>{sentence}</span>
        </p>
      ))}
    </div>
  )
}

/** Whoever owns the store could make the whole chain anew; those outside it would know. */
function Witnesses({ checkpoints, witnesses }: Pick<Whole, 'checkpoints' | 'witnesses'>) {
  const disputing = witnesses.filter(({ problem }) => problem !== null)
  if (witnesses.length === 0) {
    return (
      <p className="text-muted">
        {checkpoints === 0 ? 'No checkpoint was signed yet' : 'It agrees with each signed checkpoint'}; no agent keeps
        them outside this store yet, so a chain that its owner made anew would not be seen.
      </p>
    )
  }
  return (
    <>
      <p className="text-muted">
        It agrees with {checkpoints} signed {checkpoints === 1 ? 'checkpoint' : 'checkpoints'}, kept outside this store
        by {witnesses.map(({ name, seq }) => `${name} (up to record ${seq})`).join(', ')}.
      </p>
      {disputing.map(({ name, problem }) => (
        <p key={name} className="flex items-start gap-2">
          <StateIcon tone="bad" className="mt-[3px]" />
          <span>
            {name} does not take the newest checkpoint. {problem}
          </span>
        </p>
      ))}
    </>
  )
}

interface Whole {
  ok: true
  records: number
  head: string
  checkpoints: number
  witnesses: { name: string; seq: number; problem: string | null }[]
  gone: string[]
}

type Proved = Whole | { ok: false; firstBad: number; sentence: string }
