import type { Command } from 'commander'
import type { Availability } from '#domain/availability/measure.ts'
import { readTarget, type AgainstTarget } from '#domain/availability/target.ts'
import { againstWords } from '#domain/availability/words.ts'
import { formatDuration } from '#domain/format.ts'
import { UsageError } from '../api-problem.ts'
import { change, get } from '../api.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { reasonIn } from '../reason-in.ts'

interface AvailabilityShape {
  cluster: string
  measured: Availability
  sentence: string
  target: number
  against: AgainstTarget
  /** As JSON has them. */
  stretches: { kind: string; began: string; ended: string | null; words: string }[]
}

interface AvailabilityOptions {
  month?: string
  quarter?: string
  target?: string
  reason?: string
  json?: boolean
}

/** `availability NAME`, also to set what it is held to. */
export function addAvailabilityCommand(program: Command): void {
  program
    .command('availability <cluster>')
    .description('how much of a month or quarter the cluster took writes, with every outage and how it is known')
    .option('--month <month>', 'such as 2026-11; left out, this month')
    .option('--quarter <quarter>', 'such as 2026-Q4')
    .option('--target <percent>', 'set what it is held to, such as 99.9')
    .option('--reason <text>', 'why the target is set')
    .option('--json', 'print {cluster, measured, sentence, target, against, stretches}')
    .action(async (cluster: string, options: AvailabilityOptions) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/availability`
      if (options.target !== undefined) {
        const target = readTarget(options.target)
        if (target === null) throw new UsageError(`${options.target} is no target: write percent, such as 99.9.`)
        await change('PUT', `${path}/target`, { target, reason: reasonIn(options) })
      }
      const found = await get<AvailabilityShape>(path, { period: options.quarter ?? options.month })
      if (options.json) return printJson(found)
      printLines([found.sentence, againstWords(found.against, found.target, found.measured.share)])
      if (found.stretches.length === 0) return
      printTable(
        ['what', 'began', 'lasted', 'because'],
        found.stretches.map(({ kind, began, ended, words }) => [
          kind,
          moment(new Date(began)),
          ended === null ? 'goes on' : formatDuration(Date.parse(ended) - Date.parse(began)),
          words,
        ]),
      )
    })
}
