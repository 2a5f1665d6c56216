import { StringDecoder } from 'node:string_decoder'

/** Makes lines of bytes as they come; a line that does not end is cut into pieces of `longest` characters. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  readonly #onLine: (line: string) => void
  readonly #longest: number
  #rest = ''

  constructor(onLine: (line: string) => void, longest = 1024 * 1024) {
    this.#onLine = onLine
    this.#longest = longest
  }

  push(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#onLine(printable(line))
    while (this.#rest.length > this.#longest) {
      this.#onLine(printable(this.#rest.slice(0, this.#longest)))
      this.#rest = this.#rest.slice(this.#longest)
    }
  }

  end(): void {
    const last = this.#rest + this.#decoder.end()
    this.#rest = ''
    if (last !== '') this.#onLine(printable(last))
  }
}

/** Without what would move a terminal's cursor about. */
function printable(line: string): string {
  return line.replaceAll(controls, '')
}

// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
