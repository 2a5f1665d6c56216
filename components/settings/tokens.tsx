'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useQueryParam } from '#components/url/use-query-params.ts'
import { ConfirmAct } from './confirm-act.tsx'
import { CreateToken } from './create-token.tsx'
import { OneTimeSecret } from './one-time-secret.tsx'
import { TokenTable, type Token } from './token-table.tsx'

/** Keys for the command line and for programs; each has rights of its own and can be taken back. */
export function Tokens() {
  const trpc = useTRPC()
  const mayManage = useMay('tokens.manage', 'everywhere')
  const queryClient = useQueryClient()
  const list = useQuery(trpc.tokens.list.queryOptions())
  const [isCreating, setIsCreating] = useQueryParam('add')
  const [made, setMade] = useState<{ name: string; token: string } | null>(null)
  const [revoked, setRevoked] = useState<Token | null>(null)
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.tokens.pathKey() })
        toast(`${revoked?.name ?? 'The token'} is revoked.`)
        setRevoked(null)
      },
    }),
  )
  const valid = (mayManage ? list.data : [])?.filter(({ revokedAt }) => revokedAt === null) ?? []
  useOfferActs(valid.map((token) => ({ label: `Revoke ${token.name}`, reason: null, run: () => setRevoked(token) })))
  return (
    <Card
      title="Tokens for the command line and for programs"
      aside={
        mayManage ? (
          <Button size="small" onClick={() => setIsCreating('1')} className="-my-1">
            Make a token
          </Button>
        ) : undefined
      }
    >
      {list.data && list.data.length > 0 ? (
        <TokenTable tokens={list.data} onRevoke={mayManage ? setRevoked : null} />
      ) : null}
      {list.data?.length === 0 ? (
        <p className="text-muted">
          There is none. A token lets <code className="font-mono">matriarch</code> on the command line, or a program, do
          what its rights allow.
        </p>
      ) : null}
      <QueryProblem query={list} />
      {list.isPending ? <Skeleton className="h-16" /> : null}
      {mayManage && isCreating !== '' ? (
        <CreateToken
          onClose={() => setIsCreating('')}
          onCreated={(token) => {
            setIsCreating('')
            setMade(token)
          }}
        />
      ) : null}
      {made ? (
        <OneTimeSecret
          title={`Token ${made.name}`}
          sentence="It is shown only now: the console keeps no copy of it."
          secret={made.token}
          onClose={() => setMade(null)}
        />
      ) : null}
      {revoked ? (
        <ConfirmAct
          act={`Revoke ${revoked.name}`}
          sentence="Whatever uses it is turned away from its next request on. It cannot be made valid again."
          isBusy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ id: revoked.id })}
          onClose={() => {
            revoke.reset()
            setRevoked(null)
          }}
        />
      ) : null}
    </Card>
  )
}
