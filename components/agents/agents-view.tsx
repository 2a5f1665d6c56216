'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { ConfirmAct } from '#components/settings/confirm-act.tsx'
import { ReadOnlyNote } from '#components/settings/read-only-note.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { toast } from '#components/ui/toast.tsx'
import { setQueryParams, useQueryParam } from '#components/url/use-query-params.ts'
import type { NodeAgent } from '#domain/agent/agent.ts'
import { AgentTable } from './agent-table.tsx'
import { AgentsSkeleton } from './agents-skeleton.tsx'
import { agentsSentence } from './agents-sentence.ts'
import { InviteSheet } from './invite-sheet.tsx'
import { useAgents } from './use-agents.ts'

/** Which nodes of a cluster have an agent, how it is, and the ways to invite one and to forget it. */
export function AgentsView({ cluster }: { cluster: string }) {
  const mayManage = useMay('agents.manage')
  const list = useAgents(cluster)
  const [invited] = useQueryParam('invite')
  const [removed, setRemoved] = useState<string | null>(null)
  const nodes = list.data?.nodes ?? []
  useOfferActs(mayManage ? nodes.flatMap((node) => actsOf(node, setRemoved)) : [])
  if (list.error && !list.data) return <QueryProblem query={list} />
  if (!list.data) return <AgentsSkeleton />
  const invitedNode = nodes.find(({ node }) => node === invited)
  return (
    <div className="grid gap-5">
      <p className="max-w-prose text-lg tracking-[-0.01em]">{agentsSentence(nodes)}</p>
      {mayManage ? null : <ReadOnlyNote>An administrator invites agents and removes them.</ReadOnlyNote>}
      {nodes.length === 0 ? (
        <Empty title="No member of this cluster has been seen yet.">
          Its nodes appear here once the console has looked at the cluster.
        </Empty>
      ) : (
        <AgentTable nodes={nodes} onInvite={mayManage ? invite : null} onRemove={setRemoved} />
      )}
      {mayManage && invitedNode ? (
        <InviteSheet key={invitedNode.node} cluster={cluster} node={invitedNode} onClose={() => invite('')} />
      ) : null}
      {removed === null ? null : <RemoveAgent cluster={cluster} node={removed} onClose={() => setRemoved(null)} />}
    </div>
  )
}

function invite(node: string) {
  setQueryParams({ invite: node })
}

function actsOf({ node, agent, isMember }: NodeAgent, onRemove: (node: string) => void) {
  return [
    ...(isMember ? [{ label: `Invite the agent of ${node}`, reason: null, run: () => invite(node) }] : []),
    ...(agent ? [{ label: `Remove the agent of ${node}`, reason: null, run: () => onRemove(node) }] : []),
  ]
}

function RemoveAgent({ cluster, node, onClose }: { cluster: string; node: string; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.agents.remove.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() })
        toast(`The agent of ${node} is removed.`)
        onClose()
      },
    }),
  )
  return (
    <ConfirmAct
      act={`Remove the agent of ${node}`}
      sentence="Nothing is asked of it any more. It goes on running on its node and has to be invited anew to be of use."
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ cluster, node })}
      onClose={onClose}
    />
  )
}
