'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { ConfirmAct } from '#components/settings/confirm-act.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import { count } from '#domain/words.ts'
import type { Factor } from '#domain/people/factor.ts'
import { AddPasskey } from './add-passkey.tsx'
import { FactorLines } from './factor-lines.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { RenameFactor } from './rename-factor.tsx'
import { useOrigin } from './use-origin.ts'

/** Draws QR codes, which few visits need. */
const AddAuthenticator = lazy(() =>
  import('./add-authenticator.tsx').then((module) => ({ default: module.AddAuthenticator })),
)

type Asked =
  | { kind: 'authenticator' | 'passkey' | 'new codes' }
  | { kind: 'rename' | 'remove'; factor: Factor }
  | { kind: 'codes'; codes: string[] }

interface OwnFactorsProps {
  /** Said once one is registered and its recovery codes are kept. */
  onRegistered?: () => void
}

/** One's second factors: an authenticator app, passkeys, and recovery codes for the day both are lost. */
export function OwnFactors({ onRegistered }: OwnFactorsProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const origin = useOrigin()
  const own = useQuery(trpc.factors.list.queryOptions({ origin: origin ?? '' }, { enabled: origin !== null }))
  const [asked, setAsked] = useState<Asked | null>(null)
  const refresh = () => void queryClient.invalidateQueries({ queryKey: trpc.factors.pathKey() })
  const remove = useMutation(
    trpc.factors.remove.mutationOptions({
      onSuccess: () => {
        refresh()
        setAsked(null)
        toast('The factor is removed.')
      },
    }),
  )
  const renew = useMutation(
    trpc.factors.newRecoveryCodes.mutationOptions({
      onSuccess: ({ recoveryCodes }) => {
        refresh()
        setAsked({ kind: 'codes', codes: recoveryCodes })
      },
    }),
  )
  const close = () => {
    remove.reset()
    renew.reset()
    setAsked(null)
  }
  const added = (codes: string[] | null) => {
    refresh()
    toast('The second factor is registered.')
    if (codes) return setAsked({ kind: 'codes', codes })
    close()
    onRegistered?.()
  }
  const factors = own.data?.factors ?? []
  return (
    <Card title="Second factors">
      {own.data ? (
        <div className="grid gap-3">
          {factors.length === 0 ? (
            <p className="text-muted">
              You have none: whoever knows your password is you. An authenticator app or a passkey makes that not
              enough.
            </p>
          ) : (
            <FactorLines
              label="Your second factors"
              factors={factors}
              acts={(factor) => (
                <>
                  <Button
                    tone="quiet"
                    size="small"
                    aria-label={`Rename ${factor.name}`}
                    onClick={() => setAsked({ kind: 'rename', factor })}
                  >
                    Rename
                  </Button>
                  <Button
                    tone="danger"
                    size="small"
                    aria-label={`Remove ${factor.name}`}
                    onClick={() => setAsked({ kind: 'remove', factor })}
                  >
                    Remove
                  </Button>
                </>
              )}
            />
          )}
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setAsked({ kind: 'authenticator' })}>Add an authenticator app</Button>
            <Button
              disabledReason={own.data.passkeyName === null ? noName : null}
              onClick={() => setAsked({ kind: 'passkey' })}
            >
              Add a passkey
            </Button>
          </div>
          {own.data.passkeyName === null ? <p className="text-sm text-muted">{noName}</p> : null}
          {factors.length === 0 ? null : (
            <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
              <p>
                {own.data.recoveryCodesLeft === 0
                  ? 'You have no recovery code left.'
                  : `${count(own.data.recoveryCodesLeft, 'recovery code')} left.`}
              </p>
              <Button size="small" onClick={() => setAsked({ kind: 'new codes' })}>
                Make new codes
              </Button>
            </div>
          )}
        </div>
      ) : null}
      <QueryProblem query={own} />
      {own.isPending ? <Skeleton className="h-24" /> : null}
      <Suspense>
        {asked?.kind === 'authenticator' ? <AddAuthenticator onAdded={added} onClose={close} /> : null}
      </Suspense>
      {asked?.kind === 'passkey' ? <AddPasskey onAdded={added} onClose={close} /> : null}
      {asked?.kind === 'rename' ? (
        <RenameFactor
          factor={asked.factor}
          onRenamed={() => {
            refresh()
            close()
          }}
          onClose={close}
        />
      ) : null}
      {asked?.kind === 'remove' ? (
        <ConfirmAct
          act={`Remove ${asked.factor.name}`}
          sentence={
            factors.length === 1
              ? 'It is your only one: the password alone lets you in afterwards.'
              : 'It lets you in no more. Your other factors stay.'
          }
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ id: asked.factor.id })}
          onClose={close}
        />
      ) : null}
      {asked?.kind === 'new codes' ? (
        <ConfirmAct
          act="Make new recovery codes"
          sentence="Ten new ones are shown once. The old ones count no more."
          isBusy={renew.isPending}
          error={renew.error}
          onConfirm={() => renew.mutate()}
          onClose={close}
        />
      ) : null}
      {asked?.kind === 'codes' ? (
        <RecoveryCodes
          codes={asked.codes}
          onClose={() => {
            close()
            onRegistered?.()
          }}
        />
      ) : null}
    </Card>
  )
}

const noName =
  'Browsers keep passkeys for a name only: open the console by its name with https, or at localhost, to add one.'
