import { z } from 'zod'

const absolute = z.string().regex(/^\/[^\0]*$/, 'must be an absolute path')
const argv = z.array(z.string().min(1))
const program = argv.min(1, 'must name a program')
const port = z.int().min(1).max(65_535)
const roleName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_$@.-]{0,62}$/, 'must be the name of a role')
const userName = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'must be the name of a user')

/** `agent.toml` as it is written: every key is known, so that a mistyped one is told and never ignored. */
export const agentToml = z.strictObject({
  node: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'must be the name of this member in Patroni'),
  state_folder: absolute.default('/var/lib/matriarch-agent'),
  listen: z.strictObject({ host: z.string().min(1), port: port.default(8009) }),
  postgres: z.strictObject({
    user: userName.default('postgres'),
    superuser: roleName.optional(),
    check_user: roleName.optional(),
    data_folder: absolute,
    bin_folder: absolute,
    port: port.default(5432),
    socket_folder: absolute.default('/var/run/postgresql'),
    log_file: absolute.optional(),
  }),
  pgbouncer: z
    .strictObject({
      port: port.default(6432),
      socket_folder: absolute.default('/var/run/postgresql'),
      user: roleName.default('pgbouncer'),
    })
    .optional(),
  pgbackrest: z.strictObject({
    program: absolute.default('/usr/bin/pgbackrest'),
    stanza: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be the name of a stanza'),
    config_file: absolute.optional(),
    log_folder: absolute.optional(),
  }),
  rehearsal: z.strictObject({ folder: absolute.optional() }).default({}),
  patroni: z.strictObject({
    config_file: absolute,
    rest_url: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8008'),
    log_file: absolute.optional(),
    unit: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9@._-]{0,127}$/, 'must be the name of a systemd unit')
      .default('patroni'),
    service: z
      .strictObject({
        stop: program.optional(),
        start: program.optional(),
        mask: program.optional(),
        unmask: program.optional(),
        status: program.optional(),
      })
      .default({}),
  }),
  become: z.strictObject({ postgres: argv.optional(), service: argv.optional() }).default({}),
  veto: z.record(z.string(), z.boolean()).default({}),
})
