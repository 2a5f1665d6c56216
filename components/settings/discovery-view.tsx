import { LeaderRing } from '#components/ui/leader-ring.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { Discovery } from '#domain/fleet/cluster.ts'
import { count } from '#domain/words.ts'

/** What looking at a draft brought: who is there, and which address answers. */
export function DiscoveryView({ discovery }: { discovery: Discovery }) {
  const { members, endpoints, errors } = discovery
  return (
    <section aria-label="What was found" className="grid gap-4 rounded-lg bg-raised px-4 py-3.5">
      <div className="flex items-start gap-2.5">
        <StateIcon tone={errors.length === 0 ? 'ok' : 'bad'} className="mt-1" />
        <div>
          <p className="text-lg tracking-[-0.01em]">{summaryOf(discovery)}</p>
          {factsOf(discovery).length === 0 ? null : <p className="text-muted">{factsOf(discovery).join(' · ')}</p>}
        </div>
      </div>
      {members.length === 0 ? null : (
        <ul aria-label="Members" className="grid gap-1">
          {members.map((member) => (
            <li key={member.name} className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-start gap-x-2.5">
              {isLeader(member.role) ? (
                <LeaderRing className="mt-[3px]" />
              ) : (
                <StateIcon tone={member.problem === null ? 'ok' : 'warn'} className="mt-[3px]" />
              )}
              <span>
                <span className="font-medium">{member.name}</span>{' '}
                <span className="text-muted">
                  {member.role.replaceAll('_', ' ')}, {member.state}
                </span>
                {member.problem === null ? null : <span className="block">{member.problem}</span>}
              </span>
              <span className="font-mono text-sm leading-[1.625] break-all text-muted">{hostOf(member.apiUrl)}</span>
            </li>
          ))}
        </ul>
      )}
      {endpoints.length === 0 ? null : (
        <ul aria-label="Addresses" className="grid gap-1 border-t border-line-strong pt-3">
          {endpoints.map(({ system, address, problem, detail }) => (
            <li key={`${system} ${address}`} className="grid grid-cols-[1rem_5rem_minmax(0,1fr)] items-start gap-x-2.5">
              <StateIcon tone={problem === null ? 'ok' : 'bad'} className="mt-[3px]" />
              <span>{systemWords[system]}</span>
              <span>
                <span className="font-mono text-sm break-all text-muted">{address}</span>
                <span className="block">
                  <span className="sr-only">{problem === null ? 'answers: ' : 'problem: '}</span>
                  {problem ?? detail}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function summaryOf({ errors, scope, members }: Discovery): string {
  if (errors.length > 0)
    return members.length === 0
      ? 'It cannot be added yet: see what is marked.'
      : 'It answers, but something stands in the way: see what is marked.'
  return `${scope ?? 'The cluster'} answers with ${count(members.length, 'member')}.`
}

function factsOf({ patroniVersion, systemIdentifier, isStandbyCluster }: Discovery): string[] {
  return [
    patroniVersion === null ? '' : `Patroni ${patroniVersion}`,
    systemIdentifier === null ? '' : `system identifier ${systemIdentifier}`,
    isStandbyCluster ? 'a standby cluster' : '',
  ].filter(Boolean)
}

function isLeader(role: string): boolean {
  return role === 'leader' || role === 'standby_leader' || role === 'primary' || role === 'master'
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

const systemWords = {
  patroni: 'Patroni',
  etcd: 'etcd',
  haproxy: 'HAProxy',
  postgres: 'Postgres',
  pooler: 'pgBouncer',
} as const satisfies Record<Discovery['endpoints'][number]['system'], string>
