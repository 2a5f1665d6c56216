import { formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import type { BlockedSession } from './postgres-detail.ts'

/** A session with those that wait for it. */
export interface Blocking {
  session: BlockedSession
  waiting: Blocking[]
}

/** The tree of a list in which parents stand before their children. */
export function blockingTree(blocked: readonly BlockedSession[]): Blocking[] {
  const roots: Blocking[] = []
  const byPid = new Map<number, Blocking>()
  for (const session of blocked) {
    const node = { session, waiting: [] }
    const parent = session.blockedBy === null ? undefined : byPid.get(session.blockedBy)
    if (parent) parent.waiting.push(node)
    else roots.push(node)
    byPid.set(session.pid, node)
  }
  return roots
}

/** How many wait for it, at once or through others. */
export function waitingFor({ waiting }: Blocking): number {
  return waiting.reduce((sum, node) => sum + 1 + waitingFor(node), 0)
}

/** `One session holds up 3 others on pg-node-2; its transaction is 4 min old.`; null where nobody is held up. */
export function blockingSentence(blocked: readonly BlockedSession[], member: string): string | null {
  const holders = blockingTree(blocked).filter((root) => root.waiting.length > 0)
  const [worst] = holders.toSorted((one, other) => waitingFor(other) - waitingFor(one))
  if (!worst) return null
  if (holders.length > 1) {
    const all = holders.reduce((sum, root) => sum + waitingFor(root), 0)
    return `${holders.length} sessions hold up ${count(all, 'other')} on ${member}.`
  }
  const { transactionSeconds, pid } = worst.session
  const who = pid === 0 ? 'A prepared transaction' : 'One session'
  const age = transactionSeconds === null ? '' : `; its transaction is ${formatDuration(transactionSeconds * 1000)} old`
  return `${who} holds up ${count(waitingFor(worst), 'other')} on ${member}${age}.`
}
