import { beyond, expiryWords, isNothing } from '#domain/backup/expiry-words.ts'
import { expiryOf } from '#server/adapters/agent/expiry.ts'
import { runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import type { RepositoryContext } from './context.ts'
import { inWords } from '../pgbackrest-failure.ts'

/** Asks pgBackRest what would go now: where that is more than was shown to whoever asked, nothing does. */
export async function preview(context: RepositoryContext): Promise<StepOutcome> {
  const { node, stanza, repository, set, preview: shown } = context.operation.plan
  const args = { stanza, repository, set, isDryRun: true }
  const end = await runJob(context, { node, verb: 'pgbackrest-expire', args, isCancellable: true, tell: () => null })
  if (end.kind !== 'succeeded') return end.kind === 'failed' ? inWords(end.detail, 'refused') : end
  const wouldGo = expiryOf(end.job.result, repository)
  if (wouldGo === null)
    return {
      kind: 'refused',
      detail: `What would go could not be read of the answer from ${node}, so nothing was removed.`,
    }
  for (const line of expiryWords(wouldGo, 'would go')) context.say(line)
  const more = beyond(wouldGo, shown ?? { backups: [], archives: [] })
  if (!isNothing(more)) {
    const detail = `More would go by now than was shown, so nothing was removed. ${expiryWords(more, 'would go').join(' ')} Look at what would go and ask again.`
    return { kind: 'refused', detail }
  }
  await context.remember({ wouldGo })
  return { kind: 'done', detail: isNothing(wouldGo) ? 'Nothing would go.' : 'What would go is what was shown.' }
}
