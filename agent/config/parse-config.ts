import { parse, TomlError } from 'smol-toml'
import type * as z from 'zod/mini'
import type { AgentConfig } from './agent-config.ts'
import { agentToml } from './agent-toml.ts'
import { canBeVetoed, vetoFamilies } from './veto-families.ts'

/** Reads the text of an `agent.toml`; what is wrong with it is told by file and key. */
export function parseConfig(text: string, file: string): AgentConfig {
  const parsed = agentToml.safeParse(tomlOf(text, file))
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => sentenceOf(issue, file)).join('\n'))
  const { node, state_folder, listen, postgres, pgbouncer, pgbackrest, rehearsal, patroni, become, veto } = parsed.data
  const systemctl = (verb: string) => ['/usr/bin/systemctl', verb, patroni.unit]
  return {
    node,
    listen,
    stateFolder: state_folder,
    postgres: {
      user: postgres.user,
      superuser: postgres.superuser ?? postgres.user,
      checkUser: postgres.check_user ?? null,
      dataFolder: postgres.data_folder,
      binFolder: postgres.bin_folder,
      port: postgres.port,
      socketFolder: postgres.socket_folder,
      logFile: postgres.log_file ?? null,
      configFile: postgres.config_file ?? null,
    },
    pgbouncer:
      pgbouncer === undefined
        ? null
        : { port: pgbouncer.port, socketFolder: pgbouncer.socket_folder, user: pgbouncer.user },
    pgbackrest: {
      program: pgbackrest.program,
      stanza: pgbackrest.stanza,
      configFile: pgbackrest.config_file ?? null,
      logFolder: pgbackrest.log_folder ?? null,
    },
    rehearsal: { folder: rehearsal.folder ?? null },
    patroni: {
      configFile: patroni.config_file,
      restUrl: patroni.rest_url,
      logFile: patroni.log_file ?? null,
      service: {
        stop: patroni.service.stop ?? systemctl('stop'),
        start: patroni.service.start ?? systemctl('start'),
        mask: patroni.service.mask ?? systemctl('mask'),
        unmask: patroni.service.unmask ?? systemctl('unmask'),
        status: patroni.service.status ?? systemctl('is-active'),
      },
    },
    become: {
      postgres: become.postgres ?? ['sudo', '-n', '-u', postgres.user],
      service: become.service ?? ['sudo', '-n'],
    },
    vetoed: vetoesOf(veto, file),
  }
}

function tomlOf(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof TomlError) throw new Error(`${file} is not TOML: ${error.message}`, { cause: error })
    throw error
  }
}

/** A veto that names nothing would protect nothing, and its author would not know. */
function vetoesOf(veto: Record<string, boolean>, file: string): string[] {
  for (const name of Object.keys(veto)) {
    if (canBeVetoed(name)) continue
    const families = Object.keys(vetoFamilies).join(', ')
    throw new Error(
      `${file}: veto.${name} is neither a verb nor a family (${families}), so it would forbid nothing. Correct its name.`,
    )
  }
  return Object.entries(veto)
    .filter(([, isAllowed]) => !isAllowed)
    .map(([name]) => name)
}

function sentenceOf(issue: z.core.$ZodIssue, file: string): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => [...issue.path, key].join('.')).join(', ')
    return `${file}: ${keys} means nothing here. Correct its name or take it out.`
  }
  return `${file}: ${issue.path.join('.')}: ${issue.message}.`
}
