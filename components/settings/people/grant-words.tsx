import { Badge } from '#components/ui/badge.tsx'
import type { Grant } from '#domain/people/grant.ts'
import { roleWords } from '../role-words.ts'

/** A right as it is listed, with the name of its cluster. */
export type ListedGrant = Grant & { cluster: string | null; group?: string | null; rests?: boolean }

/** Where a right holds, in words. */
export function placeWords({ scope, cluster }: ListedGrant): string {
  switch (scope.kind) {
    case 'all':
      return 'everywhere'
    case 'cluster':
      return `on ${cluster ?? 'a cluster that is gone'}`
    case 'label':
      return `where the label is ${scope.label}`
  }
}

/** What sets a right apart from the others of a person. */
export function keyOf(grant: ListedGrant): string {
  return [grant.role, placeWords(grant), grant.group ?? ''].join(' ')
}

/** Where a right comes from, unless somebody gave it by hand. */
export function sourceWords({ group, rests = false }: ListedGrant): string[] {
  if (group === null || group === undefined) return []
  return rests
    ? [`by the group ${group}`, 'resting until they sign in with the provider again']
    : [`by the group ${group}`]
}

/** Rights, each in a few words. */
export function GrantWords({ grants }: { grants: readonly ListedGrant[] }) {
  if (grants.length === 0) return <span className="text-muted">no right</span>
  return (
    <span className="flex flex-wrap gap-1.5">
      {grants.map((grant) => (
        <Badge key={keyOf(grant)} tip={[roleWords[grant.role], ...sourceWords(grant)].join(', ')}>
          <span className="text-text">{grant.role}</span>
          {grant.rests ? <span className="text-muted">resting</span> : null}
          {grant.scope.kind === 'all' ? null : <span className="truncate">{placeWords(grant)}</span>}
        </Badge>
      ))}
    </span>
  )
}
