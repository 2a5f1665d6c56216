import { expect, test } from 'vitest'
import { toldEmail } from './told-email.ts'

const email = 'anna@example.org'

test('an address counts where the provider says that it is confirmed', () => {
  expect(toldEmail([{ email: ' Anna@Example.org', email_verified: true }, {}], 'required')).toEqual({ email })
  // Some tell it as text.
  expect(toldEmail([{ email, email_verified: 'true' }], 'required')).toEqual({ email })
  expect(toldEmail([{ email }, { email, email_verified: true }], 'required')).toEqual({ email })
})

test.each([[undefined], [null], ['yes'], [1]])(
  '%s is no confirmation, but where it was said that none is needed',
  (said) => {
    expect(toldEmail([{ email, email_verified: said }], 'required')).toMatchObject({
      email: null,
      wrong: expect.stringContaining('MATRIARCH_OIDC_EMAIL_VERIFIED=unless-denied'),
    })
    expect(toldEmail([{ email, email_verified: said }], 'unless-denied')).toEqual({ email })
  },
)

test.each([[false], ['false']])('%s is believed always', (said) => {
  for (const rule of ['required', 'unless-denied'] as const) {
    expect(toldEmail([{ email, email_verified: said }], rule)).toMatchObject({ email: null })
    expect(toldEmail([{ email }, { email, email_verified: said }], rule)).toMatchObject({ email: null })
    expect(
      toldEmail(
        [
          { email, email_verified: true },
          { email, email_verified: said },
        ],
        rule,
      ),
    ).toMatchObject({ email: null })
  }
})

test('a confirmation of another address confirms nothing', () => {
  const other = { email: 'mallory@example.org', email_verified: true }
  expect(toldEmail([{ email }, other], 'required')).toMatchObject({ email: null })
  expect(toldEmail([{}, other], 'required')).toEqual({ email: other.email })
})

test.each([[{}], [{ email: '' }], [{ email: 7 }], [{ email: 'no address', email_verified: true }]])(
  '%o tells no address',
  (told) => {
    expect(toldEmail([told], 'unless-denied')).toMatchObject({
      email: null,
      wrong: expect.stringContaining('claim email'),
    })
  },
)
