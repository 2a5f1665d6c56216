/** What copying a replica anew has found out so far. */
export interface ReinitialiseFacts {
  /** When the Postgres of before the request had started; null = not told. */
  oldStartedAt?: Date | null
  /** Just before the request was sent. */
  askedAt?: Date
  /** When it was first seen to stream again. */
  streamsAt?: Date
}
