import { count, listNames } from '#domain/words.ts'

/** Where a node's data lies, as far as it decides whether a recovery in place can set the data folder aside whole. */
export interface DataPlace {
  /** The data folder as agent.toml names it. */
  folder: string
  /** Where it leads; null = it is no link. */
  linkedTo: string | null
  /** True where a file system is mounted on it: such a folder cannot be renamed. */
  isMount: boolean
  /** Where pg_wal lies, if not in the data folder; null = it does. */
  walPath: string | null
  /** Tablespaces that lie elsewhere. */
  tablespaces: { oid: string; path: string }[]
  /** True where Postgres' user may make folders beside the data folder. */
  isParentWritable: boolean
  /** What else in its configuration stands in the way, a sentence each; absent where its agent is too old to look. */
  obstacles?: string[]
}

/** What is known of a node's data: undefined = its agent is too old to tell, null = it could not tell. */
export interface NodePlace {
  node: string
  place: DataPlace | null | undefined
}

/** Why a recovery in place cannot be undone, or not even done, on these nodes; empty where nothing speaks against it. */
export function placeFaults(nodes: readonly NodePlace[]): string[] {
  // All members have the same tablespaces: to name them once is enough.
  const spread = nodes.find(({ place }) => place && place.tablespaces.length > 0)
  return [
    ...(spread?.place ? [tablespaceFault(spread.node, spread.place.tablespaces)] : []),
    ...nodes.flatMap(({ node, place }) => (place ? folderFaults(node, place) : [])),
  ]
}

/** Says of which nodes it is not known where their data lies, or whether their configuration is one to recover with; null where it is known of all. */
export function placesUntold(nodes: readonly NodePlace[]): string | null {
  const sentences = [placeUntold(nodes.filter(({ place }) => !place)), obstaclesUntold(nodes)]
  return sentences.filter((sentence) => sentence !== null).join(' ') || null
}

function obstaclesUntold(nodes: readonly NodePlace[]): string | null {
  const older = nodes.filter(({ place }) => place && place.obstacles === undefined).map(({ node }) => node)
  if (older.length === 0) return null
  return `Whether Postgres on ${listNames(older)} can be recovered as Patroni is configured there was not looked at; the agent there is older than this console: update it.`
}

function placeUntold(untold: readonly NodePlace[]): string | null {
  if (untold.length === 0) return null
  const names = listNames(untold.map(({ node }) => node))
  const why = untold.every(({ place }) => place === undefined)
    ? `the agent there is older than this console: update it`
    : `the agent there does not tell`
  return `Whether all data of ${names} lies in its data folder was not looked at; ${why}.`
}

function tablespaceFault(node: string, tablespaces: DataPlace['tablespaces']): string {
  const [first = { oid: '', path: '' }] = tablespaces
  const where =
    tablespaces.length === 1
      ? `Tablespace ${first.oid} lies outside the data folder of ${node}, in ${first.path}`
      : `${count(tablespaces.length, 'tablespace')} lie outside the data folder of ${node}, such as ${first.oid} in ${first.path}`
  return `${where}. What lies there cannot be set aside with the data folder, so there would be no way back: Matriarch does not recover such a cluster in place. Rehearse instead and take out what is wanted, or restore by hand with pgBackRest's --tablespace-map.`
}

function folderFaults(node: string, place: DataPlace): string[] {
  const { folder, linkedTo, isMount, walPath, isParentWritable, obstacles = [] } = place
  const faults: string[] = []
  if (isMount) {
    faults.push(
      `${folder} on ${node} is a file system of its own, and such a folder cannot be set aside. Move the data into a folder within it, and name that one to Patroni, to pgBackRest and in agent.toml.`,
    )
  } else if (linkedTo !== null) {
    faults.push(
      `${folder} on ${node} is a link, which cannot be set aside. Name ${linkedTo}, where it leads, as data_folder in agent.toml there.`,
    )
  }
  if (walPath !== null) {
    faults.push(
      `The WAL of ${node} lies outside its data folder, in ${walPath}: the old data and the recovered would share it. Stop ${node}, move pg_wal back into the data folder, and take waldir out of Patroni's configuration if it is there.`,
    )
  }
  if (!isParentWritable) {
    faults.push(
      `Postgres' user may not write beside ${folder} on ${node}, where its old data is set aside. Give it the right to write the folder above.`,
    )
  }
  faults.push(...obstacles)
  return faults
}
