import type { Command } from 'commander'
import { formatDuration } from '#domain/format.ts'
import type { SignalAct } from '#domain/plan/signal-plan.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { printJson, printTable } from '../print.ts'
import { act, type ActOptions, withActOptions } from './act.ts'

interface SignalOptions extends ActOptions {
  startedAt?: string
}

const acts: readonly { verb: SignalAct; description: string }[] = [
  { verb: 'cancel', description: 'end the statement that a session runs' },
  { verb: 'terminate', description: 'end a session; its transaction is rolled back' },
]

/** `backends CLUSTER` and `backend cancel|terminate CLUSTER MEMBER PID --started-at T --reason TEXT --yes [--wait]`. */
export function addBackendCommands(program: Command, exit: Exit): void {
  program
    .command('backends <cluster>')
    .description('sessions of Postgres that run long or hold up others')
    .option('--json', 'print them: [{member, pid, backendStart, state, ...}]')
    .action(async (cluster: string, { json }: { json?: boolean }) => {
      const { stack } = await get<{ stack: StackView | null }>(`/clusters/${encodeURIComponent(cluster)}/stack`)
      const listed = listedIn(stack)
      if (json) printJson(listed)
      else printTable(['MEMBER', 'PID', 'STARTED', 'USER', 'DATABASE', 'STATE', 'TRANSACTION'], listed.map(rowOf))
    })
  const backend = program.command('backend').description('end what a session of Postgres does, or the session')
  for (const { verb, description } of acts) {
    withActOptions(backend.command(`${verb} <cluster> <member> <pid>`).description(description))
      .option('--started-at <time>', 'when the session began, as `backends` tells it: pids are used again')
      .action(async (cluster: string, member: string, pid: string, options: SignalOptions) => {
        if (options.startedAt === undefined)
          throw new UsageError('Say which session is meant with --started-at TIME, as `backends` tells it.')
        const path = `/clusters/${[cluster, 'backends', member, pid].map(encodeURIComponent).join('/')}`
        const asked = { act: verb, backendStart: options.startedAt }
        await act({
          plan: { path: `${path}/plan`, query: asked },
          request: { path: `${path}/signal`, body: asked },
          options,
          exit,
        })
      })
  }
}

/** Each session once, those that wait for others with them. */
function listedIn(stack: StackView | null) {
  return (stack?.members ?? []).flatMap(({ name: member, postgres }) => {
    const { longSessions = [], blocked = [] } = postgres?.value ?? {}
    const long = new Set(longSessions.map(({ pid }) => pid))
    const sessions = [...longSessions, ...blocked.filter(({ pid }) => !long.has(pid))]
    return sessions.map(({ pid, backendStart, user, database, application, state, transactionSeconds }) => ({
      member,
      pid,
      backendStart,
      user,
      database,
      application,
      state,
      transactionSeconds,
    }))
  })
}

function rowOf(one: ReturnType<typeof listedIn>[number]): string[] {
  return [
    one.member,
    String(one.pid),
    one.backendStart?.toISOString() ?? '',
    one.user ?? '',
    one.database ?? '',
    one.state ?? '',
    one.transactionSeconds === null ? '' : formatDuration(one.transactionSeconds * 1000),
  ]
}
