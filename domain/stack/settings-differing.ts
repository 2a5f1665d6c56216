import { formatServerVersion } from '#domain/format.ts'
import { settingWords } from './setting-words.ts'
import type { StackView } from './stack-view.ts'

/** A setting that the members of one cluster do not have alike. */
export interface SettingDiffering {
  name: string
  /** By member, in their order; null = it does not tell. */
  values: { member: string; words: string | null }[]
}

/** What members that should be alike have differently, the version of Postgres first; what is meant to differ is left out. */
export function settingsDiffering({ members }: StackView): SettingDiffering[] {
  const told = members.flatMap(({ name, postgres }) => (postgres?.value ? [{ name, detail: postgres.value }] : []))
  if (told.length < 2) return []
  const names = new Set(told.flatMap(({ detail }) => Object.keys(detail.settings)))
  const versions = {
    name: 'server version',
    values: told.map(({ name, detail }) => ({ member: name, words: formatServerVersion(detail.version) })),
  }
  const settings = [...names]
    .filter((name) => !isMeantToDiffer(name))
    .toSorted()
    .map((name) => ({
      name,
      values: told.map(({ name: member, detail }) => {
        const setting = detail.settings[name]
        return { member, words: setting === undefined ? null : settingWords(setting) }
      }),
    }))
  return [versions, ...settings].filter(isDiffering)
}

/** A setting that only one version knows does not differ: it is not there. */
function isDiffering({ values }: SettingDiffering): boolean {
  return new Set(values.flatMap(({ words }) => words ?? [])).size > 1
}

/** What names the node itself or its way to the leader. */
function isMeantToDiffer(name: string): boolean {
  return meantToDiffer.has(name)
}

const meantToDiffer: ReadonlySet<string> = new Set([
  'cluster_name',
  'config_file',
  'data_directory',
  'external_pid_file',
  'hba_file',
  'ident_file',
  'listen_addresses',
  'log_directory',
  'log_filename',
  'port',
  'primary_slot_name',
  'recovery_target_lsn',
  'recovery_target_name',
  'recovery_target_time',
  'recovery_target_xid',
  'restore_command',
  'unix_socket_directories',
])
