/** From so many rows on, deleted by one transaction from one table, a delete is told of. */
export const massDeleteRows = 1_000

/** What a list of transactions that took something away leaves out. */
export const leftOutSentence = `Deletes of fewer than ${massDeleteRows.toLocaleString('en-US')} rows of a table are not listed.`

/** Said where none was found. */
export const noLossSentence = `No transaction that dropped or truncated anything, or deleted ${massDeleteRows.toLocaleString('en-US')} rows of a table or more, was found there.`
