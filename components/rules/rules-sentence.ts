import { overrideWords } from '#domain/alerts/override-words.ts'
import { count } from '#domain/words.ts'
import type { RouterOutputs } from '#server/api/root.ts'

type Shown = RouterOutputs['alerts']['rules']

/** How many rules watch a cluster, and how many of them otherwise than they come. */
export function rulesSentence(cluster: string, rules: Shown): string {
  const off = rules.filter(({ override }) => override?.isEnabled === false).length
  const changed = rules.filter(({ rule, override }) => overrideWords(rule, override).length > 0).length - off
  const on = rules.length - off
  const parts = [
    `${count(on, 'rule')} ${on === 1 ? 'watches' : 'watch'} ${cluster}`,
    changed > 0 ? `${changed} of them otherwise than they come` : '',
    off > 0 ? `${off} ${off === 1 ? 'is' : 'are'} off` : '',
  ].filter(Boolean)
  return `${parts.join(', ')}.`
}
