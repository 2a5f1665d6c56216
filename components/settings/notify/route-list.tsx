'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { toast } from '#components/ui/toast.tsx'
import { leadsToNobody } from '#domain/alerts/notify/route.ts'
import { SettingsHead } from '../settings-head.tsx'
import type { ShownChannel } from './channel-table.tsx'
import { draftOf, moved, newRoute, type RouteDraft } from './route-form.ts'
import { RouteSheet } from './route-sheet.tsx'

/** Who is told of what, each route as a sentence, the first to match first. */
export function RouteList({ channels, mayManage }: { channels: readonly ShownChannel[]; mayManage: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.notifications.routes.queryOptions())
  const [edited, setEdited] = useState<number | 'new' | null>(null)
  const save = useMutation(
    trpc.notifications.setRoutes.mutationOptions({
      onSuccess: () => {
        setEdited(null)
        toast('Who is told is changed.')
      },
      onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.notifications.routes.queryKey() }),
    }),
  )
  const shown = list.data?.routes ?? []
  const drafts = shown.map(draftOf)
  const put = (routes: RouteDraft[]) => save.mutate({ revision: list.data?.revision ?? '', routes })
  const receivers = channels.filter(({ settings }) => settings.kind !== 'heartbeat')
  const [first] = receivers
  const begun = begunOf(edited, drafts, first?.id)
  return (
    <section className="grid gap-4" aria-label="Routes">
      <SettingsHead
        sentence="Who is told of what: the first that matches counts."
        act={
          mayManage && first ? (
            <Button onClick={() => setEdited('new')} className="border-line-strong">
              Add a route
            </Button>
          ) : undefined
        }
      />
      {list.data && shown.length === 0 ? (
        <p className="text-muted">Without a route nobody is told of anything.</p>
      ) : null}
      <ol className="grid">
        {shown.map(({ id, sentence, steps }, n) => (
          <li key={id} className="flex items-center justify-between gap-4 border-t border-line py-1.5">
            <span>
              <span className="pr-3 text-faint tabular-nums">{n + 1}</span>
              {sentence}
              {leadsToNobody({ steps }, channels) ? (
                <span className="block">
                  <StateMark tone="warn">Nobody is told by it: all its channels are paused.</StateMark>
                </span>
              ) : null}
            </span>
            {mayManage ? (
              <Menu
                trigger={
                  <Button tone="quiet" size="small" aria-label={`Change route ${n + 1}`} isBusy={save.isPending}>
                    Change
                  </Button>
                }
                entries={[
                  { label: 'Change it', onSelect: () => setEdited(n) },
                  {
                    label: 'Before the one above',
                    disabledReason: n === 0 ? 'It is the first.' : null,
                    onSelect: () => put(moved(drafts, n, -1)),
                  },
                  {
                    label: 'After the one below',
                    disabledReason: n === shown.length - 1 ? 'It is the last.' : null,
                    onSelect: () => put(moved(drafts, n, 1)),
                  },
                  { label: 'Remove it', isDanger: true, onSelect: () => put(drafts.filter((_, other) => other !== n)) },
                ]}
              />
            ) : null}
          </li>
        ))}
      </ol>
      <QueryProblem query={list} />
      {save.error && edited === null ? (
        <p role="alert">
          <StateMark tone="bad">{errorSentence(save.error)}</StateMark>
        </p>
      ) : null}
      {begun ? (
        <RouteSheet
          key={String(edited)}
          begun={begun}
          isNew={edited === 'new'}
          channels={receivers}
          isBusy={save.isPending}
          error={save.error}
          onSave={(route) =>
            put(edited === 'new' ? [...drafts, route] : drafts.map((other, n) => (n === edited ? route : other)))
          }
          onClose={() => {
            save.reset()
            setEdited(null)
          }}
        />
      ) : null}
    </section>
  )
}

function begunOf(
  edited: number | 'new' | null,
  drafts: readonly RouteDraft[],
  channelId: string | undefined,
): RouteDraft | null {
  if (edited === null || channelId === undefined) return null
  return edited === 'new' ? newRoute(channelId) : (drafts[edited] ?? null)
}
