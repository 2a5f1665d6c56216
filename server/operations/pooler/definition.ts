import type { PoolerCommandPlan, PoolerPausePlan } from '#domain/plan/pooler-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { command } from './command.ts'
import { hold } from './hold.ts'
import { pause } from './pause.ts'
import { preflight } from './preflight.ts'

const deadlineMs = 600_000

/** Holds clients of poolers back for a while. */
export const poolerPause: OperationDefinition<PoolerPausePlan> = {
  kind: 'pooler-pause',
  version: 1,
  permission: 'traffic.command',
  steps: ({ aim }) => [
    { name: 'preflight', title: 'Look whether the agents can be asked' },
    { name: 'pause', title: `Hold clients back: ${aim}` },
    { name: 'hold', title: 'Wait until they are let go on' },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: (context) => preflight(context) },
    // The agents keep one job a node and step, to which whoever comes again attaches.
    pause: {
      act: 'effect',
      deadlineMs,
      run: (context) => pause(context),
      probe: () => Promise.resolve({ kind: 'not-done' }),
    },
    hold: { act: 'look', deadlineMs, run: (context) => hold(context), follows: 'pause' },
  },
  succeeded: (_, { aim }) => ({ outcome: `Clients were held back and go on: ${aim}.`, result: null }),
  resultSoFar: () => null,
  sentSoFar: ({ sends = 0 }, { aim, limitMs }) =>
    sends === 0
      ? null
      : `Clients may be held back (${aim}): the agents resume at the latest ${limitMs / 1000} s after they began.`,
}

/** One of pgBouncer's commands to one or all of a cluster's poolers. */
export const poolerCommand: OperationDefinition<PoolerCommandPlan> = {
  kind: 'pooler-command',
  version: 1,
  permission: 'traffic.command',
  steps: ({ act, aim }) => [
    { name: 'preflight', title: 'Look whether the agents can be asked' },
    { name: 'command', title: `${act.toUpperCase()} ${aim}` },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: (context) => preflight(context) },
    command: {
      act: 'effect',
      deadlineMs,
      run: (context) => command(context),
      probe: () => Promise.resolve({ kind: 'not-done' }),
    },
  },
  succeeded: (_, { act, aim }) => ({ outcome: `${act.toUpperCase()} is done: ${aim}.`, result: null }),
  resultSoFar: () => null,
  sentSoFar: ({ sends = 0 }, { act, aim }) =>
    sends === 0 ? null : `${act.toUpperCase()} may have been said to some: ${aim}. See how their pools stand.`,
}
