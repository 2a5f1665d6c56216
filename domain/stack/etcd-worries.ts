import { formatBytes } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import type { EtcdDetail, EtcdMember } from './etcd-detail.ts'
import { type Worry, worriesByTone } from './worry.ts'

/** How many members vote, how many of them answer, and how many must. */
export interface EtcdQuorum {
  voters: number
  answering: number
  needed: number
}

/** Members that the console was not told of are never asked: they count as voters whose state is not known. */
export function etcdQuorum({ members }: EtcdDetail): EtcdQuorum {
  const voters = members.filter(({ isLearner }) => !isLearner)
  const answering = voters.filter(isAnswering).length
  return { voters: voters.length, answering, needed: Math.floor(voters.length / 2) + 1 }
}

/** Whether this member answered the last look. */
export function isAnswering({ problem, url, isUnstarted, raftTerm }: EtcdMember): boolean {
  return problem === null && url !== null && !isUnstarted && raftTerm !== null
}

/** How a member is called: by its name, else by the address it is asked at, else by its id. */
export function etcdName({ name, url, id }: EtcdMember): string {
  return name || url?.replace(/^https?:\/\//u, '') || (id === null ? 'a member' : `member ${BigInt(id).toString(16)}`)
}

/** `etcd: 3 of 3 members answer, etcd-1 leads.` */
export function etcdSentence(detail: EtcdDetail): string {
  const { voters, answering } = etcdQuorum(detail)
  const leader = detail.members.find((member) => isAnswering(member) && member.isLeader)
  const lead = leader ? `${etcdName(leader)} leads` : 'none of them is seen to lead'
  return `${answering} of ${count(voters, 'etcd member')} ${answering === 1 ? 'answers' : 'answer'}, and ${lead}.`
}

/** What stands out of etcd, worst first. */
export function etcdWorries(detail: EtcdDetail): Worry[] {
  return worriesByTone([
    ...quorum(detail),
    ...alarms(detail),
    ...agreement(detail),
    ...detail.members.flatMap(ofMember),
  ])
}

function quorum(detail: EtcdDetail): Worry[] {
  const { voters, answering, needed } = etcdQuorum(detail)
  const unknown = detail.members.filter(({ url, isUnstarted, isLearner }) => url === null && !isUnstarted && !isLearner)
  if (answering + unknown.length < needed) {
    return [
      {
        tone: 'bad',
        sentence: `Only ${answering} of ${voters} etcd members answer, and ${needed} are needed: Patroni's leader steps down.`,
      },
    ]
  }
  if (answering === needed && unknown.length === 0 && voters > 1) {
    return [{ tone: 'warn', sentence: `${answering} of ${voters} etcd members answer: not one more may fail.` }]
  }
  if (voters % 2 === 0 && voters > 0) {
    return [
      { tone: 'info', sentence: `etcd has ${voters} members: an even number bears no more failures than one less.` },
    ]
  }
  return []
}

function alarms({ alarms: raised, members }: EtcdDetail): Worry[] {
  return raised.map(({ kind, memberId }) => {
    const member = members.find(({ id }) => id === memberId)
    const where = member ? ` on ${etcdName(member)}` : ''
    const what =
      kind === 'NOSPACE' ? `etcd has no space left${where} and takes no writes` : `etcd raises ${kind}${where}`
    return { tone: 'bad', sentence: `${what}.` }
  })
}

function agreement({ members }: EtcdDetail): Worry[] {
  const leaders = new Set(members.filter(isAnswering).map(({ leaderId }) => leaderId))
  if (leaders.size < 2) return []
  return [{ tone: 'bad', sentence: 'The etcd members do not agree on who leads them.' }]
}

function ofMember(member: EtcdMember): Worry[] {
  const name = etcdName(member)
  const { isUnstarted, isLearner, dbSizeBytes, dbQuotaBytes } = member
  const worries: Worry[] = []
  if (isUnstarted) worries.push({ tone: 'warn', sentence: `${name} was added to etcd and never started.` })
  else if (isLearner) worries.push({ tone: 'info', sentence: `${name} learns and does not vote yet.` })
  if (dbSizeBytes !== null && dbQuotaBytes !== null && dbQuotaBytes > 0 && dbSizeBytes > dbQuotaBytes * 0.8) {
    worries.push({
      tone: 'warn',
      sentence: `The database of ${name} has ${formatBytes(dbSizeBytes)} of ${formatBytes(dbQuotaBytes)}: compact and defragment it.`,
    })
  }
  return worries
}
