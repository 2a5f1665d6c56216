import type { Change } from '#domain/testing/setup-changed.ts'

/** What a rule makes of a set-up in which nothing is wrong, once it is changed so. */
export interface RuleCase {
  rule: string
  fails: Change
  /** What its worst case then says. */
  says?: RegExp
  unseen: Change
  /** Absent = the set-up as it is; null = what is well does not show, so it is never seen to pass. */
  passes?: Change | null
  idle?: Change
}
