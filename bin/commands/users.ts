import type { Command } from 'commander'
import { grantText } from '#domain/grant-text.ts'
import type { Grant } from '#domain/grant.ts'
import { change, get } from '../api.ts'
import { ApiProblem, UsageError } from '../api-problem.ts'
import { gather, readGrantText } from '../grants.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface User {
  id: string
  email: string
  name: string
  grants: (Grant & { cluster: string | null; group: string | null })[]
  disabledAt: Date | null
  invitationEndsAt: Date | null
  hasJoined: boolean
  lastSeenAt: Date | null
}

interface Session {
  id: string
  lastSeenAt: Date
  userAgent: string
  address: string
}

interface Json {
  json?: boolean
}

/** `users list|invite|grant|revoke|disable|enable|sessions|end-session`. */
export function addUserCommands(program: Command): void {
  const users = program.command('users').description('people who may sign in, and what each may do where')
  users
    .command('list')
    .description('people with their rights')
    .option('--json', 'print an array of people')
    .action(async ({ json }: Json) => {
      const all = await get<User[]>('/users')
      if (json) return printJson(all)
      printTable(
        ['e-mail', 'name', 'rights', 'state', 'last seen'],
        all.map((user) => [user.email, user.name, rightsOf(user), stateOf(user), moment(user.lastSeenAt)]),
      )
    })
  users
    .command('invite <email>')
    .description('invite a person by a link that is good once, for seven days; it is told once')
    .requiredOption('--name <name>', 'how they are called')
    .requiredOption('--grant <right>', 'what they may do, such as operator@cluster:NAME; repeatable', gather)
    .option('--json', 'print {user, token, link, expiresAt}')
    .action(async (email: string, { name, grant, json }: Json & { name: string; grant: string[] }) => {
      const grants = grant.map(readGrantText)
      const invited = await change<{ link: string }>('POST', '/users/invite', { email, name, grants })
      if (json) return printJson(invited)
      printLines([invited.link])
    })
  addRightCommand(users, 'grant', 'give a person one right more')
  addRightCommand(users, 'revoke', 'take one right of a person away')
  addAccessCommand(users, 'disable', 'end all sessions and tokens of a person, and let them in no more')
  addAccessCommand(users, 'enable', 'let a person in again')
  users
    .command('sessions <email>')
    .description('where a person is signed in')
    .option('--json', 'print an array of sessions')
    .action(async (email: string, { json }: Json) => {
      const sessions = await get<Session[]>(`/users/${(await userOf(email)).id}/sessions`)
      if (json) return printJson(sessions)
      if (sessions.length === 0) return printLines([`${email} is signed in nowhere.`])
      printTable(
        ['session', 'address', 'last seen', 'browser'],
        sessions.map(({ id, address, lastSeenAt, userAgent }) => [id, address, moment(lastSeenAt), userAgent]),
      )
    })
  users
    .command('end-session <email> [session]')
    .description('end one session of a person, or with --all all of them')
    .option('--all', 'end all of them')
    .option('--json', 'print {ended}')
    .action(async (email: string, session: string | undefined, { all, json }: Json & { all?: boolean }) => {
      if ((session === undefined) !== (all === true)) throw new UsageError('Name a session, or say --all.')
      const { id } = await userOf(email)
      const path = `/users/${id}/sessions${session === undefined ? '' : `/${encodeURIComponent(session)}`}`
      const { ended } = await change<{ ended: number }>('DELETE', path, undefined)
      if (json) return printJson({ ended })
      printLines([`Ended: ${ended}.`])
    })
}

function addRightCommand(users: Command, verb: 'grant' | 'revoke', description: string): void {
  users
    .command(`${verb} <email> <right>`)
    .description(`${description}: viewer, operator@cluster:NAME, operator@label:TEXT`)
    .option('--json', 'print the person')
    .action(async (email: string, text: string, { json }: Json) => {
      const grant = readGrantText(text)
      const { id } = await userOf(email)
      const path = `/users/${id}/grants${verb === 'revoke' ? '/revoke' : ''}`
      tell(await change<User>('POST', path, { grant }), json)
    })
}

function addAccessCommand(users: Command, verb: 'disable' | 'enable', description: string): void {
  users
    .command(`${verb} <email>`)
    .description(description)
    .option('--json', 'print the person')
    .action(async (email: string, { json }: Json) => {
      const { id } = await userOf(email)
      tell(await change<User>('PUT', `/users/${id}`, { disabled: verb === 'disable' }), json)
    })
}

function tell(user: User, json: boolean | undefined): void {
  if (json) printJson(user)
  else printLines([`${user.email}: ${rightsOf(user)}; ${stateOf(user)}.`])
}

async function userOf(email: string): Promise<User> {
  const wanted = email.trim().toLowerCase()
  const user = (await get<User[]>('/users')).find((each) => each.email === wanted)
  if (user) return user
  throw new ApiProblem(`There is no person with the e-mail address ${email}.`, { code: 'not-found' })
}

function rightsOf({ grants }: User): string {
  return grants.map(rightText).join(', ') || 'none'
}

function rightText(grant: User['grants'][number]): string {
  const text = grantText(grant, (id) => grant.cluster ?? id)
  return grant.group === null ? text : `${text} by the group ${grant.group}`
}

function stateOf({ disabledAt, hasJoined, invitationEndsAt }: User): string {
  if (disabledAt) return 'disabled'
  if (hasJoined) return 'may sign in'
  return invitationEndsAt ? `invited until ${moment(invitationEndsAt)}` : 'the link is too old'
}
