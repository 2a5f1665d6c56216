/** What an agent knows of its machine, read from `agent.toml`, which root owns and the console cannot write. */
export interface AgentConfig {
  /** The member's name in Patroni: what this agent may be enrolled as. */
  node: string
  listen: { host: string; port: number }
  /** The agent's own folder: keys, enrolment, jobs, nonces, counters. Mode 0700. */
  stateFolder: string
  postgres: {
    /** Whom Postgres runs as. */
    user: string
    /** The role that Patroni made Postgres' superuser; what verbs ask of Postgres themselves, they ask as this one. */
    superuser: string
    /** The role, without any right to change something, that a person's queries are run as; null where none is to be run. */
    checkUser: string | null
    dataFolder: string
    binFolder: string
    port: number
    socketFolder: string
    /** Postgres' own log as Patroni's Postgres writes it; null where it is not known. */
    logFile: string | null
    /** Postgres' configuration file; null = where Patroni's configuration says it is, else in the data folder. */
    configFile: string | null
  }
  /** The pgBouncer of this node; null where there is none. */
  pgbouncer: { port: number; socketFolder: string; user: string } | null
  pgbackrest: { program: string; stanza: string; configFile: string | null; logFolder: string | null }
  /** Where rehearsals are restored to; null = beside the data folder. */
  rehearsal: { folder: string | null }
  patroni: {
    configFile: string
    restUrl: string
    logFile: string | null
    /** Programs with all their arguments; by default systemctl with this unit. Each must end by itself. */
    service: { stop: string[]; start: string[]; mask: string[]; unmask: string[]; status: string[] }
  }
  /** How commands become the Postgres user, and root for the service: an empty list where the agent is that user. */
  become: { postgres: string[]; service: string[] }
  /** Verbs or families (`restore`, `patroni`, ...) that this node never does, whoever asks. */
  vetoed: string[]
}
