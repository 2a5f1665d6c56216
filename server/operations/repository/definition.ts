import type { RepositoryChore, RepositoryPlan } from '#domain/plan/repository-plan.ts'
import type { OperationDefinition, StepAct } from '../define.ts'
import { conclude } from './conclude.ts'
import { doChore } from './do-chore.ts'
import { preflight } from './preflight.ts'
import { preview } from './preview.ts'
import { sentSoFar, succeededSentence } from './sentences.ts'

/** More than an agent may be silent. */
const lookMs = 1_800_000
/** An agent ends the job within an hour; that may be heard later. */
const jobMs = 3 * 3_600_000
/** Reading a whole repository takes a day at most. */
const verifyMs = 36 * 3_600_000

/** Archiving works to and fro. */
export const repositoryCheck = choreOf('repository-check')
/** Every file is read and held against its checksum. */
export const repositoryVerify = choreOf('repository-verify')
/** What is no longer kept goes, and no more than was shown. */
export const repositoryExpire = choreOf('repository-expire')
/** A repository is set up. */
export const stanzaCreate = choreOf('stanza-create')

function choreOf(kind: RepositoryChore): OperationDefinition<RepositoryPlan> {
  return {
    kind,
    version: 1,
    permission:
      kind === 'repository-check' || kind === 'repository-verify' ? 'repository.maintain' : 'repository.change',
    steps: stepsOf,
    acts: {
      preflight: { act: 'look', deadlineMs: lookMs, run: (context) => preflight(context) },
      preview: { act: 'look', deadlineMs: jobMs, run: (context) => preview(context) },
      do: actOf(kind),
      conclude: { act: 'look', deadlineMs: lookMs, run: (context) => conclude(context) },
    },
    succeeded: (facts, plan) => ({ outcome: succeededSentence(facts, plan), result: facts.chore ?? null }),
    resultSoFar: (facts) => facts.chore ?? null,
    sentSoFar,
  }
}

/** Reading can be repeated and ended at will; of the others the agent keeps one job a step, to which whoever comes again attaches. */
function actOf(kind: RepositoryChore): StepAct<RepositoryPlan> {
  if (kind === 'repository-verify') return { act: 'look', deadlineMs: verifyMs, run: (context) => doChore(context) }
  return {
    act: 'effect',
    deadlineMs: jobMs,
    run: (context) => doChore(context),
    probe: () => Promise.resolve({ kind: 'not-done' }),
  }
}

function stepsOf({ kind, node, repository, set }: RepositoryPlan): { name: string; title: string }[] {
  const first = { name: 'preflight', title: 'Look at the cluster and its repository again' }
  switch (kind) {
    case 'repository-check':
      return [
        first,
        { name: 'do', title: `Have pgBackRest on ${node} check that WAL reaches every repository` },
        { name: 'conclude', title: 'Say what was found' },
      ]
    case 'repository-verify':
      return [
        first,
        { name: 'do', title: `Have pgBackRest on ${node} read every file of repository ${repository}` },
        { name: 'conclude', title: 'Say what was found' },
      ]
    case 'repository-expire':
      return [
        first,
        { name: 'preview', title: 'Ask once more what would go' },
        {
          name: 'do',
          title:
            set === null
              ? `Have pgBackRest on ${node} remove what repository ${repository} no longer keeps`
              : `Have pgBackRest on ${node} remove ${set} from repository ${repository}`,
        },
        { name: 'conclude', title: 'Check that all else is still listed' },
      ]
    case 'stanza-create':
      return [
        first,
        { name: 'do', title: `Have pgBackRest on ${node} set up the stanza` },
        { name: 'conclude', title: 'Check that pgBackRest knows the stanza' },
      ]
  }
}
