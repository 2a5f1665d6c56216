import { backupTypeWord } from '#domain/backup/backup.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import type { StepOutcome } from '../define.ts'
import { askInfo } from './ask-agent.ts'
import type { BackupContext } from './context.ts'
import { type NewBackups, newBackups } from './new-backups.ts'
import { type BackupPace, usualPace } from './pace.ts'
import { stanzaFault } from './pgbackrest-words.ts'
import { resultOf } from './result.ts'

/** Asks anew what the repository lists: the backup stands when it is listed, not when the program ended well. */
export async function verify(context: BackupContext, pace: BackupPace = usualPace): Promise<StepOutcome> {
  const { node, stanza, repository, type } = context.operation.plan
  const fresh = await listed(context, pace)
  if ('sentence' in fresh) {
    return {
      kind: 'unknown',
      detail: `pgBackRest ended well, but what it lists on ${node} could not be read since: ${fresh.sentence} See there what pgbackrest info lists.`,
    }
  }
  const [made] = fresh.own
  const [unsigned] = fresh.unsigned
  if (!made && unsigned) {
    return {
      kind: 'unknown',
      detail: `pgBackRest ended well without naming its backup, and ${unsigned.label} is new in repository ${repository}. Whether it is this one cannot be told from here: see the log on ${node}.`,
    }
  }
  if (!made) {
    const detail = `pgBackRest ended well, but repository ${repository} lists no new backup of ${stanza}. See its log on ${node}.`
    return { kind: 'failed', detail }
  }
  const backup = resultOf(made, repository)
  await context.remember({ backup })
  if (made.hasPageErrors) {
    return {
      kind: 'failed',
      detail: `The backup ${made.label} is listed, but pgBackRest found pages with wrong checksums in it: data on the disk is damaged. Keep the older backups, and see the log on ${node}.`,
    }
  }
  if (made.type !== type) {
    const detail = `${made.label} is listed. It became a ${backupTypeWord(made.type)} one, since there was none to build on.`
    return { kind: 'done', detail }
  }
  return { kind: 'done', detail: `${made.label} is listed in repository ${repository}.` }
}

/** What is new; a sentence where nobody could tell for as long as it was asked. */
async function listed(
  context: BackupContext,
  { pollMs, verifyMs }: BackupPace,
): Promise<NewBackups | { sentence: string }> {
  const { node } = context.operation.plan
  const giveUpAt = performance.now() + verifyMs
  let told = ''
  for (;;) {
    const fresh = await look(context)
    if (!('sentence' in fresh)) return fresh
    const { sentence } = fresh
    if (performance.now() > giveUpAt) return { sentence }
    if (told !== sentence) context.say(`waiting for the agent on ${node}. ${sentence}`)
    told = sentence
    await sleep(pollMs, undefined, { signal: context.signal })
  }
}

async function look(context: BackupContext): Promise<NewBackups | { sentence: string }> {
  const { node, stanza, repository } = context.operation.plan
  try {
    const answer = await askInfo(context)
    const fresh = newBackups(context, answer)
    return fresh ?? { sentence: stanzaFault(answer, stanza, repository, node) ?? 'Its answer cannot be read.' }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { sentence: error.message }
  }
}
