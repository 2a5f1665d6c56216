import { Option, type Command } from 'commander'
import { shareKinds, shareState, type ShareLink } from '#domain/people/share-link.ts'
import { UsageError } from '../api-problem.ts'
import { change, get } from '../api.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface CreateOptions {
  title: string
  clusters: string[]
  kind: string
  days?: string
  json?: boolean
}

/** `shares create|list|revoke`. */
export function addShareCommands(program: Command): void {
  const shares = program.command('shares').description('links for those who only watch')
  shares
    .command('create')
    .description('make a link; it is told once')
    .requiredOption('--title <text>', 'what it is for; on a badge, its label')
    .requiredOption('--clusters <cluster...>', 'what it shows')
    .addOption(new Option('--kind <kind>', 'a page, or a badge to embed').choices(shareKinds).default('page'))
    .option('--days <days>', 'how long it holds: 30 at most, a badge 365')
    .option('--json', 'print {share, token, path}')
    .action(async ({ title, clusters, kind, days, json }: CreateOptions) => {
      const expiresInDays = days === undefined ? undefined : Number(days)
      if (expiresInDays !== undefined && !Number.isInteger(expiresInDays))
        throw new UsageError(`${days} is no number of days.`)
      const made = await change<{ share: ShareLink; token: string; path: string }>('POST', '/shares', {
        kind,
        title,
        clusters,
        ...(expiresInDays !== undefined && { expiresInDays }),
      })
      if (json) return printJson(made)
      const base = process.env['MATRIARCH_URL'] || 'http://127.0.0.1:4400'
      printLines([new URL(made.path, base).href])
      console.error(`It is told only now, and holds until ${moment(made.share.expiresAt)}.`)
    })
  shares
    .command('list')
    .description('links, without their tokens')
    .option('--json', 'print an array of links')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await get<ShareLink[]>('/shares')
      if (json) return printJson(all)
      if (all.length === 0) return printLines(['There is no link.'])
      printTable(
        ['title', 'kind', 'state', 'until', 'views', 'last viewed', 'clusters', 'id'],
        all.map((share) => [
          share.title,
          share.kind,
          shareState(share, new Date()),
          moment(share.expiresAt),
          String(share.views),
          moment(share.lastViewedAt),
          share.clusters.join(', '),
          share.id,
        ]),
      )
    })
  shares
    .command('revoke <id>')
    .description('revoke a link for good')
    .option('--json', 'print the link')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const share = await change<ShareLink>('DELETE', `/shares/${encodeURIComponent(id)}`, undefined)
      if (json) return printJson(share)
      printLines([`${share.title} is revoked.`])
    })
}
