import { Option, type Command } from 'commander'
import { grantText } from '#domain/people/grant-text.ts'
import type { Grant } from '#domain/people/grant.ts'
import { roles } from '#domain/people/permission.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { readDays } from '../days.ts'
import { gather, readGrantText } from '../grants.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface Options {
  name: string
  role?: string
  grant?: string[]
  expires?: string
  json?: boolean
}

interface TokenRow {
  id: string
  name: string
  grants: (Grant & { cluster: string | null })[]
  createdBy: string
  expiresAt: Date | null
  lastUsedAt: Date | null
  revokedAt: Date | null
  /** Absent = the console is older. */
  rightsRest?: boolean
}

/** `tokens create|list|revoke`: made beside the store, so that there can be a first one. */
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
  tokens
    .command('list')
    .description('tokens, without their text')
    .option('--json', 'print an array of tokens')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await get<TokenRow[]>('/tokens')
      if (json) return printJson(all)
      printTable(
        ['name', 'rights', 'state', 'made by', 'last used', 'id'],
        all.map((token) => [
          token.name,
          token.grants.map((grant) => grantText(grant, (id) => grant.cluster ?? id)).join(', '),
          stateOf(token, new Date()),
          token.createdBy,
          moment(token.lastUsedAt),
          token.id,
        ]),
      )
    })
  tokens
    .command('revoke <id>')
    .description('revoke a token for good')
    .option('--json', 'print {id}')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const revoked = await change<{ id: string }>('DELETE', `/tokens/${encodeURIComponent(id)}`, undefined)
      if (json) return printJson(revoked)
      printLines(['The token is revoked.'])
    })
}

function stateOf({ revokedAt, expiresAt, rightsRest }: TokenRow, now: Date): string {
  if (revokedAt) return 'revoked'
  if (expiresAt && expiresAt <= now) return 'ended'
  const end = expiresAt ? `until ${moment(expiresAt)}` : 'for good'
  return rightsRest ? `${end}, rights rest until its maker signs in with the provider` : end
}
