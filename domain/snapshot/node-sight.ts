import type { DataPlace } from '#domain/recovery/data-place.ts'

/** What was seen of a node through its agent when somebody last looked there. */
export interface NodeSight {
  /** When the room was; what else lies there was seen then or some minutes before. */
  seenAt: Date
  /** Room left in the file system of the data folder, bytes; null = not told. */
  dataFreeBytes: number | null
  /** Data that a recovery set aside there and that was not let go. */
  keptAside: { name: string; since: Date }[]
  /** Names under create_replica_methods in the node's Patroni configuration. */
  replicaMethods: string[]
  /** Where the data lies; null = not told. */
  dataPlace: DataPlace | null
}
