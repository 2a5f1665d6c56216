import type { Command } from 'commander'
import type { Availability } from '#domain/availability/measure.ts'
import type { AgainstTarget } from '#domain/availability/target.ts'
import { againstWords } from '#domain/availability/words.ts'
import { formatDuration } from '#domain/format.ts'
import { get } from '../api.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface AvailabilityShape {
  cluster: string
  measured: Availability
  sentence: string
  target: number
  against: AgainstTarget
  stretches: { kind: string; began: Date; ended: Date | null; words: string }[]
}

/** `availability NAME`. */
export function addAvailabilityCommand(program: Command): void {
  program
    .command('availability <cluster>')
    .description('how much of a month or quarter the cluster took writes, with every outage and how it is known')
    .option('--month <month>', 'such as 2026-11; left out, this month')
    .option('--quarter <quarter>', 'such as 2026-Q4')
    .option('--json', 'print {cluster, measured, sentence, target, against, stretches}')
    .action(async (cluster: string, options: { month?: string; quarter?: string; json?: boolean }) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/availability`
      const found = await get<AvailabilityShape>(path, { period: options.quarter ?? options.month })
      if (options.json) return printJson(found)
      printLines([found.sentence, againstWords(found.against, found.target)])
      if (found.stretches.length === 0) return
      printTable(
        ['what', 'began', 'lasted', 'because'],
        found.stretches.map(({ kind, began, ended, words }) => [
          kind,
          moment(began),
          ended === null ? 'goes on' : formatDuration(ended.getTime() - began.getTime()),
          words,
        ]),
      )
    })
}
