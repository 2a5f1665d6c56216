/** What copying a replica anew has found out so far. */
export interface ReinitialiseFacts {
  /** When its Postgres had started before the request was sent; null = it did not run. */
  startedBefore?: Date | null
  /** Just before the request was sent. */
  askedAt?: Date
  /** When it was first seen to stream again. */
  streamsAt?: Date
}
