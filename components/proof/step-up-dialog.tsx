'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { answerByPasskey, PasskeyProblem } from './passkey.ts'
import { ProviderAgain } from './provider-again.tsx'
import { answerStepUp } from './step-up-desk.ts'
import { WaysForm, type Typed } from './ways-form.tsx'

/** Asks who one is before a dangerous act; the act goes on by itself afterwards. */
export function StepUpDialog() {
  const trpc = useTRPC()
  const ways = useQuery(
    trpc.session.stepUpWays.queryOptions({ origin: location.origin }, { staleTime: 0, gcTime: 0, retry: false }),
  )
  const show = useMutation(trpc.session.stepUp.mutationOptions({ onSuccess: () => answerStepUp(true) }))
  const byPasskey = useMutation({
    mutationFn: async (options: NonNullable<NonNullable<typeof ways.data>['passkey']>) =>
      show.mutateAsync({ way: 'passkey', assertion: await answerByPasskey(options) }),
    // A challenge is answered once.
    onError: () => void ways.refetch(),
  })
  const typed = typedIn(ways.data)
  const passkey = ways.data?.passkey ?? null
  const error = show.error ?? byPasskey.error
  const provider = ways.data?.provider ?? null
  const missing = typed === null && passkey === null && provider === null ? nothingHere : null
  const mayGoOn = typed !== null || passkey !== null
  return (
    <Dialog
      isOpen
      onClose={() => answerStepUp(false)}
      title="Show that it is you"
      description={
        ways.data && !mayGoOn && provider !== null
          ? again
          : `${again} What you typed stays, and the act goes on by itself.`
      }
      footer={<Button onClick={() => answerStepUp(false)}>Cancel</Button>}
    >
      <div className="overflow-y-auto px-5 py-3">
        {ways.data && (mayGoOn || missing !== null) ? (
          <WaysForm
            typed={typed}
            act="Go on"
            isBusy={show.isPending || byPasskey.isPending}
            problem={error ? problemOf(error) : missing}
            onType={(text) => {
              byPasskey.reset()
              show.mutate(typed === 'password' ? { way: 'password', password: text } : { way: 'code', code: text })
            }}
            onPasskey={
              passkey === null
                ? null
                : () => {
                    show.reset()
                    byPasskey.mutate(passkey)
                  }
            }
          />
        ) : null}
        {provider === null ? null : <ProviderAgain name={provider} />}
        {ways.isPending ? <Skeleton className="h-28" /> : null}
        <QueryProblem query={ways} />
      </div>
    </Dialog>
  )
}

const again = 'For this act it must not be more than five minutes ago.'

const nothingHere =
  'Your passkeys do not work at this address of the console. Open it by the name that they were registered under.'

function typedIn(ways: { code: boolean; password: boolean } | undefined): Typed | null {
  if (ways?.code) return 'code'
  return ways?.password ? 'password' : null
}

function problemOf(error: unknown): string {
  return error instanceof PasskeyProblem ? error.message : errorSentence(error)
}
