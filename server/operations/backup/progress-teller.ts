import { formatBytes } from '#domain/format.ts'
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
      if (found) this.#tell(found)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }

  #tell({ copied, of }: { copied: number; of: number }): void {
    const percent = Math.floor((copied / of) * 100)
    if (percent < this.#toldPercent + worthTelling) return
    this.#toldPercent = percent
    const rest = percent >= 100 ? '; now the last WAL is archived and old backups are removed' : ''
    this.#context.say(`${formatBytes(copied)} of ${formatBytes(of)} copied (${percent} %)${rest}`)
  }
}

/** Percent by which it must have grown: the output of a step is not endless. */
const worthTelling = 5
