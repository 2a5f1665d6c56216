/** A piece of a file that a rehearsal left on a node, as the web tier asks a worker for it. */
export interface ExtractPartQuestion {
  clusterId: string
  node: string
  /** Of the file: the id of the rehearsal. */
  name: string
  /** Bytes before the piece. */
  offset: number
}

/** The piece; it is at most 512 KiB, and the last one is shorter or ends the file. */
export interface ExtractPart {
  offset: number
  base64: string
  totalBytes: number
  sha256: string
}

/** How much of a file an agent hands over at once, bytes. */
export const extractPartBytes = 524_288

/** Larger files are not handed over by the console: they are fetched from the node itself. */
export const largestExtractBytes = 536_870_912
