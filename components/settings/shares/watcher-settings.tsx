'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useQueryParam } from '#components/url/use-query-params.ts'
import { shareState, type ShareLink } from '#domain/people/share-link.ts'
import { ConfirmAct } from '../confirm-act.tsx'
import { OneTimeSecret } from '../one-time-secret.tsx'
import { ReadOnlyNote } from '../read-only-note.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { CreateShare } from './create-share.tsx'
import { ShareTable } from './share-table.tsx'
import { TargetCard } from './target-card.tsx'

/** Links for those who only watch: pages and badges, who made them, whether somebody looks. */
export function WatcherSettings() {
  if (useMay('shares.manage', 'everywhere')) return <Links />
  return <ReadOnlyNote>An administrator makes links for those who only watch, and revokes them.</ReadOnlyNote>
}

function Links() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const now = useNow()
  const list = useQuery(trpc.shares.list.queryOptions())
  const [isCreating, setIsCreating] = useQueryParam('add')
  const [made, setMade] = useState<{ share: ShareLink; path: string } | null>(null)
  const [revoked, setRevoked] = useState<ShareLink | null>(null)
  const revoke = useMutation(
    trpc.shares.revoke.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.shares.pathKey() })
        toast(`${revoked?.title ?? 'The link'} is revoked.`)
        setRevoked(null)
      },
    }),
  )
  const valid = list.data?.filter((share) => shareState(share, now) === 'valid') ?? []
  useOfferActs(valid.map((share) => ({ label: `Revoke ${share.title}`, reason: null, run: () => setRevoked(share) })))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <SettingsHead
        sentence="Who has a link sees whether a database works, and nothing else: no names of servers, nothing to press."
        act={<Button onClick={() => setIsCreating('1')}>Make a link</Button>}
      />
      <Card title="Links for those who only watch">
        {list.data && list.data.length > 0 ? <ShareTable shares={list.data} onRevoke={setRevoked} /> : null}
        {list.data?.length === 0 ? (
          <p className="text-muted">
            There is none. A link opens the status page of chosen clusters for 30 days at most; a badge is a small
            picture to embed in another page.
          </p>
        ) : null}
        <QueryProblem query={list} />
        {list.isPending ? <Skeleton className="h-16" /> : null}
      </Card>
      <TargetCard />
      {isCreating !== '' ? (
        <CreateShare
          onClose={() => setIsCreating('')}
          onCreated={(share) => {
            setIsCreating('')
            setMade(share)
          }}
        />
      ) : null}
      {made ? (
        <OneTimeSecret
          title={made.share.title}
          sentence={
            made.share.kind === 'page'
              ? 'It is shown only now: the console keeps no copy of it. Whoever has it sees the page.'
              : 'It is shown only now: the console keeps no copy of it. Use it as the address of an image.'
          }
          secret={new URL(made.path, globalThis.location.origin).href}
          onClose={() => setMade(null)}
        />
      ) : null}
      {revoked ? (
        <ConfirmAct
          act={`Revoke ${revoked.title}`}
          sentence="Whoever uses it sees nothing from the next look on. It cannot be made valid again."
          isBusy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ id: revoked.id })}
          onClose={() => {
            revoke.reset()
            setRevoked(null)
          }}
        />
      ) : null}
    </div>
  )
}
