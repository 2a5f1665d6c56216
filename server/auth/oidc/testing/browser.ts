/** Cookies of one person's browser, by the host they belong to, and what it was last sent to. */
export class TestBrowser {
  readonly #cookies = new Map<string, Map<string, string>>()

  /** The Cookie header for this address. */
  cookiesFor(address: string): string {
    return [...this.#jar(address)].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Keeps what an answer of this address sets. */
  keep(address: string, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...rules] = line.split(';')
      const [name = '', ...value] = pair.split('=')
      const isOver = rules.some((rule) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(rule))
      if (isOver) this.#jar(address).delete(name.trim())
      else this.#jar(address).set(name.trim(), value.join('='))
    }
  }

  /** Follows the provider's redirects over HTTP until one leads back to the console, and returns that address. */
  async follow(from: string, consoleOrigin: string): Promise<string> {
    let address = from
    for (let hop = 0; hop < 10; hop += 1) {
      if (address.startsWith(consoleOrigin)) return address
      const response = await fetch(address, { redirect: 'manual', headers: { cookie: this.cookiesFor(address) } })
      this.keep(address, response)
      const location = response.headers.get('location')
      if (location === null) throw new Error(`${address} answered ${response.status}: ${await response.text()}`)
      address = new URL(location, address).href
    }
    throw new Error(`${from} leads in a circle`)
  }

  #jar(address: string): Map<string, string> {
    const { host } = new URL(address)
    const jar = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, jar)
    return jar
  }
}
