import { randomBytes } from 'node:crypto'

/** Texts that nothing else holds, one in the place of each secret: wherever one turns up, that secret got out. */
export class Canaries {
  readonly #texts = new Map<string, string>()

  /** The text that stands for a secret: letters and digits, as many as the strictest of them wants. */
  of(secret: string): string {
    const known = this.#texts.get(secret) ?? `Xq${randomBytes(15).toString('hex')}`
    this.#texts.set(secret, known)
    return known
  }

  /** A secret that was made by the console itself. */
  add(secret: string, text: string): void {
    if (text.length < 20) throw new Error(`The ${secret} is not there.`)
    this.#texts.set(secret, text)
  }

  get secrets(): string[] {
    return [...this.#texts.keys()]
  }

  /** The secrets that a text holds, as they are or written as base64 or in hexadecimal digits, wherever they begin in it. */
  foundIn(text: string): string[] {
    const lower = text.toLowerCase()
    return [...this.#texts].flatMap(([secret, canary]) =>
      text.includes(canary) ||
      lower.includes(Buffer.from(canary).toString('hex')) ||
      base64FormsOf(canary).some((form) => text.includes(form))
        ? [secret]
        : [],
    )
  }
}

// What comes before it moves it within the groups of three bytes; the group at each end is shared with others.
function base64FormsOf(text: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const standard = Buffer.from(`${' '.repeat(shift)}${text}`)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4)
    return [standard, standard.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
