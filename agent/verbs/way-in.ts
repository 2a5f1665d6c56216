import { realpath } from 'node:fs/promises'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import type { PatroniPostgres } from './patroni-postgres.ts'

/** How Patroni comes in to the Postgres that recovers, once it is to take it over: as it does to its own. */
export interface WayIn {
  /** Besides localhost; null where that is enough. */
  address: string | null
  /** The agent's own first. */
  socketFolders: string[]
  keepsTls: boolean
}

/** The way in that Patroni's configuration asks for; without one, from localhost and the agent's socket. */
export async function wayInOf(
  { postgres: { socketFolder } }: Pick<AgentConfig, 'postgres'>,
  patroni: PatroniPostgres | null,
): Promise<WayIn> {
  const other = patroni?.usesSocket ? patroni.socketFolder : null
  return {
    address: patroni === null || patroni.address === 'localhost' ? null : patroni.address,
    socketFolders: [socketFolder, ...(other === null || (await isSame(socketFolder, other)) ? [] : [other])],
    keepsTls: patroni?.wantsTls ?? false,
  }
}

/** Why Patroni would not be let in, whatever is listened on, a sentence each. */
export function wayInFaults({ node, postgres, patroni: { configFile } }: AgentConfig, patroni: PatroniPostgres | null) {
  if (patroni === null) return []
  const { name, hasPassword, hasCertificate } = patroni.superuser
  const faults: string[] = []
  if (name !== null && name !== postgres.superuser) {
    faults.push(
      `Patroni's superuser on ${node} is "${name}" by ${configFile}, and agent.toml there says "${postgres.superuser}": a recovery would not let Patroni in. Name it as superuser under [postgres] in agent.toml.`,
    )
  }
  if (hasCertificate && !hasPassword && !patroni.usesSocket) {
    faults.push(
      `Patroni's superuser on ${node} has a certificate and no password, and a recovery lets it in by password or by socket alone. Give it a password in ${configFile}, or set use_unix_socket there.`,
    )
  }
  return faults
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((folder) => realpath(folder).catch(() => null)))
  // In one that is not there, Postgres could not listen.
  return b === null || a === b
}
