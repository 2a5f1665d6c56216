import type { Finding } from '#domain/judgement/finding.ts'
import { strayWriter } from '#domain/judgement/split-brain.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { claimOf, type LeadClaim } from '#domain/judgement/truth/lead-claim.ts'
import { standingOf } from '#domain/judgement/truth/standing.ts'
import type { JudgedCase } from './judged-case.ts'

/** Where Patroni's role of a member, or SQL on it, has for seconds said another than the leader key. What writers and views show is told of these. */
export function roleFindings(given: JudgedCase): Finding[] {
  const { snapshot, leader } = given
  if (leader.kind !== 'working' || snapshot.isStandbyCluster) return []
  return [...byRole(given, leader.member.name), ...bySql(given, leader.member.name)]
}

function byRole({ snapshot, now, writers }: JudgedCase, leader: string): Finding[] {
  const claim = lasting('patroni', leader, snapshot, now)
  if (claim === null) return []
  const told = new Set([...writers.map(({ name }) => name), strayWriter(snapshot, now)?.name])
  const pretenders = claim.says.filter(
    (name) => name !== leader && !told.has(name) && sharesView(name, leader, snapshot),
  )
  const findings = pretenders.map((name) =>
    differing(name, `Patroni on ${name} says that it is the primary, but ${leader} holds the leader key.`),
  )
  if (claim.says.includes(leader) || claim.unseen.includes(leader)) return findings
  const sentence = `${leader} holds the leader key, but its own Patroni does not say that it is the primary.`
  return [...findings, differing(leader, sentence)]
}

/** Where it believes in another leader, that is told of its view. */
function sharesView(name: string, leader: string, { members }: Snapshot): boolean {
  const view = members.find((member) => member.name === name)?.ownView
  return !view || view.leader === leader
}

function differing(member: string, sentence: string): Finding {
  const advice = `See Patroni's log on ${member}: within a loop it ought to follow the key.`
  return { kind: 'roles-differ', severity: 'warning', member, sentence, advice }
}

/** Another member that SQL finds writable is told as a writer. */
function bySql({ snapshot, now }: JudgedCase, leader: string): Finding[] {
  const claim = lasting('sql', leader, snapshot, now)
  if (claim === null || claim.says.includes(leader) || claim.unseen.includes(leader)) return []
  const member = snapshot.members.find(({ name }) => name === leader)
  const address = member?.host ? ` at ${member.host}:${member.port ?? 5432}` : ''
  return [
    {
      kind: 'sql-differs',
      severity: 'critical',
      member: leader,
      sentence: `${leader} holds the leader key and its Patroni says that it takes writes, but the Postgres that answers SQL${address} is in recovery.`,
      advice: `See whether that address is the one of ${leader}: another Postgres may listen there.`,
    },
  ]
}

function lasting(source: LeadClaim['source'], leader: string, snapshot: Snapshot, now: Date): LeadClaim | null {
  const claim = claimOf(snapshot, source)
  return standingOf(claim, [leader], snapshot, now) === 'disagrees' ? claim : null
}
