import type { Command } from 'commander'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { userOf } from '../people.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface Session {
  id: string
  lastSeenAt: Date
  userAgent: string
  address: string
}

interface Json {
  json?: boolean
}

/** `sessions list|end`. */
export function addSessionCommands(program: Command): void {
  const sessions = program.command('sessions').description('where people are signed in')
  addListing(sessions, 'list')
  addEnding(sessions, 'end')
}

/** The verb that lists where a person is signed in, under a name. */
export function addListing(under: Command, verb: string): void {
  under
    .command(`${verb} <email>`)
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
}

/** The verb that ends sessions of a person, under a name. */
export function addEnding(under: Command, verb: string): void {
  under
    .command(`${verb} <email> [session]`)
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
