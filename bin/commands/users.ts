import type { Command } from 'commander'
import { grantText } from '#domain/people/grant-text.ts'
import { change, get } from '../api.ts'
import { gather, readGrantText } from '../grants.ts'
import { userOf, type User } from '../people.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { addEnding, addListing } from './sessions.ts'

interface Json {
  json?: boolean
}

/** `users list|invite|invite-again|reset-password|grant|revoke|disable|enable|sessions|end-session`, also as `people`. */
export function addUserCommands(program: Command): void {
  const users = program
    .command('users')
    .alias('people')
    .description('people who may sign in, and what each may do where')
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
  users
    .command('invite-again <email>')
    .description('make a new link for a person who has not come yet; the old one is good no more')
    .option('--json', 'print {user, token, link, expiresAt}')
    .action(async (email: string, { json }: Json) => {
      const { id } = await userOf(email)
      const invited = await change<{ link: string }>('POST', `/users/${id}/invitation`, {})
      if (json) return printJson(invited)
      printLines([invited.link])
    })
  users
    .command('reset-password <email>')
    .description('give a person a new random password; it is told once')
    .option('--json', 'print {password}')
    .action(async (email: string, { json }: Json) => {
      const { id } = await userOf(email)
      const given = await change<{ password: string }>('POST', `/users/${id}/password`, {})
      if (json) return printJson(given)
      printLines([given.password])
    })
  addRightCommand(users, 'grant', 'give a person one right more')
  addRightCommand(users, 'revoke', 'take one right of a person away')
  addAccessCommand(
    users,
    'disable',
    'end all sessions, tokens, shared links and open invitations of a person, and let them in no more',
  )
  addAccessCommand(users, 'enable', 'let a person in again')
  addListing(users, 'sessions')
  addEnding(users, 'end-session')
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
  return invitationEndsAt ? `invited until ${moment(invitationEndsAt)}` : 'no link is good any more'
}
