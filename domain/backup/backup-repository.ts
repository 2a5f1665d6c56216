/** One repository of a stanza, as `pgbackrest info` found it. */
export interface BackupRepository {
  /** Its number in the configuration, from 1. */
  key: number
  cipher: RepositoryCipher
  /** 0 ok, 1 no stanza path, 2 no valid backup, 3 no stanza data, 5 another database, 6 backup not found, 99 other (info.c). */
  statusCode: number
  /** What pgBackRest says of it, with the error's text for status 99. */
  message: string
}

/** Whether pgBackRest could look into a repository; of one that it could not, nobody knows what it holds. */
export function isRepositoryReadable({ statusCode }: Pick<BackupRepository, 'statusCode'>): boolean {
  return statusCode >= 0 && statusCode <= 6
}

export type RepositoryCipher = 'none' | 'aes-256-cbc' | 'mixed' | (string & {})

/** What is wrong with a repository and what to do; null while nothing is. A code of a later version is told in its own words. */
export function repositoryProblem({ key, statusCode, message, cipher }: BackupRepository): RepositoryProblem | null {
  if (statusCode === 0) return null
  const name = `Repository ${key}`
  switch (statusCode) {
    case 1:
      return {
        sentence: `${name} does not know the stanza: nothing was ever set up for it there.`,
        advice: 'Run stanza-create, or see whether the repository path of the configuration is the right one.',
      }
    case 2:
      return {
        sentence: `${name} holds no valid backup.`,
        advice: 'Take a full backup. WAL alone restores nothing.',
      }
    case 3:
      return {
        sentence: `${name} has a folder for the stanza, but its backup.info is missing: its backups cannot be used.`,
        advice: 'Find out who removed it. With no backups to lose, stanza-create writes it anew.',
      }
    case 4:
      return {
        sentence: `${name} is told as mixed: the repositories of the stanza differ.`,
        advice: 'Look at each repository on its own.',
      }
    case 5:
      return {
        sentence: `${name} holds another database than the other repositories of the stanza.`,
        advice:
          'Compare their system identifiers. After pg_upgrade, run stanza-upgrade; never delete a stanza for this.',
      }
    case 6:
      return {
        sentence: `${name} does not hold the backup that was asked for.`,
        advice: 'It may have expired: choose another from the list.',
      }
    default:
      return otherProblem(name, message, cipher)
  }
}

export interface RepositoryProblem {
  sentence: string
  /** What a person may do next. */
  advice: string
}

/** A wrong passphrase shows as broken text, a wrong cipher type as a missing header: neither is told as such (info.c, crypto). */
function otherProblem(name: string, message: string, cipher: RepositoryCipher): RepositoryProblem {
  const first = (message.split('\n')[0] ?? '').trim()
  if (/CryptoError|key\/value found outside of section/.test(message)) {
    return {
      sentence:
        cipher === 'none'
          ? `${name} cannot be read: it seems to be encrypted, and no cipher is configured here.`
          : `${name} cannot be read with the configured cipher (${cipher}): the passphrase is another one, or the file is damaged.`,
      advice:
        'Compare repo-cipher-type and repo-cipher-pass with those of the machine that takes the backups. Do not create the stanza again.',
    }
  }
  return {
    sentence: `${name} cannot be read: ${first === '' ? 'pgBackRest does not say why' : withoutStop(first)}.`,
    advice: 'See whether the machine reaches the repository, and whether its owner may read it.',
  }
}

function withoutStop(text: string): string {
  return text.replace(/[.:\s]+$/, '')
}
