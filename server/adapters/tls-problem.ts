import { place, type Target } from './target.ts'

/** Why a TLS handshake failed, in a sentence with the remedy; null where the error is not one of TLS. */
export function tlsSentence(code: string, message: string, target: Target): string | null {
  const certificate = `The certificate of ${target.system} ${place(target)}`
  if (code === 'CERT_HAS_EXPIRED') return `${certificate} has expired: renew it there.`
  if (code === 'CERT_NOT_YET_VALID') return `${certificate} is not valid yet: check the clocks of both machines.`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `${certificate} is for another name: use an address that it names, or add this one to it.`
  }
  if (selfSigned.has(code)) return `${certificate} is self-signed: give the console its CA as PEM.`
  if (untrusted.has(code))
    return `${certificate} is signed by a CA that the console does not know: give it the CA as PEM.`
  if (code === 'CERT_REVOKED') return `${certificate} has been revoked.`
  if (/wrong version number|packet length too long|http request/i.test(message)) {
    return `${target.system} ${place(target)} does not speak TLS: write http:// instead of https://.`
  }
  if (/certificate[_ ]required|bad certificate|handshake failure/i.test(message)) {
    return `${target.system} ${place(target)} asks for a client certificate, which the console cannot show.`
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('ERR_OSSL_')) {
    return `The TLS handshake with ${target.system} ${place(target)} failed: check its certificate and TLS versions.`
  }
  return null
}

const selfSigned = new Set(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'])

const untrusted = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
])
