/** Keeps rights from being given while tables are made or dropped: the server refuses whichever comes second. To the end of the transaction. */
export const lockRights = "select pg_advisory_xact_lock(hashtext('matriarch roles'))"

/** Keeps tables from being made or dropped while rights are given; others may do so as well. To the end of the transaction. */
export const lockTables = "select pg_advisory_xact_lock_shared(hashtext('matriarch roles'))"
