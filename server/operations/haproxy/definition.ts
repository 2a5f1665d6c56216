import type { HaproxyPlan } from '#domain/plan/haproxy-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { ask, preflight, probe, verify } from './command.ts'

const deadlineMs = 60_000

/** Drains a server behind HAProxy, or makes it ready again. */
export const haproxyCommand: OperationDefinition<HaproxyPlan> = {
  kind: 'haproxy-command',
  version: 1,
  permission: 'traffic.command',
  steps: ({ act, proxy, server }) => [
    { name: 'preflight', title: `Look how ${server} stands in ${proxy}` },
    { name: 'ask', title: act === 'drain' ? `Have HAProxy drain ${server}` : `Have HAProxy take ${server} back` },
    { name: 'verify', title: 'Read its statistics' },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: preflight },
    ask: { act: 'effect', deadlineMs, run: ask, probe },
    verify: { act: 'look', deadlineMs, run: verify },
  },
  succeeded: (_, { act, proxy, server }) => ({
    outcome:
      act === 'drain'
        ? `HAProxy gives ${server} no new connections from ${proxy}.`
        : `HAProxy gives ${server} connections from ${proxy} again.`,
    result: null,
  }),
  resultSoFar: () => null,
  sentSoFar: ({ sends = 0 }, { proxy, server }) =>
    sends === 0 ? null : `HAProxy may have been asked: see on its statistics page how ${server} stands in ${proxy}.`,
}
