import type { BlockedSession } from '#domain/stack/postgres-detail.ts'
import type { DetailDocument } from './detail-schema.ts'

type Involved = DetailDocument['involved'][number]

const mostShown = 200

/**
 * Who waits for whom, parents before children. Each session stands in it once, under the one of its blockers that is nearest to
 * whoever waits for nobody: in a queue for one lock everybody is blocked by all before, and to draw every path would never end.
 */
export function blockedTree({ waits, involved }: Pick<DetailDocument, 'waits' | 'involved'>): BlockedSession[] {
  const known = new Map(involved.map((session) => [session.pid, session]))
  const children = new Map<number, number[]>()
  const waiting = new Set<number>()
  for (const { pid, blockers } of waits) {
    const others = new Set(blockers.filter((blocker) => blocker !== pid))
    if (others.size > 0) waiting.add(pid)
    for (const blocker of others) children.set(blocker, [...(children.get(blocker) ?? []), pid])
  }
  const byAge = (a: number, b: number) => age(known.get(b)) - age(known.get(a)) || a - b
  const roots = [...children.keys()].filter((pid) => !waiting.has(pid)).toSorted(byAge)
  const parentOf = new Map<number, number | null>()
  nearestFirst(roots, children, parentOf)
  // Those who wait for one another in a ring, until Postgres finds it: the oldest stands for its beginning.
  for (const pid of [...waiting].toSorted(byAge)) if (!parentOf.has(pid)) nearestFirst([pid], children, parentOf)
  const shown: BlockedSession[] = []
  const show = (pid: number, depth: number) => {
    if (shown.length >= mostShown) return
    shown.push(toldOf(pid, parentOf.get(pid) ?? null, depth, known.get(pid)))
    const under = (children.get(pid) ?? []).filter((child) => parentOf.get(child) === pid)
    for (const child of new Set(under.toSorted(byAge))) show(child, depth + 1)
  }
  for (const [pid, parent] of parentOf) if (parent === null) show(pid, 0)
  return shown
}

function nearestFirst(
  roots: readonly number[],
  children: ReadonlyMap<number, readonly number[]>,
  parentOf: Map<number, number | null>,
): void {
  let level = roots
  for (const root of roots) parentOf.set(root, null)
  while (level.length > 0) {
    const next: number[] = []
    for (const pid of level) {
      for (const child of children.get(pid) ?? []) {
        if (parentOf.has(child)) continue
        parentOf.set(child, pid)
        next.push(child)
      }
    }
    level = next
  }
}

function toldOf(pid: number, blockedBy: number | null, depth: number, session: Involved | undefined): BlockedSession {
  return {
    depth,
    blockedBy,
    pid,
    backendStart: session?.backendStart ?? null,
    user: session?.user ?? null,
    database: session?.database ?? null,
    application: session?.application ?? '',
    state: session?.state ?? null,
    waitEvent: session?.waitEvent ?? null,
    transactionSeconds: session?.transactionSeconds ?? null,
    query: session?.query ?? '',
  }
}

function age(session: Involved | undefined): number {
  return session?.transactionSeconds ?? 0
}
