import { z } from 'zod'
import { formatBytes } from '#domain/format.ts'
import { parseProgressText } from '#server/adapters/pgbackrest/parse-progress.ts'
import { AppError } from '#server/errors.ts'
import { askInfo } from './ask-agent.ts'
import type { BackupContext } from './context.ts'
import { progressIn } from './pgbackrest-words.ts'

/** Tells now and then how much of the backup is copied, where pgBackRest says so. */
export class ProgressTeller {
  readonly #context: BackupContext
  readonly #everyMs: number
  #lookedAt = performance.now()
  #toldPercent = 0

  constructor(context: BackupContext, everyMs: number) {
    this.#context = context
    this.#everyMs = everyMs
  }

  /** Looks when it is time; an agent that cannot say is left alone until the next time. */
  async look(): Promise<void> {
    if (performance.now() - this.#lookedAt < this.#everyMs) return
    this.#lookedAt = performance.now()
    const { stanza, repository } = this.#context.operation.plan
    try {
      const found = progressIn(await askInfo(this.#context), stanza, repository)
      if (found) this.#tell(Math.floor((found.copied / found.of) * 100), sizesOf(found))
      else await this.#lookAtText()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }

  /** Before 2.48 pgBackRest tells how far it is to people only. */
  async #lookAtText(): Promise<void> {
    const text = infoText.safeParse(await askInfo(this.#context, 'text'))
    const fraction = text.success ? parseProgressText(text.data.stdout).fraction : null
    if (fraction !== null) this.#tell(Math.floor(fraction * 100), 'the data are')
  }

  #tell(percent: number, what: string): void {
    if (percent < this.#toldPercent + worthTelling) return
    this.#toldPercent = percent
    const rest = percent >= 100 ? '; now the last WAL is archived and old backups are removed' : ''
    this.#context.say(`${what} copied (${percent} %)${rest}`)
  }
}

function sizesOf({ copied, of }: { copied: number; of: number }): string {
  return `${formatBytes(copied)} of ${formatBytes(of)}`
}

const infoText = z.object({ stdout: z.string() })

/** Percent by which it must have grown: the output of a step is not endless. */
const worthTelling = 5
