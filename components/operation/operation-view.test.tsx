import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { Operation, OperationStep } from '#domain/operation/operation.ts'
import { planBackup } from '#domain/plan/plan-backup.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { ViewerProvider } from '#components/session/session-context.tsx'
import { everywhere } from '#domain/people/grant.ts'
import { OperationView } from './operation-view.tsx'

const at = new Date('2026-11-23T12:00:00.000Z')
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)

test('a backup is shown with its steps, what pgBackRest said, and what the repository lists', () => {
  const text = textOf(ended())
  expect(text).toContain('Succeeded')
  expect(text).toContain('The full backup 20261123-120000F of postgres-cluster stands.')
  expect(text).toContain('Follow pgBackRest on pg-node-3 to its end')
  expect(text).toContain('wrote 12 files')
  expect(text).toContain('It is a full backup, taken in 10 min.')
  expect(text).toMatch(/Database ?30 MB/)
  expect(text).toMatch(/Copied now ?not told/)
  expect(text).not.toContain('Writes stopped')
})

function textOf(operation: Operation): string {
  const markup = renderToStaticMarkup(
    <ClockProvider serverNow={at}>
      <ViewerProvider viewer={{ id: 'ada', name: 'Ada', email: 'ada@example.org', grants: [everywhere('operator')] }}>
        <OperationView operation={operation} />
      </ViewerProvider>
    </ClockProvider>,
  )
  return markup.replaceAll(/<\/(?:dt|dd|p|li)>/g, ' ').replaceAll(/<[^>]*>/g, '')
}

function ended(): Operation {
  const agents: AgentSight[] = [
    { node: 'pg-node-3', state: 'enrolled', lockedReason: null, seenAt: at, problem: null, vetoed: [] },
  ]
  const wish = { type: 'full', repository: 1, fromStandby: false, startFast: true, stanza: 'main' } as const
  return {
    id: 'b',
    kind: 'backup',
    clusterId: 'c',
    clusterName: 'postgres-cluster',
    state: 'succeeded',
    plan: planBackup(takeSnapshot(null, readingsOf(healthyWorld(at)), at), agents, wish, at),
    planHash: 'h',
    reason: 'before the upgrade',
    requestedBy: { id: 'ada', name: 'Ada' },
    requestedAt: at,
    startedAt: at,
    endedAt: later(11),
    outcome: 'The full backup 20261123-120000F of postgres-cluster stands.',
    result: {
      label: '20261123-120000F',
      type: 'full',
      repository: 1,
      sizeBytes: 30_000_000,
      deltaBytes: null,
      startedAt: at,
      stoppedAt: later(10),
    },
    steps: [step(1, 'Ask the agent on pg-node-3 for a full backup'), followed()],
    approval: null,
    isBreakGlass: false,
    epoch: 1,
    question: null,
    decisions: [],
    executor: 'worker',
  }
}

function step(n: number, title: string): OperationStep {
  return { n, name: `step-${n}`, title, state: 'done', startedAt: at, endedAt: later(1), detail: null, output: [] }
}

function followed(): OperationStep {
  return { ...step(2, 'Follow pgBackRest on pg-node-3 to its end'), output: [{ at, line: 'wrote 12 files' }] }
}
