import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '#server/errors.ts'

/** The user PostgreSQL runs as; it refuses root. */
export interface RunAs {
  uid: number
  gid: number
  /** Puts a command under that user; on Linux it also ends with the process that started it. */
  wrap(command: string, args: string[]): { command: string; args: string[] }
}

/** Ourselves, or, when we are root, the owner of the data folder, else `postgres`, else `nobody`. */
export function chooseRunAs(dataFolder: string, mustReach: string[]): RunAs {
  const uid = process.getuid?.() ?? -1
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? -1, wrap: (command, args) => withSetpriv([], command, args) }
  const user = ownerOf(dataFolder) ?? lookUp('postgres') ?? lookUp('nobody')
  if (!user)
    throw new AppError(
      'refused',
      'PostgreSQL does not run as root and this machine has neither a user postgres nor nobody: create one, or set DATABASE_URL.',
    )
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const blocked = mustReach.find((path) => !canReach(path, user))
  if (blocked) identity.push(...readingRights(blocked))
  if (!existsSync(setpriv)) {
    throw new AppError(
      'refused',
      `PostgreSQL does not run as root and setpriv (package util-linux) is missing: install it, or set DATABASE_URL.`,
    )
  }
  return { ...user, wrap: (command, args) => withSetpriv(identity, command, args) }
}

const setpriv = '/usr/bin/setpriv'

// Below a folder such as /root the user needs a capability to walk and read; what it then may read, its starter may too.
function readingRights(blocked: string): string[] {
  const effective = BigInt(`0x${/^CapEff:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'}`)
  const capability = capabilities.find(({ bit }) => (effective >> bit) & 1n)
  if (!capability) {
    throw new AppError(
      'refused',
      `PostgreSQL does not run as root, and the user it runs as cannot reach ${blocked}. Move the console or MATRIARCH_HOME to folders that every user may enter, or set DATABASE_URL.`,
    )
  }
  const { name } = capability
  // access(2), by which PostgreSQL checks its own programs, would otherwise ignore the capability.
  return [`--inh-caps=-all,+${name}`, `--ambient-caps=-all,+${name}`, '--securebits=+no_setuid_fixup']
}

// Containers often have the second alone.
const capabilities = [
  { name: 'dac_read_search', bit: 2n },
  { name: 'dac_override', bit: 1n },
]

function withSetpriv(identity: string[], command: string, args: string[]) {
  if (!existsSync(setpriv)) return { command, args }
  return { command: setpriv, args: [...identity, '--pdeathsig=INT', '--', command, ...args] }
}

function ownerOf(folder: string): { uid: number; gid: number } | null {
  const stat = statSync(folder, { throwIfNoEntry: false })
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : null
}

function lookUp(name: string): { uid: number; gid: number } | null {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

function canReach(path: string, user: { uid: number; gid: number }): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false })
    if (stat && !mayEnter(stat, user)) return false
    if (folder === dirname(folder)) return true
  }
}

function mayEnter(stat: { mode: number; uid: number; gid: number }, user: { uid: number; gid: number }): boolean {
  if (stat.uid === user.uid) return (stat.mode & 0o100) !== 0
  if (stat.gid === user.gid) return (stat.mode & 0o010) !== 0
  return (stat.mode & 0o001) !== 0
}
