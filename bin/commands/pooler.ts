import type { Command } from 'commander'
import type { PoolerAct } from '#domain/plan/pooler-plan.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { act, type ActOptions, withActOptions } from './act.ts'

interface PoolerOptions extends ActOptions {
  node?: string
  database?: string
  for?: string
}

const acts: readonly { verb: PoolerAct; description: string }[] = [
  { verb: 'pause', description: 'hold clients back for a while; it ends by itself' },
  { verb: 'resume', description: 'let clients go on; ends a pause that is under way' },
  { verb: 'reconnect', description: 'open new connections to Postgres as old ones come free' },
  { verb: 'reload', description: 'read the configuration again' },
  { verb: 'disable', description: 'refuse new clients' },
  { verb: 'enable', description: 'let new clients in again' },
  { verb: 'kill', description: 'cut off all clients; they may come back at once' },
]

/** `pooler ACT CLUSTER [--node N] [--database D] [--for 30s] --reason TEXT --yes [--confirm TEXT] [--wait]`. */
export function addPoolerCommands(program: Command, exit: Exit): void {
  const pooler = program.command('pooler').description('say a command to the pgBouncer of one node or all')
  for (const { verb, description } of acts) {
    const command = withActOptions(pooler.command(`${verb} <cluster>`).description(description))
      .option('--node <name>', 'the pooler beside this member alone')
      .option('--database <name>', 'this database alone')
    if (verb === 'pause') command.option('--for <time>', 'how long at most, such as 30s', '30s')
    if (verb === 'pause' || verb === 'kill') command.option('--confirm <text>', 'what the plan asks to be typed')
    command.action(async (cluster: string, options: PoolerOptions) => {
      const asked = {
        act: verb,
        ...(options.node === undefined ? {} : { node: options.node }),
        ...(options.database === undefined ? {} : { database: options.database }),
      }
      const limitMs = options.for === undefined ? null : lengthOf(options.for)
      const path = `/clusters/${encodeURIComponent(cluster)}/poolers`
      await act({
        plan: { path: `${path}/plan`, query: { ...asked, ...(limitMs === null ? {} : { limitMs: String(limitMs) }) } },
        request: {
          path,
          body: { ...asked, ...(limitMs === null ? {} : { limitMs }), confirm: options.confirm ?? null },
        },
        options,
        exit,
      })
    })
  }
}

/** `30s` or `30` in ms. */
function lengthOf(text: string): number {
  const [, seconds] = /^(\d{1,3})s?$/.exec(text) ?? []
  if (seconds === undefined) throw new UsageError(`${text} is no length of time: say it as 30s.`)
  return Number(seconds) * 1000
}
