import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#server/errors.ts'

/** A runbook as it stands in the folder of the console. */
export interface Runbook {
  name: string
  markdown: string
}

/** Reads a runbook; throws AppError `not-found` where there is none of that name. */
export async function readRunbook(name: string): Promise<Runbook> {
  try {
    // Every process of the console runs in its own folder.
    return { name, markdown: await readFile(join(process.cwd(), 'docs', 'runbooks', `${name}.md`), 'utf8') }
  } catch (cause) {
    throw new AppError(
      'not-found',
      `There is no runbook ${name}: docs/runbooks/${name}.md is not beside this console.`,
      {
        cause,
      },
    )
  }
}
