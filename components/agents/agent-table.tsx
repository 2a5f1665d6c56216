'use client'

import { Age } from '#components/time/age.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { Button } from '#components/ui/button.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import type { NodeAgent } from '#domain/agent/agent.ts'
import { agentWords, type AgentState } from '#domain/agent/agent-words.ts'
import { agentLooks } from './agent-looks.ts'

interface AgentTableProps {
  nodes: readonly NodeAgent[]
  /** Null = whoever looks may not. */
  onInvite: ((node: string) => void) | null
  onRemove: (node: string) => void
}

export function AgentTable({ nodes, onInvite, onRemove }: AgentTableProps) {
  const now = useNow()
  return (
    <Table aria-label="Agents">
      <thead>
        <tr>
          <Th>Node</Th>
          <Th>Agent</Th>
          <Th keep="desktop">Version</Th>
          <Th keep="desktop">Seen</Th>
          {onInvite ? (
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => {
          const { state, sentence, advice } = agentWords(node, now)
          const { agent } = node
          return (
            <tr key={node.node} className="align-top">
              <Td className="max-w-52 min-w-28 py-2">
                <p className="font-medium break-words">{node.node}</p>
                <p className="font-mono text-sm break-all text-faint">{agent?.address ?? node.host}</p>
                {node.isMember ? null : <p className="text-sm text-muted">no longer a member</p>}
              </Td>
              <Td className="max-w-prose py-2">
                <StateMark tone={agentLooks[state].tone}>{agentLooks[state].word}</StateMark>
                {hasMoreToSay(state, advice) ? <p className="text-muted">{sentence}</p> : null}
                {advice === null ? null : <p>{advice}</p>}
                {agent && agent.vetoed.length > 0 ? (
                  <p className="text-sm text-muted">Its node forbids: {agent.vetoed.join(', ')}.</p>
                ) : null}
              </Td>
              <Td keep="desktop" className="py-2">
                {agent?.version ?? '–'}
              </Td>
              <Td keep="desktop" className="py-2 text-muted">
                {agent?.seenAt ? <Age at={agent.seenAt} after=" ago" /> : '–'}
              </Td>
              {onInvite ? (
                <Td align="right" className="py-1.5 whitespace-nowrap phone:whitespace-normal">
                  <Acts node={node} state={state} onInvite={onInvite} onRemove={onRemove} />
                </Td>
              ) : null}
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}

function Acts({
  node: { node, agent, isMember },
  state,
  onInvite,
  onRemove,
}: {
  node: NodeAgent
  state: AgentState
  onInvite: (node: string) => void
  onRemove: (node: string) => void
}) {
  const isWanting = state === 'none' || state === 'locked' || state === 'invited'
  return (
    <>
      <Button
        tone={isWanting ? 'plain' : 'quiet'}
        size="small"
        aria-label={`${agent ? 'Invite anew' : 'Invite'} the agent of ${node}`}
        disabledReason={isMember ? null : `${node} is no longer a member of this cluster.`}
        onClick={() => onInvite(node)}
      >
        {agent ? 'Invite anew' : 'Invite'}
      </Button>
      {agent ? (
        <Button tone="quiet" size="small" aria-label={`Remove the agent of ${node}`} onClick={() => onRemove(node)}>
          Remove
        </Button>
      ) : null}
    </>
  )
}

// The word says it already where all is well or nothing is there.
function hasMoreToSay(state: AgentState, advice: string | null): boolean {
  return state !== 'enrolled' || advice !== null
}
