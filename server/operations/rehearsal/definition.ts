import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { archive } from './archive.ts'
import { callOff, destroy } from './destroy.ts'
import { inspect } from './inspect.ts'
import { amcheck, extract } from './look-closer.ts'
import { onward } from './onward.ts'
import { preflight } from './preflight.ts'
import { recover, restore } from './recover.ts'
import { report, resultOf, succeededSentence } from './result.ts'
import { effect, look } from './timed.ts'
import { titleOf } from './titles.ts'

/** Restores a moment beside the running cluster, looks at what is there, and takes it away again. */
export const rehearsal: OperationDefinition<RehearsalPlan> = {
  kind: 'rehearsal',
  version: 1,
  permission: 'rehearsal.request',
  steps: (plan) => actsOf(plan).map((name) => ({ name, title: titleOf(name, plan) })),
  acts: {
    preflight: look((context) => preflight(context)),
    archive: effect((context) => archive(context)),
    restore: effect((context) => restore(context)),
    recover: effect((context) => recover(context)),
    inspect: look((context) => inspect(context)),
    amcheck: effect((context) => amcheck(context)),
    extract: effect((context) => extract(context)),
    destroy: effect((context) => destroy(context)),
    report: look(report),
    'call-off': look((context) => callOff(context)),
  },
  succeeded: (facts, plan) => ({ outcome: succeededSentence(facts, plan), result: resultOf(facts, plan) }),
  onward,
  // All of it is taken back in the end, whether it is called off or not.
  canBeTakenBack: () => true,
  resultSoFar: resultOf,
  sentSoFar: ({ rehearsal: so }, { node }) =>
    so?.isBegun === true ? `Something of it may be on ${node}; it is deleted next.` : null,
}

function actsOf({ archivesFirst, verifiesPages, extract: wanted }: RehearsalPlan): string[] {
  return [
    'preflight',
    ...(archivesFirst ? ['archive'] : []),
    'restore',
    'recover',
    'inspect',
    ...(verifiesPages ? ['amcheck'] : []),
    ...(wanted === null ? [] : ['extract']),
    'destroy',
    'report',
  ]
}
