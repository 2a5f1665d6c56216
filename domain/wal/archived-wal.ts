/** What one repository's archive of a cluster holds, as its files are listed. */
export interface ArchivedWal {
  repository: number
  /** Folder of the archive, e.g. `15-1`. */
  archiveId: string
  /** Whole segments, by timeline and place. */
  segments: ArchivedSegment[]
  /** Last pieces of timelines that were left in the middle of a segment; Postgres never reads them by itself. */
  partials: ArchivedSegment[]
  /** Timelines whose `.history` file is there, and since when. */
  histories: { timeline: number; archivedAt: Date }[]
}

export interface ArchivedSegment {
  /** 24 hexadecimal digits. */
  name: string
  /** When its file was last written: what it holds was committed before that. */
  archivedAt: Date
  sizeBytes: number
}
