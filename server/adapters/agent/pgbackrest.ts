import type { ArchivedWal } from '#domain/wal/archived-wal.ts'
import type { BackupProgress } from '#domain/backup/backup-progress.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import type { RepositoryRetention } from '#domain/backup/repository-retention.ts'
import { facts, programOutput } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { LookError } from '../look-error.ts'
import { parseArchiveFolders, type ArchiveFolders } from '../pgbackrest/parse-archive-folders.ts'
import { parseFailure } from '../pgbackrest/parse-error.ts'
import { parseInfo } from '../pgbackrest/parse-info.ts'
import { parseProgressText } from '../pgbackrest/parse-progress.ts'
import { parseRetention } from '../pgbackrest/parse-retention.ts'
import { parseRepoLs } from '../pgbackrest/parse-repo-ls.ts'
import { place, type Target } from '../target.ts'
import { unbound, type CallKey, type KnownAgent } from './call.ts'
import { callVerb, type CallVerb } from './call-verb.ts'

/** Whom is asked about backups. */
export interface AskedAgent {
  agent: KnownAgent
  key: CallKey
  signal?: AbortSignal | undefined
}

/** One archive of a stanza in one repository. */
export interface ArchivePlace {
  stanza: string
  repository: number
  archiveId: string
}

/** What the settings of a node say of its backups. */
export interface BackupSettings {
  /** The stanza that agent.toml names. */
  stanza: string
  retention: RepositoryRetention[]
}

/** What the node's own settings say: its stanza, and what its repositories keep. Throws as callAgent does, like all of these. */
export async function readBackupSettings({ agent, key, signal }: AskedAgent): Promise<BackupSettings> {
  const call = { agent, key, verb: 'facts', args: {}, binding: unbound, now: new Date(), signal } as const
  const { stanza, config } = (await callVerb(call, facts)).pgbackrest
  return {
    stanza,
    retention: parseRetention(
      config.map(({ text }) => text),
      stanza,
    ),
  }
}

/** What `pgbackrest info` tells of a stanza; null where it knows none of that name. */
export async function readBackupInfo(asked: AskedAgent, stanza: string): Promise<BackupStanza | null> {
  const text = await said(asked, 'pgbackrest-info', { stanza })
  const found = parseInfo(text, targetOf(asked)).find(({ name }) => name === stanza)
  // One that was never created is listed all the same when it is asked for by its name.
  return found === undefined || found.statusCode === noStanzaPath ? null : found
}

const noStanzaPath = 1

/** How far a backup is by the text of `info`: before 2.48 it stands nowhere else. */
export async function readProgressText(asked: AskedAgent, stanza: string): Promise<BackupProgress> {
  return parseProgressText(await said(asked, 'pgbackrest-info', { stanza, output: 'text' }))
}

/** The folders of an archive and the history files beside them. */
export async function readArchiveFolders(asked: AskedAgent, at: ArchivePlace): Promise<ArchiveFolders> {
  return parseArchiveFolders(await said(asked, 'pgbackrest-repo-ls', { ...at, folder: null }), at, targetOf(asked))
}

/** The segments in one folder of an archive. */
export async function readArchiveFolder(asked: AskedAgent, at: ArchivePlace, folder: string): Promise<ArchivedWal> {
  return parseRepoLs(await said(asked, 'pgbackrest-repo-ls', { ...at, folder }), at, targetOf(asked))
}

/** The text of a timeline's history file. */
export async function readHistoryText(asked: AskedAgent, at: ArchivePlace, timeline: number): Promise<string> {
  const name = timeline.toString(16).toUpperCase().padStart(8, '0')
  return said(asked, 'pgbackrest-history', { ...at, timeline: name })
}

type OutputVerb = Extract<CallVerb, `pgbackrest-${string}`>

async function said<N extends OutputVerb>(asked: AskedAgent, verb: N, args: ArgsOf<N>): Promise<string> {
  const { agent, key, signal } = asked
  const output = await callVerb({ agent, key, verb, args, binding: unbound, now: new Date(), signal }, programOutput)
  const { exitCode, stdout, stderr, isCut } = output
  if (exitCode !== 0) {
    const { sentence, advice } = parseFailure(exitCode ?? 125, `${stdout}\n${stderr}`)
    throw new LookError('protocol', `pgBackRest on ${agent.node} failed. ${sentence} ${advice}`)
  }
  if (isCut) {
    throw new LookError('too-large', `pgBackRest ${place(targetOf(asked))} answered with more than 1 MiB.`)
  }
  return stdout
}

function targetOf({ agent }: AskedAgent): Target {
  return { who: agent.node, system: 'pgBackRest', address: agent.address }
}
