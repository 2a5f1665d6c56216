import { poolerLeadsOf } from '#domain/judgement/truth/pooler-leads.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { poolSubject } from './facts/pooler-facts.ts'

/** The pools, by their subject, of which it is known that they lead to the Postgres beside them and nowhere else. */
export function ownPools(snapshot: Snapshot, stack: StackView | null): ReadonlySet<string> {
  const subjects = snapshot.members.flatMap((member) => {
    const detail = stack?.members.find(({ name }) => name === member.name)?.pooler?.value
    if (!detail) return []
    const leads = poolerLeadsOf(member, detail, snapshot)
    const isOwn = (database: string) => {
      const to = leads.filter((lead) => lead.database === database)
      return to.length > 0 && to.every((lead) => lead.isOwn)
    }
    return detail.pools.filter(({ database }) => isOwn(database)).map((pool) => poolSubject(member.name, pool))
  })
  return new Set(subjects)
}
