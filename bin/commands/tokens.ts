import { Option, type Command } from 'commander'
import { roles } from '#domain/permission.ts'
import { UsageError } from '../api-problem.ts'
import { readDays } from '../days.ts'
import { gather, readGrantText } from '../grants.ts'
import { printJson, printLines } from '../print.ts'

interface Options {
  name: string
  role?: string
  grant?: string[]
  expires?: string
  json?: boolean
}

/** `tokens create`: made beside the store, so that there can be a first one. */
export function addTokenCommands(program: Command): void {
  const tokens = program.command('tokens').description('tokens for this command line and other programs')
  tokens
    .command('create')
    .description(
      "make a token, on the machine of the console's store (DATABASE_URL or MATRIARCH_HOME); it is told once",
    )
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do everywhere, for good unless --expires').choices(roles))
    .option('--grant <right>', 'what it may do, such as operator@cluster:NAME or viewer@label:TEXT; repeatable', gather)
    .option('--expires <days>', 'how long it is good: 90d, or never; with --grant 90d if not said')
    .option('--json', 'print {token}')
    .action(async ({ name, role, grant = [], expires, json }: Options) => {
      const written = [...(role === undefined ? [] : [role]), ...grant]
      if (written.length === 0)
        throw new UsageError('Say what it may do: --role ROLE, or --grant operator@cluster:NAME.')
      const grants = written.map(readGrantText)
      const expiresInDays = readDays(expires ?? (grant.length > 0 ? '90d' : 'never'))
      // Only this verb needs the store: the others start faster without it.
      const { createTokenBesideStore } = await import('#tools/create-token.ts')
      const { token } = await createTokenBesideStore({ name, grants, expiresInDays })
      if (json) printJson({ token })
      else printLines([token])
    })
}
