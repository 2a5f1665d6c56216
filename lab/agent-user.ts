import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from './failure.ts'
import { runFolder } from './paths.ts'
import { run } from './run.ts'

export const agentUser = 'matriarch-agent'

/** Makes the user the agents run as. One that was there before belongs to this machine and stays. */
export async function makeAgentUser(): Promise<void> {
  if (idsIn(passwd(), agentUser) !== null) return
  writeFileSync(mark, 'Made by the lab: goes away with it.\n')
  await run([
    '/usr/sbin/useradd',
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell=/usr/sbin/nologin',
    agentUser,
  ])
}

export async function removeAgentUser(): Promise<void> {
  if (!existsSync(mark)) return
  if (idsIn(passwd(), agentUser) !== null) await run(['/usr/sbin/userdel', agentUser])
  rmSync(mark)
}

/** Throws LabError where this machine has no such user. */
export function userIds(user: string): { uid: number; gid: number } {
  const found = idsIn(passwd(), user)
  if (found === null) throw new LabError(`There is no user ${user}: run bash tools/bootstrap.sh`)
  return found
}

function idsIn(table: string, user: string): { uid: number; gid: number } | null {
  const [, , uid, gid] =
    table
      .split('\n')
      .find((entry) => entry.startsWith(`${user}:`))
      ?.split(':') ?? []
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) }
}

function passwd(): string {
  return readFileSync('/etc/passwd', 'utf8')
}

const mark = join(runFolder, 'made-agent-user')
