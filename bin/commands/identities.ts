import { Option, type Command } from 'commander'
import { roles } from '#domain/people/permission.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface Mapping {
  id: string
  group: string
  role: string
  scope: { kind: 'all' } | { kind: 'cluster'; clusterId: string } | { kind: 'label'; label: string }
  clusterName: string | null
}

interface Identity {
  id: string
  subject: string
  userName: string
  userEmail: string
  linkedBy: string | null
  signedInAt: Date | null
}

/** `identities list|link|unlink` and `groups list|map|unmap`. */
export function addIdentityCommands(program: Command): void {
  addIdentities(program.command('identities').description('who people are to the provider of sign-ins'))
  addGroups(program.command('groups').description('what groups of the provider give'))
}

function addIdentities(identities: Command): void {
  identities
    .command('list')
    .option('--json', 'print an array of identities')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await allIdentities()
      if (json) return printJson(all)
      printTable(
        ['person', 'subject', 'came by', 'signed in', 'id'],
        all.map(({ id, userEmail, subject, linkedBy, signedInAt }) => [
          userEmail,
          subject,
          linkedBy ?? 'first sign-in',
          moment(signedInAt),
          id,
        ]),
      )
    })
  identities
    .command('link <email> <subject>')
    .description('let whoever the provider knows as SUBJECT sign in as this person')
    .option('--json', 'print the identity')
    .action(async (email: string, subject: string, { json }: { json?: boolean }) => {
      const people = await get<{ id: string; email: string }[]>('/users')
      const person = people.find((each) => each.email === email.toLowerCase())
      if (!person) throw new UsageError(`There is nobody with the address ${email}.`)
      const made = await change<Identity>('POST', '/identities', { userId: person.id, subject })
      if (json) printJson(made)
      else printLines([`${made.userName} may sign in as ${subject}.`])
    })
  identities
    .command('unlink <id>')
    .description('take an identity from its person: sessions that began with it end')
    .option('--json', 'print {id}')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const gone = await change<{ id: string }>('DELETE', `/identities/${encodeURIComponent(id)}`, {})
      if (json) printJson(gone)
      else printLines(['The identity is unlinked.'])
    })
}

function addGroups(groups: Command): void {
  groups
    .command('list')
    .option('--json', 'print an array of mappings')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await get<Mapping[]>('/group-mappings')
      if (json) return printJson(all)
      printTable(
        ['group', 'role', 'where', 'id'],
        all.map((mapping) => [mapping.group, mapping.role, whereOf(mapping), mapping.id]),
      )
    })
  groups
    .command('map <group>')
    .description('give a role to whoever is in a group, from their next sign-in on')
    .addOption(new Option('--role <role>', 'which').choices(roles).makeOptionMandatory())
    .option('--cluster <name>', 'on this cluster alone')
    .option('--label <label>', 'on clusters that have this label')
    .option('--json', 'print the mapping')
    .action(async (group: string, options: { role: string; cluster?: string; label?: string; json?: boolean }) => {
      const made = await change<Mapping>('POST', '/group-mappings', {
        group,
        role: options.role,
        scope: scopeOf(options),
      })
      if (options.json) printJson(made)
      else printLines([`${group} gives the role ${made.role}, ${whereOf(made)}.`])
    })
  groups
    .command('unmap <id>')
    .description('take it away again, at once')
    .option('--json', 'print {id}')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const gone = await change<{ id: string }>('DELETE', `/group-mappings/${encodeURIComponent(id)}`, {})
      if (json) printJson(gone)
      else printLines(['The group does not give that any more.'])
    })
}

async function allIdentities(): Promise<Identity[]> {
  const all: Identity[] = []
  for (let cursor: string | undefined; ;) {
    const page = await get<{ identities: Identity[]; next: string | null }>('/identities', { cursor })
    all.push(...page.identities)
    if (page.next === null) return all
    cursor = page.next
  }
}

function scopeOf({ cluster, label }: { cluster?: string; label?: string }) {
  if (cluster !== undefined && label !== undefined) throw new UsageError('Give --cluster or --label, not both.')
  if (cluster !== undefined) return { kind: 'cluster', cluster }
  return label === undefined ? { kind: 'all' } : { kind: 'label', label }
}

function whereOf({ scope, clusterName }: Mapping): string {
  if (scope.kind === 'all') return 'everywhere'
  return scope.kind === 'cluster'
    ? `on ${clusterName ?? 'a cluster that is gone'}`
    : `on clusters with the label ${scope.label}`
}
