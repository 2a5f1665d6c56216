import type { BackupStanza, StanzaDatabase } from './backup-stanza.ts'

/**
 * The newest database of each repository that is not the cluster's: what WAL and backups are taken for there. Empty where the
 * cluster's system identifier is not known.
 */
export function otherDatabases(
  { repositories, databases }: BackupStanza,
  systemIdentifier: string | null,
): StanzaDatabase[] {
  if (systemIdentifier === null) return []
  return repositories.flatMap(({ key }) => {
    const newest = databases
      .filter(({ repository }) => repository === key)
      .toSorted((a, b) => a.id - b.id)
      .at(-1)
    return newest === undefined || newest.systemIdentifier === systemIdentifier ? [] : [newest]
  })
}

/** Whose a repository is, in a sentence. */
export function otherClusterSentence({ repository, systemIdentifier }: StanzaDatabase, own: string): string {
  return `Repository ${repository} is for another cluster: system identifier ${systemIdentifier}, not ${own}.`
}
