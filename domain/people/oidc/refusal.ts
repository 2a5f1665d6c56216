/** Why a sign-in with a provider came to nothing. */
export type OidcRefusal = keyof typeof sentences

/** The sentence of a refusal, with the provider as the sign-in page names it; null for a word that is none. */
export function refusalSentence(word: string, provider: string): string | null {
  return isRefusal(word) ? sentences[word].replaceAll('NAME', provider) : null
}

/** True for a word that names a refusal. */
export function isRefusal(word: string): word is OidcRefusal {
  return Object.hasOwn(sentences, word)
}

// NAME stands for the provider.
const sentences = {
  'not-begun': 'This sign-in was not begun in this browser, or took longer than ten minutes. Start it again here.',
  used: 'This sign-in has been used already. Start it again.',
  foreign:
    'The answer does not belong to the sign-in that was begun here. Start it again; when it happens again, tell your administrator.',
  denied: 'NAME did not let you in, or you broke the sign-in off there.',
  'provider-error':
    'NAME answered with an error. Try again; when it stays so, an administrator finds in the audit log what it said.',
  'bad-answer':
    'What NAME answered does not hold: nobody was signed in. An administrator finds in the audit log what was wrong with it.',
  unreachable: 'The console does not reach NAME. Sign in with a password, or try again in a minute.',
  slow: 'NAME did not answer in time. Sign in with a password, or try again in a minute.',
  'not-asked-again':
    'NAME did not ask again who you are, or does not say when it did (auth_time). Your administrator can have it do so.',
  'no-email':
    'NAME did not say that your e-mail address is confirmed, and without one nobody is added here. Confirm it there; where it is, an administrator finds in the audit log what is missing and what to set.',
  'same-email':
    'Somebody here has the e-mail address that NAME tells of you. An administrator can link your identity to that account; until then sign in with its password.',
  'no-group': 'None of your groups at NAME gives you a role here. An administrator says which groups do.',
  disabled: 'Your account here is disabled. An administrator can let you in again.',
  limited: 'Too many tries from your address. Wait 15 min, then try again.',
  failed: 'Signing in failed inside the console. Its log says why.',
} as const
