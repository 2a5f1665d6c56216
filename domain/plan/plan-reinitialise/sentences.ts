import { assess } from '#domain/judgement/assess.ts'
import { formatBytes } from '#domain/format.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import { listNames } from '#domain/words.ts'
import { mayKeepData } from './methods.ts'
import { amountSentence } from './room.ts'
import type { ReinitialisePlanning } from './planning.ts'
import { othersFit } from './spare.ts'

/** Why one would, and what happens, in the order in which it happens; empty where there is nothing to ask. */
export function sentencesOf(given: ReinitialisePlanning): string[] {
  const { member, leader, wish, busyWith } = given
  if (member === null || leader === null || member.name === leader) return []
  const { name } = member
  return [
    whyOne(given, member),
    ...(wish.force ? [endsSentence(name, busyWith)] : []),
    `Patroni on ${name} stops its Postgres at once, which cuts off whoever reads there, and deletes its data directory${placeOf(given)}${keptWords(given)}.`,
    copySentence(given),
    amountSentence(given),
    `${name} then starts, gets what was written meanwhile, and streams on the timeline of ${leader}. ${leader} goes on as before; the copy is read from it or its backups and takes its network and disks.`,
    ...spareSentence(given),
    'Matriarch tells how far Patroni is, and checks that the member streams. Patroni itself tells no error of a copy: if one fails, it begins again, and its log on the node says why.',
  ]
}

/** What is found of the member now, which is why one would. */
function whyOne({ snapshot, now }: ReinitialisePlanning, member: MemberSnapshot): string {
  const found = assess(snapshot, now).findings.filter((finding) => finding.member === member.name)
  const telling = found.filter(({ kind }) => kind !== 'pending-restart')
  if (telling.length > 0) return telling.map(({ sentence }) => sentence).join(' ')
  const lag = typeof member.replayLag === 'number' ? `, ${formatBytes(member.replayLag)} behind` : ''
  return `Now ${member.name} ${postgresState(member.state)}${lag}.`
}

function endsSentence(name: string, busyWith: string | null): string {
  const now = busyWith === null ? '' : ` (it ${postgresState(busyWith)})`
  return `With force, whatever Patroni on ${name} is at work on${now} is ended first: a start, a rewind or a copy that runs is lost.`
}

function placeOf({ place }: ReinitialisePlanning): string {
  if (place === null) return ''
  const spaces = place.tablespaces.length === 0 ? '' : ' and its tablespaces'
  return `, ${place.folder}${spaces}`
}

/** Patroni leaves the data to a method with keep_data (bootstrap.py create_replica), which only the member's configuration tells. */
function keptWords(given: ReinitialisePlanning): string {
  if (!mayKeepData(given.methods)) return ''
  const first = given.methods?.[0]
  return first
    ? `, unless keep_data is set for ${first}: ${first} then overwrites the old data instead`
    : ', unless keep_data is set for the method that copies: it then overwrites the old data instead'
}

function copySentence({ methods, sources, snapshot, member }: ReinitialisePlanning): string {
  const from = snapshot.isStandbyCluster ? 'the server that this standby cluster follows' : listNames(sources, 'or')
  if (methods === null) {
    return `It copies the data anew, from ${from} by pg_basebackup, or as create_replica_methods in its configuration says: no agent on ${member?.name} tells which.`
  }
  const tried = methods.length === 0 ? ['basebackup'] : methods
  const [first, ...rest] = tried.map((method) => (method === 'basebackup' ? `pg_basebackup from ${from}` : method))
  return `It copies the data anew by ${first}${rest.length === 0 ? '' : `; where that fails, by ${listNames(rest, 'or')}`}.`
}

/** Who is left to take over meanwhile, where somebody is. */
function spareSentence(given: ReinitialisePlanning): string[] {
  const fit = othersFit(given)
  if (fit.length === 0) return []
  return [
    `Until it streams there is one replica less: if ${given.leader} died meanwhile, ${listNames(fit, 'or')} could take over.`,
  ]
}
