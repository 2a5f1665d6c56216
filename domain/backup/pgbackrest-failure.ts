/** Why a command of pgBackRest did not do what it was to do. */
export interface PgbackrestFailure {
  /** Its error code, which is the exit code too; 0 to 127 and 128 + n where the shell or a signal ended it. */
  code: number
  /** pgBackRest's name of the code, e.g. `lock-acquire`; `unknown` for one of a later version. */
  name: string
  sentence: string
  /** What a person may do next. */
  advice: string
  /** True where nothing is wrong: another backup, expire or restore is at it. */
  isSomeoneElse: boolean
}
