import pg from 'pg'

/** A client of pgBouncer's console: the environment (PGOPTIONS, PGREPLICATION) must not add to its startup packet what pgBouncer refuses. */
export function newConsoleClient(config: pg.ClientConfig): pg.Client {
  return new ConsoleClient(config, {
    user: config.user ?? '',
    database: config.database ?? '',
    application_name: config.application_name ?? '',
  })
}

class ConsoleClient extends pg.Client {
  readonly #startup: Record<string, string>

  constructor(config: pg.ClientConfig, startup: Record<string, string>) {
    super(config)
    this.#startup = startup
  }

  // pg calls it for the names and values of its startup packet.
  getStartupConf(): Record<string, string> {
    return { ...this.#startup }
  }
}
