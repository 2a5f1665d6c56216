/** Which database a check query is asked in, for whoever writes one. */
export const checkDatabaseHint =
  'It is asked in the database of the largest table, or in the one that a first line \\c NAME names.'
