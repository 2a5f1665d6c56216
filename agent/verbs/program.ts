import type { AgentConfig } from '#agent/config/agent-config.ts'

/** A program with its arguments, each of them one we wrote or that passed a schema: nothing is ever read by a shell. */
export interface Program {
  file: string
  argv: string[]
  env: Record<string, string>
  /** As whom it runs. */
  as: 'agent' | 'postgres' | 'service'
}

/** All the environment a program gets. */
export function environmentOf({ pgbackrest }: Pick<AgentConfig, 'pgbackrest'>): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...(pgbackrest.configFile === null ? {} : { PGBACKREST_CONFIG: pgbackrest.configFile }),
  }
}

/** A program out of a list of words; the first names it. */
export function programFrom(words: readonly string[], env: Record<string, string>, as: Program['as']): Program {
  const [file = '', ...argv] = words
  return { file, argv, env, as }
}
