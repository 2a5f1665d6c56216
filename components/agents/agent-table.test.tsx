import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import type { NodeAgent } from '#domain/agent/agent.ts'
import { AgentTable } from './agent-table.tsx'
import { agentsSentence } from './agents-sentence.ts'

const now = new Date('2026-11-25T12:00:00Z')
const nodes: NodeAgent[] = [
  {
    node: 'pg-node-1',
    host: '10.0.1.10',
    isMember: true,
    invitation: null,
    agent: {
      id: 'a-1',
      node: 'pg-node-1',
      address: '10.0.1.10:8009',
      version: '1.0.0',
      state: 'enrolled',
      lockedReason: null,
      seenAt: now,
      problem: null,
      problemSince: null,
      stanza: 'main',
      vetoed: ['data-discard'],
      clockSkewMs: 0,
      enrolledAt: now,
      enrolledBy: 'Mara',
    },
  },
  { node: 'pg-node-2', host: '10.0.1.11', isMember: true, invitation: null, agent: null },
]

function shown(onInvite: ((node: string) => void) | null): Document {
  const markup = renderToStaticMarkup(
    <ClockProvider serverNow={now}>
      <AgentTable nodes={nodes} onInvite={onInvite} onRemove={() => undefined} />
    </ClockProvider>,
  )
  return new DOMParser().parseFromString(markup, 'text/html')
}

test('who may manage agents is offered each act by a name of its own', () => {
  const names = [...shown(() => undefined).querySelectorAll('button')].map((button) =>
    button.getAttribute('aria-label'),
  )
  expect(names).toEqual([
    'Invite anew the agent of pg-node-1',
    'Remove the agent of pg-node-1',
    'Invite the agent of pg-node-2',
  ])
})

test('who looks on sees the same of each node, without acts', () => {
  const page = shown(null)
  expect(page.querySelectorAll('button')).toHaveLength(0)
  const [one, two] = [...page.querySelectorAll('tbody tr')].map((row) => row.textContent)
  expect(one).toContain('10.0.1.10:8009enrolledIts node forbids: data-discard.')
  expect(two).toContain('No agent.')
})

test('the page begins with whose agent does not answer', () => {
  const [first] = nodes
  if (!first?.agent) throw new Error('There is no agent.')
  const other = { ...first, node: 'pg-node-3', agent: { ...first.agent, problem: 'Nothing listens there.' } }
  expect(agentsSentence([first])).toBe('Each node has its agent.')
  expect(agentsSentence([first, other])).toMatch(/^Each node has its agent, but nobody answers on pg-node-3: /)
  expect(agentsSentence(nodes)).toMatch(/Without: pg-node-2\.$/)
})
