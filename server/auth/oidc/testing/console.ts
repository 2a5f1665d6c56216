import { prepareRoles } from '#server/store/roles.ts'
import { insertGroupMapping } from '#server/store/group-mappings.ts'
import { findLiveSession } from '#server/store/sessions.ts'
import { openStore, type Store } from '#server/store/open.ts'
import type { EmailRule } from '#domain/people/oidc/told-email.ts'
import type { Role } from '#domain/people/permission.ts'
import { createLog } from '#server/log.ts'
import { cookieRules, readSessionSecret } from '../../cookies.ts'
import { hashSecretText } from '../../secret-text.ts'
import { answerBegin, answerCallback } from '../answer.ts'
import { openOidc } from '../provider.ts'
import type { OidcServices } from '../services.ts'
import { TestBrowser } from './browser.ts'

export const origin = 'http://127.0.0.1:4400'

/** The sign-in of a console with a provider, in the web tier's own database role. */
export class OidcConsole implements AsyncDisposable {
  readonly services: OidcServices
  /** Where its requests come from. */
  address = '10.0.0.9'

  constructor(web: Store, issuer: string, client: { clientId: string; clientSecret: string }, stepUpWords: string[]) {
    const log = createLog('test')
    log.level = 'silent'
    const settings = {
      issuer,
      ...client,
      name: 'Test ID',
      scopes: ['openid', 'email', 'profile'],
      groupsClaim: 'groups',
      stepUpWords,
      rightsDays: 7,
      emailRule: 'required' as EmailRule,
    }
    const secret = 'a secret of at least thirty-two characters'
    this.services = { store: web, log, rules: cookieRules(origin), secret, oidc: openOidc(settings, origin) }
  }

  /** Presses "Sign in with"; the address the browser is sent to. */
  async begin(browser: TestBrowser, next = '/', { isAgain = false } = {}): Promise<string> {
    const response = await answerBegin(
      this.services,
      this.#request(
        browser,
        `${origin}/api/auth/oidc/begin?next=${encodeURIComponent(next)}${isAgain ? '&again=1' : ''}`,
      ),
    )
    browser.keep(origin, response)
    return new URL(response.headers.get('location') ?? '', origin).href
  }

  /** Brings the provider's answer; where the browser is sent then. */
  async bring(browser: TestBrowser, address: string): Promise<string> {
    const response = await answerCallback(this.services, this.#request(browser, address))
    browser.keep(origin, response)
    return response.headers.get('location') ?? ''
  }

  /** The whole way, as a person goes it. */
  async signIn(browser = new TestBrowser()): Promise<string> {
    const goTo = await this.begin(browser)
    return goTo.startsWith(origin) ? goTo.slice(origin.length) : this.bring(browser, await browser.follow(goTo, origin))
  }

  /** Who the browser is signed in as. */
  async viewer(browser: TestBrowser) {
    const { rules, secret, store } = this.services
    const sid = await readSessionSecret(new Headers({ cookie: browser.cookiesFor(origin) }), rules, secret)
    return sid === null ? null : findLiveSession(store, hashSecretText(sid))
  }

  async map(group: string, role: Role): Promise<void> {
    await insertGroupMapping(this.services.store.pool, { group, role, scope: { kind: 'all' }, createdBy: 'test' })
  }

  #request(browser: TestBrowser, address: string): Request {
    return new Request(address, { headers: { cookie: browser.cookiesFor(origin), 'x-forwarded-for': this.address } })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.services.store.close()
  }
}

/** Opens it on this store. */
export async function openOidcConsole(
  owner: Store,
  issuer: string,
  client: { clientId: string; clientSecret: string },
  stepUpWords: string[] = [],
): Promise<OidcConsole> {
  const { webUrl } = await prepareRoles(owner.url)
  return new OidcConsole(openStore(webUrl, { max: 5 }), issuer, client, stepUpWords)
}
