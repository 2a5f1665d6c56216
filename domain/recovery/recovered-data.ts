/** What a check query answered. */
export interface CheckAnswer {
  query: string
  columns: string[]
  /** At most 100 rows, each cell as text; null = SQL's null. */
  rows: (string | null)[][]
  isCut: boolean
  /** Why there is no answer, in words; null where there is one. */
  problem: string | null
  ms: number
}

/** A table of the recovered data. */
export interface TableSeen {
  database: string
  schema: string
  name: string
  bytes: number
  /** Counted, or where that takes too long the planner's estimate. */
  rows: number | null
  isCounted: boolean
}
