import type { Command } from 'commander'
import type { HaproxyAct } from '#domain/plan/haproxy-plan.ts'
import type { Exit } from '../exit.ts'
import { act, type ActOptions, withActOptions } from './act.ts'

const acts: readonly { verb: HaproxyAct; description: string }[] = [
  { verb: 'drain', description: 'give a server no new connections; those it has stay' },
  { verb: 'ready', description: 'give a server connections again' },
]

/** `haproxy drain|ready CLUSTER PROXY SERVER --reason TEXT --yes [--confirm TEXT] [--wait]`. */
export function addHaproxyCommands(program: Command, exit: Exit): void {
  const haproxy = program.command('haproxy').description('drain a server behind HAProxy, or take it back')
  for (const { verb, description } of acts) {
    withActOptions(haproxy.command(`${verb} <cluster> <proxy> <server>`).description(description))
      .option('--confirm <text>', 'what the plan asks to be typed')
      .action(async (cluster: string, proxy: string, server: string, options: ActOptions) => {
        const path = `/clusters/${[cluster, 'haproxy', proxy, server].map(encodeURIComponent).join('/')}`
        await act({
          plan: { path: `${path}/plan`, query: { act: verb } },
          request: { path, body: { act: verb, confirm: options.confirm ?? null } },
          options,
          exit,
        })
      })
  }
}
