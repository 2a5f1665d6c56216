import { RefusedError } from '#agent/refused-error.ts'

const mostCharacters = 64 * 1024

/** Reads one line and goes on listening: `onEnd` is called when the stream ends after it. */
export function readFirstLine(input: NodeJS.ReadableStream, onEnd: () => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    let isRead = false
    input.setEncoding('utf8')
    input.on('data', (chunk: string) => {
      if (isRead) return
      text += chunk
      const end = text.indexOf('\n')
      if (end < 0 && text.length <= mostCharacters) return
      isRead = true
      if (end < 0 || end > mostCharacters) reject(new RefusedError('bad-arguments', 'The arguments are too long.'))
      else resolve(text.slice(0, end))
    })
    const ended = () => {
      if (isRead) onEnd()
      else reject(new RefusedError('bad-arguments', 'A verb wants its arguments, one line of JSON, on standard input.'))
    }
    input.on('end', ended)
    input.on('error', ended)
  })
}
