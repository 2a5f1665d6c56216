import { expect, test } from 'vitest'
import { backupStage } from '../testing/backup-stage.ts'
import type { BackupContext } from './context.ts'
import { ProgressTeller } from './progress-teller.ts'

test('where only the text of info tells how far a backup is, it is told from there', async () => {
  const { context, lines } = await backupStage()
  const teller = new ProgressTeller(answering(context, '42.50'), 0)
  await teller.look()
  expect(lines).toEqual(['the data are copied (42 %)'])
  await new ProgressTeller(answering(context, null), 0).look()
  expect(lines).toHaveLength(1)
})

/** pgBackRest 2.45: the JSON says that the lock is held, and nothing more. */
function answering(context: BackupContext, percent: string | null): BackupContext {
  const json = '[{"name":"main","status":{"code":0,"message":"ok","lock":{"backup":{"held":true}}},"backup":[]}]'
  const running = percent === null ? '' : ` - ${percent}% complete`
  const text = `stanza: main\n    status: ok (backup/expire running${running})\n    cipher: aes-256-cbc\n`
  const agent = {
    node: context.operation.plan.node,
    ask: (_verb: string, args: object) =>
      Promise.resolve({ stdout: 'output' in args && args.output === 'text' ? text : json }),
  }
  return { ...context, cluster: { ...context.cluster, agent: () => agent } }
}
