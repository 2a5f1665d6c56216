import { controlData } from '#agent/protocol/results.ts'
import { parseLsn } from '#domain/lsn.ts'
import { AppError } from '#server/errors.ts'
import { isDoubtful } from '../agent-job.ts'
import { type Asking, askNode } from './ask-node.ts'

/** What pg_controldata tells of a node's data; null where it cannot read it. Throws AppError where the agent does not answer. */
export async function controlOf(
  context: Asking,
  node: string,
  patienceMs?: number,
): Promise<Record<string, string> | null> {
  try {
    return await askNode(context, { node, verb: 'postgres-controldata', args: {} }, controlData, patienceMs)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal' || isDoubtful(error)) throw error
    return null
  }
}

export interface Reach {
  timeline: number
  /** Bytes. */
  lsn: number
}

/** How far a stopped Postgres has come. */
export function reachedBy(control: Readonly<Record<string, string>>): Reach {
  const greatest = (names: string[], read: (text: string) => number) =>
    Math.max(...names.map((name) => read(control[name] ?? '') || 0))
  return {
    timeline: greatest(["Min recovery ending loc's timeline", "Latest checkpoint's TimeLineID"], Number),
    lsn: greatest(['Minimum recovery ending location', 'Latest checkpoint location'], (text) => parseLsn(text) ?? 0),
  }
}

/** The furthest first: who is on an older timeline was left behind, whatever it wrote there. */
export function byReach(one: Reach, other: Reach): number {
  return other.timeline - one.timeline || other.lsn - one.lsn
}
