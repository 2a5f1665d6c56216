import { beyond, expiryWords, isNothing } from '#domain/backup/expiry-words.ts'
import type { RepositoryResult } from '#domain/backup/repository-result.ts'
import { count, listNames } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import type { RepositoryContext } from './context.ts'
import { type InfoPace, readInfo } from './read-info.ts'
import { resultOf } from './result.ts'

/** Says what the chore came to, where that shows in the repository after asking it anew. */
export async function conclude(context: RepositoryContext, pace?: InfoPace): Promise<StepOutcome> {
  const { plan } = context.operation
  const chore = context.facts.chore ?? resultOf(plan, null)
  switch (plan.kind) {
    case 'repository-check':
      return {
        kind: 'done',
        detail: 'Every repository can be written to, and has the WAL that the leader archived last.',
      }
    case 'repository-verify':
      return concludeVerify(chore)
    case 'repository-expire':
      return concludeExpiry(context, chore, pace)
    case 'stanza-create':
      return concludeCreate(context, pace)
  }
}

function concludeVerify({ isSound, findings, checkedFiles }: RepositoryResult): StepOutcome {
  if (!isSound) return { kind: 'failed', detail: findings.join(' ') || 'The repository is damaged: see the output.' }
  // A verdict without a single file is none.
  if (checkedFiles === null || checkedFiles === 0)
    return { kind: 'failed', detail: 'pgBackRest ended without having looked at a single file: see the output.' }
  return { kind: 'done', detail: `${count(checkedFiles, 'file')} were read, and none is damaged or missing.` }
}

async function concludeExpiry(
  context: RepositoryContext,
  chore: RepositoryResult,
  pace?: InfoPace,
): Promise<StepOutcome> {
  const { node, repository } = context.operation.plan
  const went = chore.expired
  if (went === null)
    return {
      kind: 'unknown',
      detail: `pgBackRest on ${node} ended well without saying what it removed: see there what pgbackrest info lists.`,
    }
  const { wouldGo = { backups: [], archives: [] }, labelsBefore = [] } = context.facts
  const info = await readInfo(context, pace)
  const listed = 'stanza' in info ? (info.stanza?.backups ?? []) : null
  const labels = listed?.filter((each) => each.repository === repository).map(({ label }) => label) ?? null
  const named = new Set(went.backups.map(({ label }) => label))
  const lost = labels === null ? [] : labelsBefore.filter((label) => !labels.includes(label) && !named.has(label))
  const more = beyond(went, wouldGo)
  const less = beyond(wouldGo, went)
  const loud = [
    ...(isNothing(more) ? [] : [`More went than was shown. ${expiryWords(more, 'went').join(' ')}`]),
    ...(lost.length === 0 ? [] : [`Not listed any more, though pgBackRest did not name them: ${listNames(lost)}.`]),
  ]
  const quiet = [
    ...(isNothing(less) ? [] : ['Less went than was shown: the rest is still there.']),
    ...(labels === null && 'problem' in info ? [`What is left could not be read: ${info.problem}`] : []),
  ]
  await context.remember({ chore: { ...chore, isSound: loud.length === 0, findings: [...loud, ...quiet] } })
  const words = expiryWords(went, 'went').join(' ')
  return loud.length > 0
    ? { kind: 'failed', detail: `${loud.join(' ')} In all: ${words}` }
    : { kind: 'done', detail: [words, ...quiet].join(' ') }
}

async function concludeCreate(context: RepositoryContext, pace?: InfoPace): Promise<StepOutcome> {
  const { node, stanza } = context.operation.plan
  const info = await readInfo(context, pace)
  if ('problem' in info)
    return { kind: 'unknown', detail: `pgBackRest ended well, but could not be asked since: ${info.problem}` }
  const bad = info.stanza?.repositories.filter(({ statusCode }) => statusCode !== 0 && statusCode !== noBackups) ?? []
  if (info.stanza === null || bad.length > 0) {
    const why = bad.map(({ key, message }) => `Repository ${key}: ${message}.`).join(' ')
    return {
      kind: 'failed',
      detail: `pgBackRest on ${node} ended well, but does not know the stanza ${stanza}. ${why}`.trim(),
    }
  }
  return { kind: 'done', detail: `pgBackRest on ${node} knows the stanza ${stanza} in every repository.` }
}

/** Right after a stanza was made there is none. */
const noBackups = 2
