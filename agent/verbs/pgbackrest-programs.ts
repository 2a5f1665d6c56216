import type { AgentConfig } from '#agent/config/agent-config.ts'
import { type ArgsOf, verbs } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { withArgs } from './checked-args.ts'
import { environmentOf, type Program } from './program.ts'
import type { PgbackrestVerb } from './routes.ts'

/** Of a version `2.45` the number after the dot; null while it is not known. */
export type MinorVersion = number | null

/** The program of each pgBackRest verb. */
export const pgbackrestPrograms: Record<
  PgbackrestVerb,
  (raw: unknown, config: AgentConfig, version: MinorVersion) => Program
> = {
  'pgbackrest-info': withArgs(verbs['pgbackrest-info'].args, ({ stanza, output = 'json' }, config) =>
    pgbackrest(config, stanza, [...quiet, `--output=${output}`, 'info']),
  ),
  'pgbackrest-repo-ls': withArgs(verbs['pgbackrest-repo-ls'].args, (args, config) =>
    pgbackrest(config, args.stanza, [...quiet, `--repo=${args.repository}`, '--output=json', 'repo-ls', pathOf(args)]),
  ),
  'pgbackrest-history': withArgs(verbs['pgbackrest-history'].args, (args, config) => {
    const path = `archive/${args.stanza}/${args.archiveId}/${args.timeline}.history`
    return pgbackrest(config, args.stanza, [...quiet, `--repo=${args.repository}`, 'repo-get', path])
  }),
  'pgbackrest-check': withArgs(verbs['pgbackrest-check'].args, ({ stanza }, config) =>
    pgbackrest(config, stanza, [...telling, 'check']),
  ),
  'pgbackrest-stanza-create': withArgs(verbs['pgbackrest-stanza-create'].args, ({ stanza }, config) =>
    pgbackrest(config, stanza, [...telling, 'stanza-create']),
  ),
  'pgbackrest-backup': withArgs(verbs['pgbackrest-backup'].args, (args, config, version: MinorVersion) =>
    pgbackrest(config, args.stanza, [...telling, ...backupOptions(args, version), 'backup']),
  ),
  'pgbackrest-expire': withArgs(verbs['pgbackrest-expire'].args, (args, config) => {
    const set = args.set === null ? [] : [`--set=${args.set}`]
    const dryRun = args.isDryRun ? ['--dry-run'] : []
    return pgbackrest(config, args.stanza, [...telling, `--repo=${args.repository}`, ...set, ...dryRun, 'expire'])
  }),
  'pgbackrest-verify': withArgs(verbs['pgbackrest-verify'].args, ({ stanza, repository }, config) =>
    // Which file is damaged stands in its log alone.
    pgbackrest(config, stanza, [...telling, `--repo=${repository}`, '--output=text', '--verbose', 'verify']),
  ),
  'pgbackrest-restore': withArgs(verbs['pgbackrest-restore'].args, (args, config) =>
    pgbackrest(config, args.stanza, [...detailed, ...restoreOptions(args), 'restore']),
  ),
}

/** Restores into a rehearsal's own folder, and nowhere else, whatever pgBackRest's own configuration maps where. */
export function rehearsalRestoreProgram(
  config: AgentConfig,
  args: Omit<ArgsOf<'rehearsal-restore'>, 'name'>,
  { data, tablespaces, isBegun }: { data: string; tablespaces: string; isBegun: boolean },
): Program {
  const options = restoreOptions({ ...args, action: 'promote' })
  return pgbackrest(config, args.stanza, [
    ...detailed,
    `--pg1-path=${data}`,
    '--no-link-all',
    '--reset-link-map',
    '--reset-tablespace-map',
    `--tablespace-map-all=${tablespaces}`,
    '--reset-recovery-option',
    '--reset-db-include',
    '--reset-db-exclude',
    '--archive-mode=off',
    // Into an empty folder it would warn that there is nothing to compare with.
    ...options.filter((option) => isBegun || option !== '--delta'),
    'restore',
  ])
}

/** Fetches one WAL segment to a place of ours. */
export function archiveGetProgram(
  config: AgentConfig,
  { stanza, repository, segment, to }: { stanza: string; repository: number; segment: string; to: string },
): Program {
  // Asynchronously it would take from what the live Postgres has had fetched for itself.
  const options = [`--repo=${repository}`, '--no-archive-async', '--log-level-file=off']
  return pgbackrest(config, stanza, [...quiet, ...options, 'archive-get', segment, to])
}

// Its defaults are not the same in all versions, and a warning must not come between lines of JSON.
const quiet = ['--log-level-console=off', '--log-level-stderr=warn']
const telling = ['--log-level-console=info', '--log-level-stderr=warn']
// Restores tell how far they are in these lines alone.
const detailed = ['--log-level-console=detail', '--log-level-stderr=warn']

function pgbackrest(config: AgentConfig, stanza: string, rest: string[]): Program {
  if (stanza !== config.pgbackrest.stanza) {
    const sentence = `Node "${config.node}" belongs to stanza "${config.pgbackrest.stanza}" by its agent.toml: nothing is done with stanza "${stanza}".`
    throw new RefusedError('bad-arguments', sentence)
  }
  const argv = [`--stanza=${stanza}`, ...rest]
  return { file: config.pgbackrest.program, argv, env: environmentOf(config), as: 'postgres' }
}

function pathOf({ stanza, archiveId, folder }: ArgsOf<'pgbackrest-repo-ls'>): string {
  if (archiveId === null && folder !== null) {
    throw new RefusedError('bad-arguments', 'A folder of the archive is looked up within an archive id: name that too.')
  }
  return ['archive', stanza, archiveId, folder].filter((part) => part !== null).join('/')
}

/** Annotations came with 2.41; to an older one they are no reason not to make a backup. */
const annotationsSince = 41

function backupOptions(args: ArgsOf<'pgbackrest-backup'>, version: MinorVersion): string[] {
  const isAnnotated = args.annotation !== null && version !== null && version >= annotationsSince
  return [
    `--repo=${args.repository}`,
    `--type=${args.type}`,
    ...(args.startFast ? ['--start-fast'] : []),
    ...(args.fromStandby ? ['--backup-standby'] : []),
    ...(isAnnotated ? [`--annotation=matriarch=${args.annotation}`] : []),
  ]
}

function restoreOptions({
  repository,
  set,
  target,
  timeline,
  action,
}: Omit<ArgsOf<'pgbackrest-restore'>, 'stanza'>): string[] {
  const base = [`--repo=${repository}`, '--delta', `--set=${set}`, `--type=${target.type}`]
  // Both belong to a target: without one, recovery ends where the archive does, and then promotes.
  if (target.type === 'default') return [...base, `--target-timeline=${timeline}`]
  const where = target.type === 'immediate' ? [] : [`--target=${target.value}`]
  const isExclusive = 'exclusive' in target && target.exclusive
  // Recovery to the end of the backup stays on the backup's own timeline.
  const line = target.type === 'immediate' ? [] : [`--target-timeline=${timeline}`]
  return [...base, ...where, ...(isExclusive ? ['--target-exclusive'] : []), ...line, `--target-action=${action}`]
}
