/** What a signal to a session has found out so far. */
export interface SignalFacts {
  /** The statement that is to be cancelled, by its beginning to the microsecond; null = the session had run none. */
  queryStart?: string | null
}
