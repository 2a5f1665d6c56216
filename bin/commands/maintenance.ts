import type { Command } from 'commander'
import { endOf, isGoingOn, overWords, type MaintenanceWindow } from '#domain/maintenance/window.ts'
import { UsageError } from '../api-problem.ts'
import { change, get } from '../api.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { reasonIn } from '../reason-in.ts'
import { endIn } from './alerts.ts'

interface StartOptions {
  label?: string
  for: string
  at?: string
  ownActs?: boolean
  reason?: string
  json?: boolean
}

/** `maintenance start|list|end|extend`. */
export function addMaintenanceCommands(program: Command): void {
  const maintenance = program.command('maintenance').description('planned work: nobody is told of alerts until its end')
  maintenance
    .command('start [cluster]')
    .description('begin planned work on a cluster, or with --label on all that carry it')
    .option('--label <label>', 'instead of a cluster')
    .requiredOption('--for <time>', 'how long: 30m, 2h, 7d at most')
    .option('--at <time>', 'when it begins, such as 2026-03-01T12:00:00Z; left out, now')
    .option('--own-acts', 'nobody but you switches over or recovers meanwhile')
    .option('--reason <text>', 'why, for whoever wonders')
    .option('--json', 'print the window')
    .action(async (cluster: string | undefined, options: StartOptions) => {
      const startsAt = options.at === undefined ? null : momentIn(options.at)
      const window = await change<MaintenanceWindow>('POST', '/maintenance', {
        ...(cluster !== undefined && { cluster }),
        ...(options.label !== undefined && { label: options.label }),
        ...(startsAt !== null && { startsAt }),
        endsAt: endIn(options.for, startsAt ?? new Date()),
        forbids: options.ownActs ? 'acts-of-others' : 'nothing',
        reason: reasonIn(options),
      })
      if (options.json) return printJson(window)
      printLines([
        `Maintenance on ${overWords(window)} until ${moment(window.endsAt)}. To end it before: matriarch maintenance end ${window.id}`,
      ])
    })
  maintenance
    .command('list [cluster]')
    .description('what goes on or is to come')
    .option('--all', 'with those that ended, the newest first')
    .option('--json', 'print {windows}')
    .action(async (cluster: string | undefined, { all, json }: { all?: boolean; json?: boolean }) => {
      const found = await get<{ windows: MaintenanceWindow[]; serverNow: Date }>('/maintenance', {
        cluster,
        ...(all && { isAll: 'true' }),
      })
      if (json) return printJson(found)
      if (found.windows.length === 0) return printLines(['There is no maintenance.'])
      printTable(
        ['state', 'over', 'begins', 'ends', 'owner', 'reason', 'id'],
        found.windows.map((window) => [
          stateOf(window, found.serverNow),
          overWords(window),
          moment(window.startsAt),
          moment(endOf(window)),
          window.owner.name,
          window.reason,
          window.id,
        ]),
      )
    })
  maintenance
    .command('extend <id>')
    .description('give it a later end')
    .requiredOption('--for <time>', 'so long from now: 30m, 2h, 7d at most')
    .option('--reason <text>', 'why it takes longer')
    .option('--json', 'print the window')
    .action(async (id: string, options: { for: string; reason?: string; json?: boolean }) => {
      const body = { endsAt: endIn(options.for, new Date()), reason: reasonIn(options) }
      const window = await change<MaintenanceWindow>('POST', `/maintenance/${encodeURIComponent(id)}/extend`, body)
      if (options.json) return printJson(window)
      printLines([`It ends at ${moment(window.endsAt)} now.`])
    })
  maintenance
    .command('end <id>')
    .description('end it now: alerts that still fire are told')
    .option('--json', 'print the window')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const window = await change<MaintenanceWindow>('DELETE', `/maintenance/${encodeURIComponent(id)}`, undefined)
      if (json) return printJson(window)
      printLines([`The maintenance on ${overWords(window)} has ended.`])
    })
}

function stateOf(window: MaintenanceWindow, now: Date): string {
  if (isGoingOn(window, now)) return 'goes on'
  return window.startsAt > now && window.endedAt === null ? 'to come' : 'ended'
}

function momentIn(text: string): Date {
  const at = new Date(text)
  if (!/\dT\d/.test(text) || Number.isNaN(at.getTime()))
    throw new UsageError(`${text} is no moment: write it with its zone, such as 2026-03-01T12:00:00Z.`)
  return at
}
