import type { Command } from 'commander'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { parseLsn } from '#domain/lsn.ts'
import { UsageError } from './api-problem.ts'
import { timeIn } from './commands/events.ts'

/** Where a recovery shall stop, as typed. */
export interface TargetOptions {
  target?: string
  at?: string
  lsn?: string
  xid?: string
  name?: string
  backupEnd?: boolean
  latest?: boolean
  exclusive?: boolean
  set?: string
  timeline?: string
}

/** Gives a verb the options that name where a recovery stops. */
export function withTarget(command: Command): Command {
  return command
    .option('--target <time>', 'recover to this moment, such as 2026-03-01T12:00:00Z, or 30m ago')
    .option('--at <time>', 'the same as --target')
    .option('--lsn <position>', 'recover to this WAL position, such as 0/3000028')
    .option('--xid <number>', 'recover to this transaction')
    .option('--name <name>', 'recover to this named restore point')
    .option('--backup-end', 'recover no further than the backup needs')
    .option('--latest', 'recover to the end of the archive')
    .option('--exclusive', 'with --lsn or --xid: stop before it instead of after it')
    .option('--set <label>', 'with --xid, --name or --backup-end: from this backup')
    .option('--timeline <number>', 'on this timeline, not the current one')
}

/** The target that the options name; null where they name none. Throws UsageError for more than one, and for what does not go together. */
export function targetIn(options: TargetOptions): RecoveryTarget | null {
  const named = targetOptions.filter((name) => options[name] !== undefined)
  if (named.length > 1)
    throw new UsageError(`One target at a time: ${named.map(flagOf).join(' and ')} do not go together.`)
  const [kind] = named
  if (kind === undefined) return null
  const target = targetOf(kind, options)
  if (options.exclusive && target.type !== 'lsn' && target.type !== 'xid') {
    throw new UsageError('--exclusive goes with --lsn or --xid alone.')
  }
  if (options.set !== undefined && !('set' in target)) {
    throw new UsageError(
      '--set goes with --xid, --name or --backup-end alone: for any other target the backup is chosen.',
    )
  }
  if (options.timeline !== undefined && !('timeline' in target)) {
    throw new UsageError('--timeline does not go with --backup-end: a backup ends on its own.')
  }
  return target
}

/** The same; throws UsageError where there is none. */
export function needTarget(options: TargetOptions): RecoveryTarget {
  const target = targetIn(options)
  if (target !== null) return target
  throw new UsageError('Say where to recover to: --target TIME, --lsn, --xid, --name, --backup-end or --latest.')
}

const targetOptions = ['target', 'at', 'lsn', 'xid', 'name', 'backupEnd', 'latest'] as const

function targetOf(kind: (typeof targetOptions)[number], options: TargetOptions): RecoveryTarget {
  const timeline = options.timeline === undefined ? null : wholeNumber('--timeline', options.timeline)
  const set = options.set ?? null
  const side = options.exclusive ? { isExclusive: true } : {}
  switch (kind) {
    case 'target':
    case 'at':
      return { type: 'time', at: timeIn(options[kind] ?? '', new Date()), timeline }
    case 'lsn':
      return { type: 'lsn', lsn: positionIn(options.lsn ?? ''), timeline, ...side }
    case 'xid':
      return { type: 'xid', value: String(wholeNumber('--xid', options.xid ?? '')), set, timeline, ...side }
    case 'name':
      return { type: 'name', value: options.name ?? '', set, timeline }
    case 'backupEnd':
      return { type: 'immediate', set }
    case 'latest':
      return { type: 'default', timeline }
  }
}

function positionIn(text: string): number {
  const position = parseLsn(text)
  if (position !== null) return position
  throw new UsageError(`${text} is no WAL position: write it as Postgres does, such as 0/3000028.`)
}

/** A whole number above 0 as typed; throws UsageError. */
export function wholeNumber(flag: string, text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new UsageError(`${text} is no number for ${flag}.`)
}

function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
