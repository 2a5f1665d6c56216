'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { RouterOutputs } from '#server/api/root.ts'
import { answerByPasskey, PasskeyProblem } from './passkey.ts'
import { WaysForm } from './ways-form.tsx'

/** What a person gives for an act, ready to go with it. */
export type ProofAnswer =
  | { kind: 'totp'; code: string }
  | {
      kind: 'passkey'
      nonce: string
      issuedMs: number
      assertion: Awaited<ReturnType<typeof answerByPasskey>>
    }

interface GiveProofProps {
  purpose: string
  /** Canonical text of all that the act depends on: a passkey signs it. */
  subject: string
  /** What the button does. */
  act: string
  isBusy: boolean
  /** Why the act was refused the last time; null = it was not. */
  error: unknown
  onProof: (proof: ProofAnswer) => void
}

/** The part of a dialog that has a person prove an act by a code or a passkey. */
export function GiveProof({ purpose, subject, act, isBusy, error, onProof }: GiveProofProps) {
  const trpc = useTRPC()
  const ways = useQuery(
    trpc.factors.proofWays.queryOptions(
      { origin: location.origin, purpose, subject },
      { staleTime: 0, gcTime: 0, retry: false },
    ),
  )
  const byPasskey = useMutation({
    mutationFn: async ({ options, nonce, issuedMs }: NonNullable<RouterOutputs['factors']['proofWays']['passkey']>) => {
      onProof({ kind: 'passkey', nonce, issuedMs, assertion: await answerByPasskey(options) })
    },
    // A challenge is answered once: another try wants another one.
    onSettled: () => void ways.refetch(),
  })
  const passkey = ways.data?.passkey ?? null
  const problem = byPasskey.error ?? error
  const missing = ways.data?.code === true || passkey !== null ? null : noFactor
  return (
    <>
      {ways.data ? (
        <WaysForm
          typed={ways.data.code ? 'code' : null}
          act={act}
          isBusy={isBusy || byPasskey.isPending}
          problem={problem ? problemOf(problem) : missing}
          onType={(code) => {
            byPasskey.reset()
            onProof({ kind: 'totp', code })
          }}
          onPasskey={passkey === null ? null : () => byPasskey.mutate(passkey)}
        />
      ) : null}
      {ways.isPending ? <Skeleton className="h-28" /> : null}
      <QueryProblem query={ways} />
    </>
  )
}

const noFactor = 'This wants a second factor, and you have none that works at this address. Register one under Account.'

function problemOf(error: unknown): string {
  return error instanceof PasskeyProblem ? error.message : errorSentence(error)
}
