import { Option, type Command } from 'commander'
import { roles } from '#domain/permission.ts'
import { printJson, printLines } from '../print.ts'

/** `tokens create`: made beside the store, so that there can be a first one. */
export function addTokenCommands(program: Command): void {
  const tokens = program.command('tokens').description('tokens for this command line and other programs')
  tokens
    .command('create')
    .description(
      "make a token, on the machine of the console's store (DATABASE_URL or MATRIARCH_HOME); it is told once",
    )
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--json', 'print {token}')
    .action(async (options: { name: string; role: string; json?: boolean }) => {
      // Only this verb needs the store: the others start faster without it.
      const { createTokenBesideStore } = await import('#tools/create-token.ts')
      const { token } = await createTokenBesideStore({
        name: options.name,
        role: roles.find((role) => role === options.role) ?? 'viewer',
      })
      if (options.json) printJson({ token })
      else printLines([token])
    })
}
