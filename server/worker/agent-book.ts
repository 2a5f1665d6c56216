import { AppError } from '#server/errors.ts'
import { type AgentAccess, OldEpochError } from '#server/operations/agent-access.ts'
import type { StoredAgent } from '#server/store/agents.ts'

/** What an agent book needs: where agents are looked up, and how one is asked. */
export interface AgentSource {
  /** The agent of a node as the store has it now; null where there is none. */
  find(node: string): Promise<StoredAgent | null>
  accessTo(agent: StoredAgent): AgentAccess
}

interface Page {
  access: AgentAccess | null
  lookedUpAt: number
  /** Told that its agent may be another by now. */
  isDoubted: boolean
  lookUp: Promise<void> | null
}

/**
 * The agents of a cluster as operations may ask them. A step may last for longer than an agent keeps its address and
 * certificate, so each is looked up again after a while, and before the next question where one went wrong.
 */
export class AgentBook {
  readonly #source: AgentSource
  readonly #goodForMs: number
  readonly #pages = new Map<string, Page>()

  constructor(source: AgentSource, known: readonly StoredAgent[], goodForMs = 30_000) {
    this.#source = source
    this.#goodForMs = goodForMs
    for (const agent of known) this.#pages.set(agent.node, pageOf(source.accessTo(agent)))
  }

  /** The agent of a node; null where none was enrolled at the last look, after which the next look begins in time. */
  agent(node: string): AgentAccess | null {
    const page = this.#pages.get(node) ?? pageOf(null)
    this.#pages.set(node, page)
    if (page.access !== null) return { node, ask: (...question) => this.#ask(node, page, question) }
    if (this.#isDue(page)) void this.#lookUp(node, page).catch(() => {})
    return null
  }

  async #ask(node: string, page: Page, question: Question): Promise<unknown> {
    if (this.#isDue(page)) await this.#lookUp(node, page)
    if (page.access === null)
      throw new AppError('refused', `No agent that may be asked is enrolled on ${node} any more.`)
    try {
      return await page.access.ask(...question)
    } catch (error) {
      if (isOfAnother(error)) page.isDoubted = true
      throw error
    }
  }

  #isDue({ isDoubted, lookedUpAt }: Page): boolean {
    return isDoubted || performance.now() - lookedUpAt > this.#goodForMs
  }

  /** One look at a time; without the store what was known goes on being good. */
  #lookUp(node: string, page: Page): Promise<void> {
    page.lookUp ??= this.#lookUpNow(node, page).finally(() => {
      page.lookUp = null
    })
    return page.lookUp
  }

  async #lookUpNow(node: string, page: Page): Promise<void> {
    try {
      const agent = await this.#source.find(node)
      page.access = agent?.state === 'enrolled' ? this.#source.accessTo(agent) : null
      page.isDoubted = false
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    } finally {
      page.lookedUpAt = performance.now()
    }
  }
}

type Question = Parameters<AgentAccess['ask']>

function pageOf(access: AgentAccess | null): Page {
  return { access, lookedUpAt: performance.now(), isDoubted: false, lookUp: null }
}

/** True for what may be heard where an agent was enrolled anew, moved or locked. */
function isOfAnother(error: unknown): boolean {
  if (!(error instanceof AppError) || error instanceof OldEpochError) return false
  return error.code !== 'not-found' && error.code !== 'conflict'
}
