import { refuseEncoding, tooLarge } from './http.ts'
import { openExchange, type HttpQuestion } from './http-exchange.ts'

/**
 * Reads an endless answer of newline-separated texts; resolves when the other side ends it. The deadline holds until the
 * head of the response; from then on only the signal, the other side or a line over the limit (4 MiB) ends it.
 */
export async function streamLines(
  question: HttpQuestion,
  hears: { onOpen(status: number): void; onLine(line: string): void },
): Promise<void> {
  const limitBytes = question.limitBytes ?? 4 * 1024 * 1024
  const exchange = openExchange(question)
  try {
    const response = await exchange.response
    exchange.stay()
    // A peer that is gone without a word must not look like silence for ever.
    response.socket.setKeepAlive(true, 5_000)
    refuseEncoding(response, question)
    response.setEncoding('utf8')
    hears.onOpen(response.statusCode ?? 0)
    await exchange.guard(
      (async () => {
        const split = lineSplitter((line) => hears.onLine(line))
        for await (const chunk of response) {
          if (split(String(chunk)) > limitBytes) throw tooLarge(question, limitBytes)
        }
      })(),
    )
  } finally {
    exchange.close()
  }
}

/** Cuts chunks into lines; each call returns how many characters of an unfinished line are held. */
export function lineSplitter(onLine: (line: string) => void): (chunk: string) => number {
  let held: string[] = []
  let heldLength = 0
  return (chunk) => {
    const pieces = chunk.split('\n')
    const last = pieces.pop() ?? ''
    for (const piece of pieces) {
      const line = held.join('') + piece
      held = []
      heldLength = 0
      if (line.trim() !== '') onLine(line)
    }
    if (last !== '') held.push(last)
    heldLength += last.length
    return heldLength
  }
}
