import { count } from '#domain/words.ts'
import type { SetupCheck } from './setup-finding.ts'

/** How the set-up of a cluster stands, in the sentence that its page begins with. */
export function setupSentence(checks: readonly SetupCheck[]): string {
  const counted = checks.filter(({ outcome }) => outcome !== 'not-applicable')
  const failed = counted.filter(({ outcome }) => outcome === 'failed')
  const unseen = counted.filter(({ outcome }) => outcome === 'unseen').length
  const blind = unseen === 0 ? '' : ` ${count(unseen, 'rule')} could not be judged, for want of sight.`
  const [first] = failed
  if (!first) {
    const passed = counted.length - unseen
    return passed === 0
      ? `None of ${count(counted.length, 'rule')} could be judged yet.`
      : `${unseen === 0 ? `All ${passed} rules hold` : `No rule fails of ${passed} that could be judged`}.${blind}`
  }
  const fails = `${failed.length} of ${count(counted.length, 'rule')} ${failed.length === 1 ? 'fails' : 'fail'}`
  return `${fails}. The worst would cost: ${lower(first.findings[0]?.worstCase ?? 'not known.')}${blind}`
}

function lower(text: string): string {
  return text.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())
}
