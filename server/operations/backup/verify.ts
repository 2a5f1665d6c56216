import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import type { StepOutcome } from '../define.ts'
import { askInfo } from './ask-agent.ts'
import type { BackupContext } from './context.ts'
import { newBackups } from './new-backups.ts'
import { type BackupPace, usualPace } from './pace.ts'
import { resultOf, typeWords } from './result.ts'

/** Asks anew what the repository lists: the backup stands when it is listed, not when the program ended well. */
export async function verify(context: BackupContext, pace: BackupPace = usualPace): Promise<StepOutcome> {
  const { node, stanza, repository, type } = context.operation.plan
  const info = await listed(context, pace)
  if (info.kind === 'silent') {
    return {
      kind: 'unknown',
      detail: `pgBackRest ended well, but the agent on ${node} has not answered since: ${info.sentence} See there what pgbackrest info lists.`,
    }
  }
  const fresh = newBackups(context, info.answer)
  if (fresh === null) {
    return { kind: 'unknown', detail: `What pgBackRest on ${node} lists could not be read. See pgbackrest info there.` }
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
    const detail = `${made.label} is listed. It became a ${typeWords[made.type]} one, since there was none to build on.`
    return { kind: 'done', detail }
  }
  return { kind: 'done', detail: `${made.label} is listed in repository ${repository}.` }
}

type Listed = { kind: 'answer'; answer: unknown } | { kind: 'silent'; sentence: string }

async function listed(context: BackupContext, { pollMs, verifyMs }: BackupPace): Promise<Listed> {
  const { node } = context.operation.plan
  const giveUpAt = performance.now() + verifyMs
  let told = ''
  for (;;) {
    try {
      return { kind: 'answer', answer: await askInfo(context) }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (performance.now() > giveUpAt) return { kind: 'silent', sentence: error.message }
      if (told !== error.message) context.say(`waiting for the agent on ${node}. ${error.message}`)
      told = error.message
    }
    await sleep(pollMs, undefined, { signal: context.signal })
  }
}
