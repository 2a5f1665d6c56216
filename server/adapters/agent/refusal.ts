import { refusalBody } from '#agent/protocol/refusal.ts'
import type { RefusalCode } from '#agent/protocol/refusal-codes.ts'
import { AppError, type ErrorCode } from '#server/errors.ts'
import { clean } from '../clean-text.ts'
import { parseJson } from '../json.ts'
import { targetOf, type AgentPlace } from './target.ts'

/** An agent said no; its own sentence says why and what to do. */
export class AgentRefusal extends AppError {
  readonly refusal: RefusalCode

  constructor({ node }: AgentPlace, refusal: RefusalCode, sentence: string) {
    super(codeOf(refusal), `The agent of ${node} refuses: ${sentence}`)
    this.name = 'AgentRefusal'
    this.refusal = refusal
  }
}

/** The refusal in an answer that is no result; throws LookError `protocol` for anything else. */
export function readRefusal(place: AgentPlace, body: string): AgentRefusal {
  const { code, sentence } = parseJson(body, refusalBody, targetOf(place))
  return new AgentRefusal(place, code, clean(sentence))
}

function codeOf(refusal: RefusalCode): ErrorCode {
  if (refusal === 'busy' || refusal === 'conflict') return 'conflict'
  return refusal === 'not-found' ? 'not-found' : 'refused'
}
