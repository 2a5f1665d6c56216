import * as z from 'zod/mini'
import '#agent/protocol/schema-words.ts'

const absolute = z.string().check(z.regex(/^\/[^\0]*$/, 'must be an absolute path'))
const argv = z.array(z.string().check(z.minLength(1)))
const program = argv.check(z.minLength(1, 'must name a program'))
const port = z.int().check(z.minimum(1), z.maximum(65_535))
const roleName = z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_$@.-]{0,62}$/, 'must be the name of a role'))
const userName = z.string().check(z.regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'must be the name of a user'))

/** `agent.toml` as it is written: every key is known, so that a mistyped one is told and never ignored. */
export const agentToml = z.strictObject({
  node: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'must be the name of this member in Patroni')),
  state_folder: z._default(absolute, '/var/lib/matriarch-agent'),
  listen: z.strictObject({ host: z.string().check(z.minLength(1)), port: z._default(port, 8009) }),
  postgres: z.strictObject({
    user: z._default(userName, 'postgres'),
    superuser: z.optional(roleName),
    check_user: z.optional(roleName),
    data_folder: absolute,
    bin_folder: absolute,
    port: z._default(port, 5432),
    socket_folder: z._default(absolute, '/var/run/postgresql'),
    log_file: z.optional(absolute),
    config_file: z.optional(absolute),
  }),
  pgbouncer: z.optional(
    z.strictObject({
      port: z._default(port, 6432),
      socket_folder: z._default(absolute, '/var/run/postgresql'),
      user: z._default(roleName, 'pgbouncer'),
    }),
  ),
  pgbackrest: z.strictObject({
    program: z._default(absolute, '/usr/bin/pgbackrest'),
    stanza: z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be the name of a stanza')),
    config_file: z.optional(absolute),
    log_folder: z.optional(absolute),
  }),
  rehearsal: z._default(z.strictObject({ folder: z.optional(absolute) }), {}),
  patroni: z.strictObject({
    config_file: absolute,
    rest_url: z._default(z.url({ protocol: /^https?$/ }), 'http://127.0.0.1:8008'),
    log_file: z.optional(absolute),
    unit: z._default(
      z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9@._-]{0,127}$/, 'must be the name of a systemd unit')),
      'patroni',
    ),
    service: z._default(
      z.strictObject({
        stop: z.optional(program),
        start: z.optional(program),
        mask: z.optional(program),
        unmask: z.optional(program),
        status: z.optional(program),
      }),
      {},
    ),
  }),
  become: z._default(z.strictObject({ postgres: z.optional(argv), service: z.optional(argv) }), {}),
  veto: z._default(z.record(z.string(), z.boolean()), {}),
})
