import { backupTypeWord } from '#domain/backup/backup.ts'
import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { ask, probe } from './ask.ts'
import { follow } from './follow.ts'
import { preflight } from './preflight.ts'
import { sentSoFar, succeededSentence } from './result.ts'
import { verify } from './verify.ts'

/** More than an agent may be silent before it is asked for the backup. */
const deadlineMs = 1_800_000
const askDeadlineMs = 3_600_000
/** An agent ends a backup after a day; that may be heard hours later. */
const followDeadlineMs = 36 * 3_600_000
const verifyDeadlineMs = 2 * 3_600_000

/** Has a node's agent take a backup with pgBackRest, and sees that the repository lists it. */
export const backup: OperationDefinition<BackupPlan> = {
  kind: 'backup',
  version: 1,
  permission: 'backup.request',
  steps: stepsOf,
  acts: {
    preflight: { act: 'look', deadlineMs, run: (context) => preflight(context) },
    ask: {
      act: 'effect',
      deadlineMs: askDeadlineMs,
      run: (context) => ask(context),
      probe: (context) => probe(context),
    },
    follow: { act: 'look', follows: 'ask', deadlineMs: followDeadlineMs, run: (context) => follow(context) },
    verify: { act: 'look', deadlineMs: verifyDeadlineMs, run: (context) => verify(context) },
  },
  succeeded: (facts, plan) => ({ outcome: succeededSentence(facts, plan), result: facts.backup ?? null }),
  resultSoFar: (facts) => facts.backup ?? null,
  sentSoFar,
}

function stepsOf({ node, type, repository }: BackupPlan): { name: string; title: string }[] {
  return [
    { name: 'preflight', title: 'Look at the cluster and its repository again' },
    {
      name: 'ask',
      title: `Ask the agent on ${node} for ${type === 'incr' ? 'an' : 'a'} ${backupTypeWord(type)} backup`,
    },
    { name: 'follow', title: `Follow pgBackRest on ${node} to its end` },
    { name: 'verify', title: `Check that repository ${repository} lists the new backup` },
  ]
}
